"""Sources that play recorded answers which the program brings along: for the sample bank."""

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.sources import SourceAdded
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.http_recording import SCHEME, open_recording
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.store.queries import registry


def add_recording(session: Session, name: str, kind: str, recording: str) -> Recorded:
    """Configure a source that is read like any other but asks nobody: its answers are recorded.

    Raises ``source.bad_address`` for a recording that is not there, ``source.name_taken``.
    """
    url = f"{SCHEME}{recording}"
    open_recording(url).close()
    with session.workspace.write(session.actor) as work:
        for row in registry.list_sources(work.connection):
            if row.name == name and not row.is_removed:
                raise AppError("source.name_taken", where="name", name=name)
        work.record(SourceAdded(clean_text(name), kind, url))
    return Recorded(name, work.changes)

"""Registry entries of models that people name before a source does."""

import mlops_desktop.store.queries.models as queries
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.links import EntryLinked
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.store.queries import registry


@locks_late
def link_entry(session: Session, named: str, source: str, native_id: str) -> Recorded:
    """Say that an entry of a source is this model, so that it never becomes a candidate.

    ``native_id`` is the entry's name in its registry. An inventory that was kept in a table names
    its registry entries so. Raises ``entry.name_missing``, ``source.not_found``,
    ``model.not_found`` and ``entry.already_known``.
    """
    entry = clean_text(native_id).strip()
    if not entry:
        raise AppError("entry.name_missing", where="entry")
    with session.workspace.write(session.actor) as work:
        registry.get_source(work.connection, source)
        model = queries.find_model(work.connection, named)
        if entry in registry.known_entries(work.connection, source):
            raise AppError("entry.already_known", where="entry", entry=entry, source=source)
        work.record(EntryLinked(model, source, entry))
    return Recorded(model, work.changes)

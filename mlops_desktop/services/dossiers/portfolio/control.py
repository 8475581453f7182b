"""Document control of a dossier about several models: those issued before."""

import mlops_desktop.store.queries.dossier_history as history
from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier.content import Chapter
from mlops_desktop.services.dossiers.chapters.document_control import issued_before
from mlops_desktop.store.unit_of_work import ReadSession


def build(view: ReadSession, scope: str, as_of: AsOf, profile: str | None = None) -> Chapter:
    """Return every dossier of the scope issued by then, newest first."""
    issued = history.list_issued_of(view.connection, scope, as_of, profile)
    return Chapter("document_control", (issued_before(issued, as_of),))

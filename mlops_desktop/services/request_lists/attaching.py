"""Files that answer a request, kept in the workspace by their digest."""

from dataclasses import replace

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.requests import RequestDetails, RequestEdited
from mlops_desktop.core.items.requests import REQUEST
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.documents import File, keep_file
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session


@locks_late
def attach_file(session: Session, named: str, file: File) -> Recorded:
    """Keep a file and name it, with its SHA-256, among a request's documents.

    Raises ``item.not_found``, ``item.closed``, ``item.nothing_changed``, ``document.empty``.
    """
    with session.workspace.write(session.actor) as work:
        id = queries.find_item(work.connection, named, REQUEST)
        state = queries.get_item(work.connection, id).state
        details = state.details
        assert isinstance(details, RequestDetails)
        if state.stage in REQUEST.closed:
            raise AppError("item.closed", id=named)
        kept = keep_file(work, file)
        if any(kept.file in document for document in details.documents):
            raise AppError("item.nothing_changed", id=named)
        document = f"{clean_text(file.name)} sha256:{kept.file}"
        changes = replace(RequestDetails(), documents=(*details.documents, document))
        work.record(RequestEdited(id, changes))
    return Recorded(id, work.changes)

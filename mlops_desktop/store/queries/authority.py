"""The workspace's authority, whose certificate stands in the first event."""

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.people import WorkspaceCreated
from mlops_desktop.store import log
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession


def authority_of(view: ReadSession | WriteSession) -> str:
    """Return the certificate (PEM) of the workspace's authority; raises ``ledger.no_beginning``."""
    (first,) = log.read_events(view.connection, 0, 1)
    payload = log.read_envelope(view.connection, first.body).payload
    if not isinstance(payload, WorkspaceCreated):
        raise AppError("ledger.no_beginning", recovery=Recovery.BUG)
    return payload.authority

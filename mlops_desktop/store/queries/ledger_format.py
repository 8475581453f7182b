"""What the ledger promised when it was founded."""

import sqlalchemy as sa

from mlops_desktop.core.events.people import WorkspaceCreated
from mlops_desktop.core.ledger_format import FIRST
from mlops_desktop.store import log


def ledger_format(connection: sa.Connection) -> int:
    """Return the format that the first event names; the oldest where nothing says so."""
    first = next(log.read_events(connection, 0, 1), None)
    payload = log.read_envelope(connection, first.body).payload if first is not None else None
    return payload.format if isinstance(payload, WorkspaceCreated) else FIRST

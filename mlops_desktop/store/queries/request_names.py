"""What people call requests for approval."""

from collections.abc import Iterable

import sqlalchemy as sa

from mlops_desktop.store.tables.projected import approval_requests


def request_text(position: int) -> str:
    """Return the name people say of the request at a place in the ledger: A-00042."""
    return f"A-{position:05d}"


def request_names(connection: sa.Connection, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the names people say of requests, as this transaction leaves them, oldest first."""
    c, wanted = approval_requests.c, list(keys)
    if not wanted:
        return ()
    query = sa.select(c.position).where(c.id.in_(wanted)).order_by(c.position)
    return tuple(request_text(position) for position in connection.execute(query).scalars())

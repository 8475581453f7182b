"""Pages of requests for approval: filtered, sorted and counted in SQL."""

import sqlalchemy as sa

from mlops_desktop.store.queries.approvals import RequestRow, list_requests
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.queries.request_filter import RequestFilter, conditions, order, standings
from mlops_desktop.store.tables.projected import approval_requests


def page_requests(
    connection: sa.Connection, wanted: RequestFilter, *, offset: int = 0, limit: int | None = None
) -> tuple[RequestRow, ...]:
    """Return the requests of one page, whole, in the order asked for."""
    found = standings(wanted.as_of, known_size(connection, wanted.as_of))
    query = sa.select(approval_requests.c.id).select_from(found.table)
    query = query.where(*conditions(found, wanted)).order_by(*order(found, wanted))
    keys = connection.execute(query.offset(offset).limit(limit)).scalars().all()
    rows = {row.key: row for row in list_requests(connection, keys=keys, as_of=wanted.as_of)}
    return tuple(rows[key] for key in keys)


def count_requests(connection: sa.Connection, wanted: RequestFilter) -> int:
    """Return how many requests a filter matches."""
    found = standings(wanted.as_of, known_size(connection, wanted.as_of))
    query = sa.select(sa.func.count()).select_from(found.table)
    return connection.execute(query.where(*conditions(found, wanted))).scalar_one()

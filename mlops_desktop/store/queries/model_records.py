"""Models with their whole state, many at once."""

import sqlalchemy as sa

from mlops_desktop.store.queries.model_filter import ModelFilter, columns_of, order
from mlops_desktop.store.queries.models import ROW_COLUMNS, ModelRow, looked_up, planned_way, row_of


def list_records(
    connection: sa.Connection, wanted: ModelFilter
) -> tuple[tuple[ModelRow, str], ...]:
    """Return every model of a filter with the JSON text of its state, in one query."""
    wanted = looked_up(connection, wanted)
    way = planned_way(connection, wanted)
    columns = columns_of(way.table)
    query = sa.select(*(columns[name] for name in (*ROW_COLUMNS, "record")))
    found = connection.execute(query.where(*way.conditions).order_by(*order(columns, wanted)))
    day = wanted.as_of.day
    return tuple((row_of(row, day), row["record"]) for row in found.mappings())

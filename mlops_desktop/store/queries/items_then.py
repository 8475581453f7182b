"""Items as of any date, for queries to choose from."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.store.queries.positions import limits
from mlops_desktop.store.tables.items import item_states, items
from mlops_desktop.store.types import INTEGER

ROW: sa.ColumnElement[Any] = sa.literal_column("item_states.rowid", INTEGER)
"""Where a state lies in a file."""


def states_on(connection: sa.Connection, as_of: AsOf, kinds: Collection[str] = ()) -> sa.FromClause:
    """Return a selectable of each item's row as of the dates asked for, of some kinds or all."""
    return items if as_of.is_now else _as_of(connection, as_of, kinds)


def _as_of(connection: sa.Connection, as_of: AsOf, kinds: Collection[str]) -> sa.FromClause:
    if connection.dialect.name == "sqlite":
        return _newest_of_each(connection, as_of, kinds)
    latest = (item_states.c.effective.desc(), item_states.c.position.desc())
    newest = sa.func.row_number().over(partition_by=item_states.c.id, order_by=latest)
    where = limits(connection, item_states, as_of)
    if kinds:  # an item never changes its kind
        where.append(item_states.c.kind.in_(sorted(kinds)))
    ranked = sa.select(item_states, newest.label("age")).where(*where).subquery("ranked")
    columns = (column for column in ranked.columns if column.name != "age")
    return sa.select(*columns).where(ranked.c.age == 1).subquery("item_states_then")


def _newest_of_each(
    connection: sa.Connection, as_of: AsOf, kinds: Collection[str]
) -> sa.FromClause:
    """Return the same by a look into an index for each item: SQLite ranks them all by sorting."""
    inner = item_states.alias("newest")
    newest = (
        sa.select(sa.literal_column("newest.rowid", INTEGER))
        .select_from(inner)
        .where(inner.c.id == items.c.id, *limits(connection, inner, as_of))
        .order_by(inner.c.effective.desc(), inner.c.position.desc())
        .limit(1)
        .correlate(items)
    )
    is_newest = newest.scalar_subquery() == ROW
    query = sa.select(item_states, ROW.label("row")).select_from(items.join(item_states, is_newest))
    if kinds:
        query = query.where(items.c.kind.in_(sorted(kinds)))
    return query.subquery("item_states_then")

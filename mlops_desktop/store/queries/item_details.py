"""The fields of many items at once, with who did what, as of any date."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import item_number, kind_named
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.items_then import states_on


@dataclass(frozen=True, slots=True)
class ItemTold:
    """What an item says under its number; ``taker`` took its last step, "" where none was taken."""

    number: str
    details: ItemDetails
    opener: str
    taker: str


def details_of(
    connection: sa.Connection, ids: Collection[str], as_of: AsOf = NOW
) -> dict[str, ItemTold]:
    """Return the fields of these items by id, their texts opened, in two statements."""
    if not ids:
        return {}
    c = states_on(connection, as_of).columns
    names = ("id", "kind", "number", "record", "opener", "takers")
    query = sa.select(*(c[name] for name in names)).where(Among(c["id"], ids))
    rows = connection.execute(query).all()
    closed = {digest for row in rows for digest in records.digests_in(row.record)}
    opened = log.open_commitments(connection, closed)
    return {
        row.id: ItemTold(
            item_number(kind_named(row.kind), row.number),
            records.from_text(kind_named(row.kind).details, row.record, opened),
            row.opener,
            next(reversed(records.texts(row.takers)), ""),
        )
        for row in rows
    }

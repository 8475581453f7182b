"""The numbers people know models, items and campaigns by: each kind's own, in the order recorded.

An extract leaves records out, and one number must mean one record there and at home: whoever makes
it keeps the numbers with it and signs their digest.
"""

import sqlalchemy as sa

from mlops_desktop.store import sql
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.campaigns import campaigns
from mlops_desktop.store.tables.items import items
from mlops_desktop.store.tables.ledger import meta
from mlops_desktop.store.tables.projected import models

MODEL, CAMPAIGN = "model", "campaign"
_KEPT = "numbers"
_QUERIES = {
    MODEL: "SELECT MAX(number) FROM models",
    CAMPAIGN: "SELECT MAX(number) FROM campaigns",
}


def number_for(rows: Rows, kind: str, key: str) -> int:
    """Return the number of a record that has none yet; ``kind`` is an item's noun or one of ours.

    It is the next of its kind, in an extract the one that was kept with it.
    """
    last = rows.last_numbers.get(kind)
    if last is None:
        last = _last(rows.connection, kind)
    number = rows.kept_numbers.get(key, last + 1)
    rows.last_numbers[kind] = max(last, number)
    return number


def _last(connection: sa.Connection, kind: str) -> int:
    if kind in _QUERIES:
        ((found,),) = sql.fetch(connection, _QUERIES[kind])
    else:
        query = "SELECT MAX(number) FROM items WHERE kind = ?"
        ((found,),) = sql.fetch(connection, query, kind)
    return int(str(found or 0))


def read_numbers(connection: sa.Connection) -> dict[str, int]:
    """Return the number of every model, item and campaign by its id."""
    return {
        str(row.id): int(row.number)
        for table in (models, items, campaigns)
        for row in connection.execute(sa.select(table.c.id, table.c.number))
    }


def keep_numbers(connection: sa.Connection, numbers: dict[str, int]) -> None:
    """Keep with an extract by which numbers its records are known."""
    told = "\n".join(to_lines(numbers))
    sql.upsert_tuples(connection, meta, [(_KEPT, told)])


def kept_numbers(connection: sa.Connection) -> dict[str, int]:
    """Return the numbers kept with an extract by id; none in a workspace that is none."""
    pairs = (line.partition(" ")[::2] for line in read_kept_lines(connection))
    return {key: int(number) for key, number in pairs if number.isdecimal()}


def read_kept_lines(connection: sa.Connection) -> list[str]:
    """Return the lines kept with an extract, as they are there now."""
    query = sa.select(meta.c.value).where(meta.c.name == _KEPT)
    told: str = connection.execute(query).scalar() or ""
    return told.splitlines()


def to_lines(numbers: dict[str, int]) -> list[str]:
    """Return them as lines in the order of ids, over which an extract's maker signs."""
    return [f"{key} {number}" for key, number in sorted(numbers.items())]

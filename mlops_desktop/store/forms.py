"""The form of all projected tables, as a workspace remembers it to know when to rebuild them."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256

import sqlalchemy as sa

from mlops_desktop.store import tables
from mlops_desktop.store.tables import projected


@cache
def current_form() -> str:
    """Return what differs whenever a table, a column, an index or the meaning of one does."""
    tables.load()
    text = "\n".join(line for table in projected.projected.sorted_tables for line in _lines(table))
    return f"{projected.MEANING}-{sha256(text.encode()).hexdigest()[:16]}"


def _lines(table: sa.Table) -> Iterator[str]:
    yield table.name
    for column in table.columns:
        yield f"{column.name} {column.type} {column.nullable} {column.primary_key}"
    for index in sorted(table.indexes, key=lambda item: str(item.name)):
        yield f"{index.name} {[column.name for column in index.columns]}"

"""The buffer between projections and the database: rows put and added, flushed in bulk."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeAlias

import sqlalchemy as sa

from mlops_desktop.core.model_state import Happening, ModelState
from mlops_desktop.store import records, sql

Value: TypeAlias = str | int | bytes | None
Row: TypeAlias = dict[str, Value]
Key: TypeAlias = tuple[Value, ...]
Opener: TypeAlias = Callable[[set[str]], dict[str, str]]
History: TypeAlias = Callable[[str], Iterable[Happening]]


@cache
def _names(table: sa.Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        tuple(column.name for column in table.columns),
        tuple(column.name for column in table.primary_key),
    )


def _whole(table: sa.Table, row: Row) -> Row:
    """Return the row with every column, so that pending and stored rows compare equal."""
    return {name: row.get(name) for name in _names(table)[0]}


class Rows:
    """Projected rows of one transaction: later puts of a key replace earlier ones.

    ``history`` gives the recorded happenings of one subject, for what must be folded again.
    """

    def __init__(
        self, connection: sa.Connection, history: History, open_commitments: Opener
    ) -> None:
        self._connection = connection
        self._open = open_commitments
        self._put: dict[str, dict[Key, Row]] = {}
        self._added: dict[str, list[Row]] = {}
        self._tables: dict[str, sa.Table] = {}
        self.history = history
        self.states: dict[str, ModelState] = {}
        """Folded models touched in this transaction, so that a bulk never decodes one twice."""
        self.next_number: int | None = None
        self.touched: set[tuple[str, str]] = set()

    def put(self, table: sa.Table, row: Row) -> None:
        """Insert or replace the row of its primary key."""
        key = tuple([row[name] for name in _names(table)[1]])
        self._tables[table.name] = table
        self._put.setdefault(table.name, {})[key] = _whole(table, row)

    def add(self, table: sa.Table, row: Row) -> None:
        """Insert a row that cannot be there yet."""
        self._tables[table.name] = table
        self._added.setdefault(table.name, []).append(_whole(table, row))

    def get(self, table: sa.Table, *key: Value) -> Row | None:
        """Return the row of a primary key, as this transaction sees it."""
        pending = self._put.get(table.name, {}).get(key)
        if pending is not None:
            return dict(pending)
        columns = list(table.primary_key)
        matches = sa.and_(*(column == part for column, part in zip(columns, key, strict=True)))
        found = self._connection.execute(sa.select(table).where(matches)).mappings().first()
        return dict(found) if found is not None else None

    def opened(self, record: str) -> dict[str, str]:
        """Return the disclosures that the commitments inside a record can be opened with."""
        wanted = set(records.digests_in(record))
        return self._open(wanted) if wanted else {}

    def pending(self, table: sa.Table) -> Iterable[Row]:
        """Return the rows of ``table`` not yet flushed."""
        return tuple(self._put.get(table.name, {}).values())

    def select(self, statement: sa.Select[tuple[Value, ...]]) -> list[Row]:
        """Flush, then return the rows of a query."""
        self.flush()
        return [dict(row) for row in self._connection.execute(statement).mappings()]

    def flush(self) -> None:
        """Write everything pending, one bulk statement a table."""
        for name, added in self._added.items():
            sql.insert_rows(self._connection, self._tables[name], added)
        for name, put in self._put.items():
            sql.upsert_rows(self._connection, self._tables[name], put.values())
        self._added.clear()
        self._put.clear()

"""What projected rows were before a copy's unshared events, so that those can be taken back.

A pull then costs what came in and what is unshared, whatever lies before them. The table is no
part of the workspace's form: where it is missing, everything is projected again instead.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Self

import sqlalchemy as sa

from mlops_desktop.store import search, sql, tables
from mlops_desktop.store.copies import Copy
from mlops_desktop.store.sql import Cells
from mlops_desktop.store.tables.projected import models, projected

_NAME = "earlier_rows"
_MAKE = (
    f"CREATE TABLE IF NOT EXISTS {_NAME} "
    "(name TEXT NOT NULL, key TEXT NOT NULL, cells TEXT, PRIMARY KEY (name, key)) STRICT"
)
_KEEP = f"INSERT INTO {_NAME} (name, key, cells) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"  # noqa: S608 - ours
_THERE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"


class EarlierRows:
    """Keeps each projected row as it was at a copy's shared head, at its first change since."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: set[tuple[str, Cells]] = set()

    @classmethod
    def begin(cls, connection: sa.Connection, shared: int) -> Self:
        """Start anew at a shared head: what is projected now is what will be taken back to."""
        forget(connection)
        sql.run(connection, _MAKE)
        sql.run(connection, _KEEP, "", "", str(shared))
        return cls(connection)

    @classmethod
    def of_copy(cls, connection: sa.Connection, copy: Copy | None, size: int) -> Self | None:
        """Go on where it was begun, or begin where nothing is unshared yet; None if too late."""
        if copy is None:
            return None
        shared = copy.shared.size
        if size == shared:
            return cls.begin(connection, shared)
        return cls(connection) if _begun(connection) == shared else None

    def keep(self, table: sa.Table, keys: Iterable[Cells]) -> None:
        """Keep the rows of these keys before they are written; None where there was none."""
        for key in keys:
            if (table.name, key) not in self._known:
                self._known.add((table.name, key))
                found = sql.find_row(self._connection, table, key)
                cells = None if found is None else json.dumps(found)
                sql.run(self._connection, _KEEP, table.name, json.dumps(key), cells)


def take_back(connection: sa.Connection, shared: int) -> bool:
    """Bring every projected row back to what it was at a shared head, or tell that it cannot."""
    if _begun(connection) != shared:
        return False
    tables.load()
    kept: dict[str, list[tuple[Cells, Cells | None]]] = defaultdict(list)
    query = f"SELECT name, key, cells FROM {_NAME} WHERE name <> ''"  # noqa: S608 - ours
    for name, key, cells in sql.fetch(connection, query):
        row = None if cells is None else tuple(json.loads(cells))
        kept[str(name)].append((tuple(json.loads(key)), row))
    for name, rows in kept.items():
        _put_back(connection, projected.tables[name], rows)
    return True


def forget(connection: sa.Connection) -> None:
    """Keep nothing: what is projected is made anew, or taken back to another head."""
    if connection.dialect.name == "sqlite":
        sql.run(connection, f"DROP TABLE IF EXISTS {_NAME}")


def _begun(connection: sa.Connection) -> int | None:
    if not sql.fetch(connection, _THERE, _NAME):
        return None
    found = sql.fetch(connection, f"SELECT cells FROM {_NAME} WHERE name = ''")  # noqa: S608 - ours
    return int(found[0][0]) if found else None


def _put_back(
    connection: sa.Connection, table: sa.Table, rows: list[tuple[Cells, Cells | None]]
) -> None:
    if table is models:
        found = [sql.find_row(connection, models, key) for key, _ in rows]
        search.remove(connection, [row[_NUMBER] for row in found if row is not None])
    keys = [column.name for column in table.primary_key]
    matches = " AND ".join(f"{name} = ?" for name in keys)
    for key, _ in rows:
        sql.run(connection, f"DELETE FROM {table.name} WHERE {matches}", *key)  # noqa: S608 - ours
    earlier = [row for _, row in rows if row is not None]
    sql.insert_tuples(connection, table, earlier)
    if table is models:
        search.index(connection, [(row[_NUMBER], row[_SEARCH]) for row in earlier])


_COLUMNS = [column.name for column in models.columns]
_NUMBER, _SEARCH = _COLUMNS.index("number"), _COLUMNS.index("search")

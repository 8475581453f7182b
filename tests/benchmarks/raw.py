"""The floor of every write: the same rows through the driver alone, into an equal encrypted file.

Equal means: the same tables and indexes, cipher, page size and pragmas, one transaction.
"""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from mlops_desktop.store.engine import WRITES, open_file
from mlops_desktop.store.workspace import Workspace

Rows: TypeAlias = list[tuple[object, ...]]
_NUMBERS = count()
SEARCH = "models_search"


@dataclass(frozen=True, slots=True)
class Content:
    """The rows of a workspace's tables, in the order they are inserted, and its schema."""

    schema: tuple[str, ...]
    rows: dict[str, Rows]

    def only(self, tables: Iterable[str]) -> "Content":
        """Return the same with the rows of these tables alone."""
        return Content(self.schema, {name: self.rows[name] for name in tables})

    @property
    def number(self) -> int:
        """How many rows there are."""
        return sum(len(rows) for rows in self.rows.values())


def read_content(workspace: Workspace) -> Content:
    """Return everything a workspace's file holds; the search index as what fills it."""
    with workspace.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT name, sql, type FROM sqlite_master WHERE sql IS NOT NULL "
            f"AND name NOT GLOB '{SEARCH}_*' AND name NOT GLOB 'sqlite_*'"
        ).all()
        rows = {
            name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
            for name, _, kind in found
            if kind == "table" and name != SEARCH
        }
        indexed = connection.exec_driver_sql("SELECT number, search FROM models")
        rows[SEARCH] = [tuple(row) for row in indexed]
    return Content(tuple(sql for _, sql, _ in found), rows)


class RawFile:
    """An empty file made like the workspace's, ready to be filled once."""

    def __init__(self, folder: Path, content: Content) -> None:
        path = folder / f"raw-{next(_NUMBERS)}.mrm"
        self._content = content
        self._engine = open_file(path, secrets.token_bytes(32), str(uuid.uuid4()))
        with self._engine.connect().execution_options(**{WRITES: True}) as connection:
            for statement in content.schema:
                connection.exec_driver_sql(statement)
            connection.commit()

    def fill(self) -> None:
        """Insert every row in one transaction."""
        with self._engine.connect().execution_options(**{WRITES: True}) as connection:
            cursor = self._begin(connection)
            for table, rows in self._content.rows.items():
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    columns = "(rowid, search)" if table == SEARCH else ""
                    cursor.executemany(f"INSERT INTO {table}{columns} VALUES ({marks})", rows)
            connection.commit()

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def _begin(self, connection: sa.Connection) -> sa.engine.interfaces.DBAPICursor:
        connection.begin()
        return connection.connection.cursor()

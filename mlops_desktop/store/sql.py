"""Statements straight through the driver, inside SQLAlchemy's transaction and with its errors.

In bulk that is 61–75 % of prepared C, where ORM objects reach 3–6 %; and a single statement costs
a tenth of one with SQLAlchemy's result object.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

Cell: TypeAlias = str | int | float | bytes | None
Cells: TypeAlias = tuple[Cell, ...]
"""One row, in the order of its table's columns."""


def _mark(dialect: str) -> str:
    return "?" if dialect == "sqlite" else "%s"


@cache
def _insert(table: sa.Table, dialect: str) -> str:
    names = [column.name for column in table.columns]
    marks = ", ".join([_mark(dialect)] * len(names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - ours


@cache
def _replacing(table: sa.Table) -> str:
    keys = [column.name for column in table.primary_key]
    rest = [column.name for column in table.columns if column.name not in keys]
    changes = ", ".join(f"{name} = excluded.{name}" for name in rest)
    return f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"


@cache
def _select(table: sa.Table, dialect: str) -> str:
    names = ", ".join(column.name for column in table.columns)
    mark = _mark(dialect)
    matches = " AND ".join(f"{column.name} = {mark}" for column in table.primary_key)
    return f"SELECT {names} FROM {table.name} WHERE {matches}"  # noqa: S608 - our own names


def _run(connection: sa.Connection, text: str, rows: Sequence[Cells]) -> None:
    if rows:
        with _cursor(connection, text) as cursor:
            if len(rows) == 1:
                cursor.execute(text, rows[0])
            else:
                cursor.executemany(text, rows)


def insert_tuples(connection: sa.Connection, table: sa.Table, rows: Sequence[Cells]) -> None:
    """Insert rows."""
    _run(connection, _insert(table, connection.dialect.name), rows)


def upsert_tuples(connection: sa.Connection, table: sa.Table, rows: Sequence[Cells]) -> None:
    """Insert rows, replacing those with the same primary key."""
    _run(connection, _insert(table, connection.dialect.name) + _replacing(table), rows)


def ignore_tuples(connection: sa.Connection, table: sa.Table, rows: Sequence[Cells]) -> None:
    """Insert rows, leaving those whose primary key is already there."""
    _run(connection, _insert(table, connection.dialect.name) + " ON CONFLICT DO NOTHING", rows)


def find_row(connection: sa.Connection, table: sa.Table, key: Cells) -> Cells | None:
    """Return the row of a primary key, in the order of the table's columns."""
    found = _fetch(connection, _select(table, connection.dialect.name), key)
    return found[0] if found else None


def fetch(
    connection: sa.Connection, text: str, *cells: Cell | list[Any]
) -> Sequence[tuple[Any, ...]]:
    """Return the rows of a query whose parameters are written ``?``; lists are arrays."""
    return _fetch(connection, text.replace("?", _mark(connection.dialect.name)), cells)


def stream(
    connection: sa.Connection, text: str, *cells: Cell, size: int
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Yield the rows of a query whose parameters are written ``?``, ``size`` at a time."""
    text = text.replace("?", _mark(connection.dialect.name))
    with _cursor(connection, text) as cursor:
        cursor.execute(text, cells)
        while rows := cursor.fetchmany(size):
            yield rows


def _fetch(
    connection: sa.Connection, text: str, cells: tuple[Any, ...]
) -> Sequence[tuple[Any, ...]]:
    with _cursor(connection, text) as cursor:
        cursor.execute(text, cells)
        return cursor.fetchall()


Asked: TypeAlias = tuple[str, tuple[Any, ...]]
"""A statement and its cells."""

COMMIT: Asked = ("COMMIT", ())
"""Ends a transaction between statements asked together."""


def ask_together(connection: sa.Connection, *asked: Asked) -> list[Sequence[tuple[Any, ...]]]:
    """Send statements to PostgreSQL at once, commits among them; return the rows of each.

    One waiting instead of one a statement: while others wait for a lock, each costs them all. An
    error names the statement that failed.
    """
    if not connection.in_transaction():
        connection.begin()
    link: Any = connection.connection.driver_connection
    driver = connection.dialect.loaded_dbapi
    cursors: list[Any] = []
    first: Exception | None = None
    try:
        with link.pipeline():
            try:
                for text, cells in asked:
                    if text == COMMIT[0]:
                        link.commit()
                    else:
                        cursors.append(link.execute(text.replace("?", "%s"), cells))
            except driver.Error as error:  # an early answer; the driver would log what follows it
                first = error
    except driver.Error as error:
        first = first or error
    if first is not None:
        raise _failed(connection, _unanswered(asked, cursors), first) from first
    return [cursor.fetchall() for cursor in cursors]


def _unanswered(asked: Sequence[Asked], cursors: Sequence[Any]) -> str:
    """Return the first statement of those asked together that has no rows."""
    texts = [text for text, _ in asked if text != COMMIT[0]]
    answered = [cursor.description is not None for cursor in cursors]
    return next(
        (text for text, there in zip(texts, answered, strict=False) if not there), texts[-1]
    )


def run(connection: sa.Connection, text: str, *cells: Cell) -> None:
    """Execute one statement whose parameters are written ``?``."""
    _run(connection, text.replace("?", _mark(connection.dialect.name)), [cells])


@contextmanager
def _cursor(connection: sa.Connection, text: str) -> Iterator[DBAPICursor]:
    if not connection.in_transaction():
        connection.begin()
    cursor = connection.connection.cursor()
    driver = connection.dialect.loaded_dbapi
    try:
        yield cursor
    except driver.Error as error:
        raise _failed(connection, text, error) from error
    finally:
        cursor.close()


def _failed(connection: sa.Connection, text: str, error: Exception) -> Exception:
    """Return the driver's error as SQLAlchemy's, without a parameter in it."""
    driver, dialect = connection.dialect.loaded_dbapi, connection.dialect
    return sa.exc.DBAPIError.instance(
        text, None, error, driver.Error, hide_parameters=True, dialect=dialect
    )

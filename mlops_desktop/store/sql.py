"""Statements straight through the driver, inside SQLAlchemy's transaction and with its errors.

In bulk that is 61–75 % of prepared C, where ORM objects reach 3–6 %; and a single statement costs
a tenth of one with SQLAlchemy's result object.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import Any, Protocol, TypeAlias

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


REHEARSAL = "mlops_rehearsal"
"""Execution option of a connection whose writing may have to be done twice: who is told of it."""


class Rehearsal(Protocol):
    """Remembers what is written."""

    def note(self, write: Callable[[], None]) -> None:
        """Take what writes it once more."""


def do(connection: sa.Connection, write: Callable[[], None]) -> None:
    """Write, and tell whoever may have to do it again."""
    rehearsal: Rehearsal | None = connection.get_execution_options().get(REHEARSAL)
    if rehearsal is not None:
        rehearsal.note(write)
    write()


def insert_tuples(connection: sa.Connection, table: sa.Table, rows: Sequence[Cells]) -> None:
    """Insert rows; PostgreSQL's answer is waited for with what is asked next, or committed."""
    _put(connection, table, "", rows)


def upsert_tuples(connection: sa.Connection, table: sa.Table, rows: Sequence[Cells]) -> None:
    """Insert rows, replacing those with the same primary key, of which each is given once."""
    _put(connection, table, _replacing(table), rows)


def ignore_tuples(connection: sa.Connection, table: sa.Table, rows: Sequence[Cells]) -> None:
    """Insert rows, leaving those whose primary key is already there."""
    _put(connection, table, " ON CONFLICT DO NOTHING", rows)


def _put(connection: sa.Connection, table: sa.Table, ending: str, rows: Sequence[Cells]) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite" or _holds_bytes(table):
        text = _insert(table, connection.dialect.name) + ending
        do(connection, partial(_run, connection, text, rows))
    else:
        do(connection, partial(_send_rows, connection, table, ending, rows))


def _send_rows(
    connection: sa.Connection, table: sa.Table, ending: str, rows: Sequence[Cells]
) -> None:
    from mlops_desktop.store.columns import insert_rows

    send_in_turn(connection, insert_rows(table, ending, rows))


@cache
def _holds_bytes(table: sa.Table) -> bool:
    """Tell whether a row may be as large as a file: such go one by one."""
    return any(isinstance(column.type, sa.LargeBinary) for column in table.columns)


def find_row(connection: sa.Connection, table: sa.Table, key: Cells) -> Cells | None:
    """Return the row of a primary key, in the order of the table's columns."""
    found = _fetch(connection, _select(table, connection.dialect.name), key)
    return found[0] if found else None


@cache
def _select_many(table: sa.Table, dialect: str) -> str:
    names = ", ".join(column.name for column in table.columns)
    (key,) = table.primary_key
    among = "= ANY(%s)" if dialect == "postgresql" else "IN (SELECT value FROM json_each(?))"
    return f"SELECT {names} FROM {table.name} WHERE {key.name} {among}"  # noqa: S608 - ours


def find_rows(connection: sa.Connection, table: sa.Table, keys: list[str]) -> dict[Cell, Cells]:
    """Return the rows of a table whose primary key is one text, by it, as far as they are there."""
    place = [column.name for column in table.columns].index(next(iter(table.primary_key)).name)
    given = keys if connection.dialect.name == "postgresql" else json.dumps(keys)
    found = _fetch(connection, _select_many(table, connection.dialect.name), (given,))
    return {row[place]: row for row in found}


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


Asked: TypeAlias = tuple[str, tuple[str | int | bytes | None, ...]]
"""A statement, whose parameters are written ``$1``, and its parameters."""

COMMIT: Asked = ("COMMIT", ())
"""Ends a transaction between statements that are sent together."""

_LINE = "mlops_line"


def send(connection: sa.Connection, *asked: Asked) -> None:
    """Send statements to PostgreSQL and go on without their answers.

    Whatever is asked of the connection next waits for them, and raises what failed of them.
    """
    if not sa.event.contains(connection, "before_cursor_execute", _settle_first):
        sa.event.listen(connection, "before_cursor_execute", _settle_first)
        sa.event.listen(connection, "rollback", _settle_for_nothing)
        sa.event.listen(connection, "commit", _settle_or_undo)
    _send(connection, asked)
    connection.info[_LINE].flush()


def gather(connection: sa.Connection) -> None:
    """Let what is sent from now on leave together, with what is asked next."""
    connection.info[_LINE].gather()


def send_in_turn(connection: sa.Connection, asked: Iterable[Asked]) -> None:
    """Send statements, each when the one before is answered; the last is not waited for.

    The next is made while the server works, and never do all of them lie here at once.
    """
    for number, one in enumerate(asked):
        if number:
            settle(connection)
        send(connection, one)


def settle(connection: sa.Connection) -> list[Any]:
    """Wait for the statements on their way; return the rows of each, as the server's bytes.

    An error names the statement that failed; none behind it was run.
    """
    line = connection.info.get(_LINE)
    return line.settle() if line is not None else []


def ask_together(connection: sa.Connection, *asked: Asked) -> list[Any]:
    """Send statements to PostgreSQL at once, commits among them; return the rows of each.

    One waiting instead of one a statement: while others wait for a lock, each costs them all.
    What was sent before is waited for as well, and its rows come first.
    """
    _send(connection, asked)
    return settle(connection)


def _send(connection: sa.Connection, asked: Sequence[Asked]) -> None:
    if not connection.in_transaction():
        connection.begin()
    line = connection.info.get(_LINE)
    if line is None:
        from mlops_desktop.store.line import Line

        link: Any = connection.connection.driver_connection
        line = connection.info[_LINE] = Line(link, partial(_failed, connection.dialect))
    for text, parameters in asked:
        line.send(text, parameters)


def _settle_first(connection: sa.Connection, *_: object) -> None:
    settle(connection)


def _settle_or_undo(connection: sa.Connection) -> None:
    try:
        settle(connection)
    except sa.exc.DBAPIError:
        # SQLAlchemy takes a commit that failed for one that ended; a line that is lost has.
        with suppress(connection.dialect.loaded_dbapi.Error):
            connection.connection.rollback()
        raise


def _settle_for_nothing(connection: sa.Connection) -> None:
    """Before a rollback: what failed of what was sent is no matter any more."""
    if not connection.invalidated:
        with suppress(sa.exc.DBAPIError):
            settle(connection)


def run(connection: sa.Connection, text: str, *cells: Cell) -> None:
    """Execute one statement whose parameters are written ``?``."""
    marked = text.replace("?", _mark(connection.dialect.name))
    do(connection, partial(_run, connection, marked, [cells]))


@contextmanager
def _cursor(connection: sa.Connection, text: str) -> Iterator[DBAPICursor]:
    if not connection.in_transaction():
        connection.begin()
    if connection.dialect.name == "postgresql":
        settle(connection)
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        raise _failed(connection.dialect, text, error) from error
    finally:
        cursor.close()


def _failed(dialect: sa.Dialect, text: str, error: Exception) -> Exception:
    """Return the driver's error as SQLAlchemy's, without a parameter in it."""
    driver = dialect.loaded_dbapi
    return sa.exc.DBAPIError.instance(
        text, None, error, driver.Error, hide_parameters=True, dialect=dialect
    )

"""Two readings of one table held against each other, row by row."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

_IN_PARTS = {"yield_per": 5_000}


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A stored row that the events do not lead to, or that they lead to and is not there.

    ``column`` is "" for a row that is there and should not be, or the other way about.
    """

    table: str
    key: str
    column: str


def compare_tables(
    table: sa.Table, stored: sa.Connection, made: sa.Connection
) -> Iterator[RowDifference]:
    """Yield what differs, both read in the order of the primary key.

    That order is one in both databases and in Python: text by its bytes.
    """
    with closing(_rows(stored, table)) as there, closing(_rows(made, table)) as here:
        yield from _walk(table, there, here)


_Cells = tuple[Any, ...]


def _rows(connection: sa.Connection, table: sa.Table) -> Generator[_Cells, None, None]:
    # A reader that stops at the first difference must not leave a cursor open at the server.
    with closing(connection.exec_driver_sql(_query(table), execution_options=_IN_PARTS)) as found:
        yield from map(tuple, found)


@cache
def _query(table: sa.Table) -> str:
    """Return the text of the query; each verification asks every table, in two databases."""
    names = ", ".join(column.name for column in table.columns)
    keys = ", ".join(column.name for column in table.primary_key)
    return f"SELECT {names} FROM {table.name} ORDER BY {keys}"  # noqa: S608 - our own names


def _walk(
    table: sa.Table, stored: Iterator[_Cells], made: Iterator[_Cells]
) -> Iterator[RowDifference]:
    """Walk both in the order of their keys, which both databases and Python share."""
    names = [column.name for column in table.columns]
    places = [names.index(column.name) for column in table.primary_key]

    def key(row: _Cells) -> _Cells:
        return tuple([row[place] for place in places])

    there, here = next(stored, None), next(made, None)
    while there is not None or here is not None:
        if there == here:
            there, here = next(stored, None), next(made, None)
        elif here is None or (there is not None and key(there) < key(here)):
            yield _row_difference(table, key(there or ()))
            there = next(stored, None)
        elif there is None or key(here) < key(there):
            yield _row_difference(table, key(here))
            here = next(made, None)
        else:
            for name, left, right in zip(names, there, here, strict=True):
                if left != right:
                    yield _row_difference(table, key(here), name)
            there, here = next(stored, None), next(made, None)


def _row_difference(table: sa.Table, key: _Cells, column: str = "") -> RowDifference:
    return RowDifference(table.name, " ".join(map(str, key)), column)

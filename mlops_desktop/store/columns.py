"""Rows on their way into PostgreSQL: one statement for hundreds, each column an array.

A row that is bound and run alone costs both sides some ten times what it costs among others.
"""

import struct
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from mlops_desktop.store.sql import Asked, Cells

_TOGETHER = 500
"""Rows a statement: more gains nothing."""

_MOST_BYTES = 2_000_000
"""Bytes a statement, unless a row alone has more: the driver moves about what it cannot send."""

_Write: TypeAlias = Callable[[Collection[Any]], bytes]
"""Makes an array of a column's cells."""


def insert_rows(table: sa.Table, ending: str, rows: Sequence[Cells]) -> Iterator[Asked]:
    """Yield statements that insert rows; ``ending`` says what happens to keys that are there.

    Raises SQLAlchemy's DataError for a cell that its column cannot hold.
    """
    before, writers = _form(table)
    for start in range(0, len(rows), _TOGETHER):
        for arrays in _arrays(before, writers, rows[start : start + _TOGETHER]):
            yield before + ending, arrays


def _arrays(
    text: str, writers: tuple[_Write, ...], rows: Sequence[Cells]
) -> Iterator[tuple[bytes, ...]]:
    try:
        arrays = tuple(
            [write(column) for write, column in zip(writers, zip(*rows, strict=True), strict=True)]
        )
    except (AttributeError, TypeError, UnicodeError, struct.error) as error:
        raise sa.exc.DataError(text, None, error, hide_parameters=True) from error
    if len(rows) > 1 and sum(map(len, arrays)) > _MOST_BYTES:
        half = len(rows) // 2
        yield from _arrays(text, writers, rows[:half])
        yield from _arrays(text, writers, rows[half:])
    else:
        yield arrays


@cache
def _form(table: sa.Table) -> tuple[str, tuple[_Write, ...]]:
    """Return the statement for a table's columns, and what makes the array of each."""
    from mlops_desktop.store.line import numbers, texts

    kinds: dict[type, tuple[str, _Write]] = {int: ("bigint", numbers), str: ("text", texts)}
    found = [kinds[column.type.python_type] for column in table.columns]
    names = ", ".join(column.name for column in table.columns)
    marks = ", ".join(f"${place}::{kind}[]" for place, (kind, _) in enumerate(found, 1))
    text = f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({marks})"  # noqa: S608 - ours
    return text, tuple(write for _, write in found)

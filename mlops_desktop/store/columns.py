"""Rows on their way into PostgreSQL: one statement for hundreds, each column an array.

A row that is bound and run alone costs both sides some ten times what it costs among others.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from mlops_desktop.store.sql import Asked, Cells

_TOGETHER = 500
"""Rows a statement: more gains nothing, and each may hold as much as an event's body."""

_Write: TypeAlias = Callable[[Collection[Any]], bytes]
"""Makes an array of a column's cells."""


def insert_rows(table: sa.Table, ending: str, rows: Sequence[Cells]) -> Iterator[Asked]:
    """Yield statements that insert rows; ``ending`` says what happens to keys that are there."""
    before, writers = _form(table)
    for start in range(0, len(rows), _TOGETHER):
        columns = zip(*rows[start : start + _TOGETHER], strict=True)
        cells = (write(column) for write, column in zip(writers, columns, strict=True))
        yield before + ending, tuple(cells)


@cache
def _form(table: sa.Table) -> tuple[str, tuple[_Write, ...]]:
    """Return the statement for a table's columns, and what makes the array of each."""
    from mlops_desktop.store.line import blobs, numbers, texts

    kinds: dict[type, tuple[str, _Write]] = {
        int: ("bigint", numbers),
        str: ("text", texts),
        bytes: ("bytea", blobs),
    }
    found = [kinds[column.type.python_type] for column in table.columns]
    names = ", ".join(column.name for column in table.columns)
    marks = ", ".join(f"${place}::{kind}[]" for place, (kind, _) in enumerate(found, 1))
    text = f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({marks})"  # noqa: S608 - ours
    return text, tuple(write for _, write in found)

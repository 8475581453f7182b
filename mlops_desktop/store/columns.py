"""Rows on their way into PostgreSQL: one statement for hundreds, each column an array.

A row that is bound and run alone costs both sides some ten times what it costs among others.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from mlops_desktop.store.sql import Asked, Cells

_TOGETHER = 500
"""Rows a statement: more gains nothing, and each may hold as much as an event's body."""


def insert_rows(table: sa.Table, ending: str, rows: Sequence[Cells]) -> Iterator[Asked]:
    """Yield statements that insert rows; ``ending`` says what happens to keys that are there."""
    names, types, writers = _form(table)
    text = f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({types}){ending}"  # noqa: S608
    for start in range(0, len(rows), _TOGETHER):
        columns = zip(*rows[start : start + _TOGETHER], strict=True)
        yield text, tuple(write(column) for write, column in zip(writers, columns, strict=True))


@cache
def _form(table: sa.Table) -> tuple[str, str, tuple[Any, ...]]:
    """Return a table's columns, the parameters' types and what makes an array of each."""
    from mlops_desktop.store.line import blobs, numbers, texts

    kinds = {"TEXT": texts, "BIGINT": numbers, "BYTEA": blobs}
    dialect = sa.create_mock_engine("postgresql+psycopg://", lambda *_: None).dialect
    types = [column.type.compile(dialect).partition(" ")[0] for column in table.columns]
    names = ", ".join(column.name for column in table.columns)
    marks = ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(types, 1))
    return names, marks, tuple(kinds[kind] for kind in types)

"""A column's value among many keys, in one statement however many they are.

A list of parameters costs a millisecond for every fifty keys before the database even sees it.
"""

import json
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from mlops_desktop.store.types import TEXT


class Among(sa.ColumnElement[bool]):
    """Whether a text column holds one of some keys."""

    inherit_cache = False

    def __init__(self, column: sa.ColumnElement[Any], keys: Iterable[str]) -> None:
        self.column, self.type = column, sa.Boolean()
        self.keys = sa.literal(json.dumps(sorted(set(keys)), ensure_ascii=False), TEXT)


def one_of(column: sa.ColumnElement[Any], keys: Collection[str]) -> sa.ColumnElement[bool]:
    """Return whether a text column holds one of some keys.

    One key is asked for as such: SQLAlchemy then knows the statement from the last time.
    """
    return column == next(iter(keys)) if len(keys) == 1 else Among(column, keys)


@compiles(Among, "sqlite")
def _in_sqlite(among: Among, compiler: Any, **options: Any) -> str:
    column = compiler.process(among.column, **options)
    keys = compiler.process(among.keys, **options)
    return f"({column} IN (SELECT value FROM json_each({keys})))"  # noqa: S608 - both are compiled


@compiles(Among, "postgresql")
def _in_postgres(among: Among, compiler: Any, **options: Any) -> str:
    column = compiler.process(among.column, **options)
    keys = compiler.process(among.keys, **options)
    every = f"SELECT jsonb_array_elements_text(CAST({keys} AS JSONB))"
    return f'({column} = ANY(ARRAY({every}) COLLATE "C"))'

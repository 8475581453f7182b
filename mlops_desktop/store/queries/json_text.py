"""A text inside the JSON text of a column, in both databases.

SQLAlchemy's own JSON paths cannot be given a collation that only one of the databases has.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from mlops_desktop.store.types import TEXT


class TextAt(sa.ColumnElement[str]):
    """The text at a path of names, compared byte by byte; NULL where there is none."""

    inherit_cache = False

    def __init__(self, column: sa.ColumnElement[Any], *path: str) -> None:
        self.column, self.path, self.type = column, path, TEXT


@compiles(TextAt, "sqlite")
def _in_sqlite(text: TextAt, compiler: Any, **options: Any) -> str:
    column = compiler.process(text.column, **options)
    path = compiler.process(sa.literal(".".join(("$", *text.path))), **options)
    return f"json_extract({column}, {path})"


@compiles(TextAt, "postgresql")
def _in_postgres(text: TextAt, compiler: Any, **options: Any) -> str:
    column = compiler.process(text.column, **options)
    path = compiler.process(sa.literal("{" + ",".join(text.path) + "}"), **options)
    return f'((CAST({column} AS JSON) #>> CAST({path} AS TEXT[])) COLLATE "C")'

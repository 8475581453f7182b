"""The trigram index over models: FTS5 in a file, an array under GIN on PostgreSQL.

A hit is verified on the row, since the index keeps no positions.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa

from mlops_desktop.store import sql
from mlops_desktop.store.sql import Cell, Cells
from mlops_desktop.store.tables.projected import models

_SQLITE = (
    "CREATE VIRTUAL TABLE models_search USING fts5("
    "search, content='', contentless_delete=1, tokenize='trigram', detail=none)"
)
_VOCABULARY = (
    "CREATE VIRTUAL TABLE temp.models_vocabulary USING fts5vocab(main, models_search, instance)"
)
POSTGRES = (
    "CREATE TABLE models_search (number BIGINT PRIMARY KEY, trigrams TEXT[] NOT NULL)",
    "CREATE INDEX models_search_trigrams ON models_search USING GIN (trigrams)",
)

_TOGETHER = 500
_INDEXED = (
    "INSERT INTO models_search (number, trigrams) "
    "SELECT number, pieces::text[] FROM unnest($1::bigint[], $2::text[]) AS told(number, pieces) "
    "ON CONFLICT (number) DO UPDATE SET trigrams = excluded.trigrams"
)

_INDEX = sa.table(
    "models_search",
    sa.column("rowid", sa.Integer),
    sa.column("number", sa.Integer),
    sa.column("models_search", sa.Text),  # FTS5: the table's own name stands for all its text
)


def create(connection: sa.Connection) -> None:
    """Make the empty index."""
    drop(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE)
        return
    for statement in POSTGRES:
        connection.exec_driver_sql(statement)


def drop(connection: sa.Connection) -> None:
    """Remove the index."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS models_search")


def empty(connection: sa.Connection) -> None:
    """Forget every model, and keep the index."""
    connection.exec_driver_sql("DELETE FROM models_search")


def remove(connection: sa.Connection, numbers: Iterable[Cell]) -> None:
    """Forget some models, in a file."""
    for number in numbers:
        sql.run(connection, "DELETE FROM models_search WHERE rowid = ?", number)


def trigrams(text: str) -> list[str]:
    """Return the distinct three-letter pieces of a casefolded text, sorted."""
    return sorted({text[start : start + 3] for start in range(len(text) - 2)})


def fill(connection: sa.Connection) -> None:
    """Index every model anew, after a bulk load or a rebuild."""
    found = connection.execute(sa.select(models.c.number, models.c.search))
    index(connection, [tuple(row) for row in found])


def index(connection: sa.Connection, found: Iterable[Cells]) -> None:
    """Index models given as number and search text, replacing what was indexed of them."""
    pairs = list(found)
    if not pairs:
        return
    if connection.dialect.name == "sqlite":
        text = "INSERT OR REPLACE INTO models_search (rowid, search) VALUES (?, ?)"
        connection.exec_driver_sql(text, pairs)
        return
    sql.do(connection, lambda: sql.send_in_turn(connection, _indexing(pairs)))


def _indexing(pairs: list[Cells]) -> Iterator[sql.Asked]:
    """Yield what indexes models on PostgreSQL, hundreds in a statement."""
    from mlops_desktop.store.line import numbers, texts

    for start in range(0, len(pairs), _TOGETHER):
        part = pairs[start : start + _TOGETHER]
        arrays = [_literal(trigrams(str(searched))) for _, searched in part]
        yield _INDEXED, (numbers([int(str(number)) for number, _ in part]), texts(arrays))


def _literal(pieces: list[str]) -> str:
    """Return texts as PostgreSQL reads an array written out."""
    written = ('"' + piece.replace("\\", "\\\\").replace('"', '\\"') + '"' for piece in pieces)
    return "{" + ",".join(written) + "}"


def condition(dialect: str, words: list[str]) -> sa.ColumnElement[bool]:
    """Return the filter for rows that contain every word (casefolded), each hit verified."""
    found = hits(dialect, words)
    return (
        verified(words) if found is None else sa.and_(models.c.number.in_(found), verified(words))
    )


def verified(words: list[str], table: sa.FromClause = models) -> sa.ColumnElement[bool]:
    """Return the filter for rows that contain every word, judged on the row itself."""
    return sa.and_(*(table.c.search.contains(word, autoescape=True) for word in words))


def hits(dialect: str, words: list[str]) -> sa.Select[tuple[int]] | None:
    """Return the numbers of rows that hold every piece of the words; None where all are short."""
    pieces = sorted({piece for word in words for piece in trigrams(word)})
    if not pieces:
        return None
    if dialect == "sqlite":
        match = " AND ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
        return sa.select(_INDEX.c.rowid).where(_INDEX.c.models_search.match(match))
    wanted = sa.text("trigrams @> CAST(:pieces AS TEXT[])").bindparams(pieces=pieces)
    return sa.select(_INDEX.c.number).where(wanted)


def indexed(connection: sa.Connection) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of every indexed model with the sorted pieces it is found by."""
    if connection.dialect.name == "sqlite":
        sql.run(connection, "DROP TABLE IF EXISTS temp.models_vocabulary")
        sql.run(connection, _VOCABULARY)
        found = sql.fetch(connection, "SELECT doc, term FROM models_vocabulary ORDER BY doc, term")
        for number, pairs in groupby(found, key=itemgetter(0)):
            yield number, [term for _, term in pairs]
        return
    for number, pieces in sql.fetch(connection, "SELECT number, trigrams FROM models_search"):
        yield number, sorted(pieces)


def expected(made: sa.Connection, dialect: str) -> Iterator[tuple[int, list[str]]]:
    """Yield what :func:`indexed` yields for ``dialect`` where nothing was altered.

    ``made`` is a file's connection whose models are right and whose index is filled from them.
    """
    if dialect == "sqlite":
        yield from indexed(made)
        return
    for number, text in sql.fetch(made, "SELECT number, search FROM models"):
        yield number, trigrams(text)

"""How SQLite goes through a large inventory: along the order asked for, or from a few hits.

SQLite plans without knowing how many rows fit a filter. To fetch and sort 60,000 hits for a page
of 64 takes a second, and so does walking an order past 100,000 rows of which five fit. So the
rows that fit each condition are counted first, no further than fetching them would pay.
"""

from collections.abc import Iterator
from math import isqrt
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa
from sqlalchemy.sql.operators import custom_op

from mlops_desktop.store import search
from mlops_desktop.store.queries.model_filter import (
    Columns,
    Condition,
    ModelFilter,
    columns_of,
    order,
    plain_conditions,
)
from mlops_desktop.store.tables.projected import models

Hits: TypeAlias = sa.Select[tuple[int]]
"""The numbers of the models that fit one condition, found through an index."""

_PAGE = 64
_GLANCE = 10 * _PAGE


def _unindexed(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    return sa.UnaryExpression(column, operator=custom_op("+"), type_=column.type)


UNINDEXED: Columns = {column.name: _unindexed(column) for column in models.columns}
"""The columns as SQLite's planner never looks them up: under a unary plus."""


class Way(NamedTuple):
    """A selectable of models and the conditions to judge its rows by."""

    table: sa.FromClause
    conditions: list[Condition]


def ways(connection: sa.Connection, wanted: ModelFilter, *, is_first: bool) -> Iterator[Way]:
    """Yield ways to a page of a list, each to be gone if the one before did not fill the page.

    The last one is complete; those before it serve the first page alone.
    """
    few = _few_hits(connection, wanted)
    pieces = search.hits("sqlite", wanted.folded_words)
    if few is not None or pieces is None:
        yield Way(models, [*_verified(wanted), *([few] if few is not None else ())])
        return
    if is_first:  # what many models hold is mostly met soon
        yield _near(wanted)
    # But it can lie far off, as "var" does in the order of names: only hits are looked up.
    yield Way(models, [UNINDEXED["number"].in_(pieces), *_verified(wanted)])


def _near(wanted: ModelFilter) -> Way:
    """Return the way that looks at the first rows of the order alone."""
    along = order(columns_of(models), wanted)
    near = sa.select(models).order_by(*along).limit(_GLANCE).subquery("near")
    conditions = plain_conditions(columns_of(near), wanted)
    return Way(near, [*conditions, search.verified(wanted.folded_words, near)])


def counting(connection: sa.Connection, wanted: ModelFilter) -> Way:
    """Return the way to count: from few hits, else over the index that covers all filters."""
    few = _few_hits(connection, wanted)
    return Way(models, [*_verified(wanted), *([few] if few is not None else ())])


def _verified(wanted: ModelFilter) -> list[Condition]:
    """Return every condition, judged on the row alone."""
    found = [*plain_conditions(UNINDEXED, wanted)]
    return [*found, search.verified(wanted.folded_words)] if wanted.words else found


def _few_hits(connection: sa.Connection, wanted: ModelFilter) -> Condition | None:
    """Return the condition that the fewest models fit; None where many fit each."""
    most = _most_to_fetch(connection)
    counted = [(_count(connection, hits, most), hits) for hits in _hits(wanted)]
    few = [pair for pair in counted if pair[0] < most]
    return models.c.number.in_(min(few, key=lambda pair: pair[0])[1]) if few else None


def _hits(wanted: ModelFilter) -> Iterator[Hits]:
    numbers = sa.select(models.c.number)
    for condition in plain_conditions(columns_of(models), wanted):
        yield numbers.where(condition)
    if wanted.words:
        words = wanted.folded_words
        pieces = search.hits("sqlite", words)
        yield numbers.where(search.verified(words)) if pieces is None else pieces


def _most_to_fetch(connection: sa.Connection) -> int:
    """Return from how many hits on walking is faster.

    A walk passes N / h rows for each row shown and fetching takes h: they cost the same where
    h² is the page times N. A hit costs more than a row passed, hence half of that.
    """
    newest = connection.execute(sa.select(sa.func.max(models.c.number))).scalar() or 0
    return isqrt(_PAGE * newest) // 2 + 1


def _count(connection: sa.Connection, hits: Hits, most: int) -> int:
    limited = hits.limit(most).subquery()
    return connection.execute(sa.select(sa.func.count()).select_from(limited)).scalar_one()

"""How SQLite goes through a large inventory: along the order asked for, or from a few hits.

SQLite plans without knowing how many rows fit a filter. To fetch and sort 60,000 hits for a page
of 64 takes a second, and so does walking an order past 100,000 rows of which five fit. So the
rows that fit each condition are counted first, no further than fetching them would pay.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import isqrt
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa
from sqlalchemy.sql.operators import custom_op

from mlops_desktop.core.lifecycle import NOT_CURRENT, Scope
from mlops_desktop.store import search
from mlops_desktop.store.queries.model_filter import (
    Columns,
    Condition,
    ModelFilter,
    SortBy,
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


def ways(
    connection: sa.Connection, wanted: ModelFilter, *, offset: int, limit: int | None
) -> Iterator[Way]:
    """Yield ways to a page of a list, each to be gone if the one before did not fill the page.

    The last one is complete.
    """
    few = _few_hits(connection, wanted)
    pieces = search.hits("sqlite", wanted.folded_words)
    if few is not None:
        yield Way(models, [few, *_verified(wanted)])
    elif limit is not None and offset > _GLANCE:
        yield _far(wanted)
    elif pieces is None:
        yield Way(models, _verified(wanted))
    else:
        # The first rows are looked at without their records.
        is_worked_out = wanted.sort_field or (wanted.has_lapsed and wanted.sort is SortBy.TIER)
        by_lapsed = wanted.records or wanted.persons or is_worked_out
        if (
            limit is not None and not offset and not by_lapsed
        ):  # what many models hold is mostly met soon
            yield _near(wanted)
        # But it can lie far off, as "var" does in the order of names: only hits are looked up.
        yield Way(models, [UNINDEXED["number"].in_(pieces), *_verified(wanted)])


def _near(wanted: ModelFilter) -> Way:
    """Return the way that looks at the first rows of the order alone."""
    near = _first_rows(wanted.sort, is_descending=wanted.is_descending)
    conditions = plain_conditions(columns_of(near), wanted)
    return Way(near, [*conditions, search.verified(wanted.folded_words, near)])


@cache
def _first_rows(sort: SortBy, *, is_descending: bool) -> sa.Subquery:
    along = order(columns_of(models), ModelFilter(sort=sort, is_descending=is_descending))
    light = (column for column in models.columns if column.name != "record")
    return sa.select(*light).order_by(*along).limit(_GLANCE).subquery("near")


def _far(wanted: ModelFilter) -> Way:
    """Return the way to a page far down: what fits is known before, so no row is passed in vain.

    Of the current ones, which are most, only what they are not is looked up.
    """
    is_current = wanted.scope is Scope.CURRENT and not wanted.states
    conditions = _verified(replace(wanted, scope=Scope.ALL) if is_current else wanted)
    numbers = sa.select(models.c.number)
    found: list[Condition] = (
        [UNINDEXED["number"].in_(numbers.where(*conditions))] if conditions else []
    )
    if is_current:
        past = models.c.state.in_([state.value for state in sorted(NOT_CURRENT)])
        found.append(UNINDEXED["number"].not_in(numbers.where(past)))
    return Way(models, found)


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
    found = [*_hits(wanted)]
    if not found:
        return None
    most = _most_to_fetch(connection)
    limited = (hits.limit(most).subquery() for hits in found)
    counts = [sa.select(sa.func.count()).select_from(part).scalar_subquery() for part in limited]
    numbers = connection.execute(sa.select(*counts)).one()
    number, fewest = min(zip(numbers, found, strict=True), key=lambda pair: pair[0])
    return models.c.number.in_(fewest) if number < most else None


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

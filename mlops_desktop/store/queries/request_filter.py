"""Which requests for approval a list shows and in which order, as conditions on a row."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.standing import GRANTED, Status
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.tables.projected import (
    approval_requests,
    approval_standings,
    models,
    people,
    versions,
)

Condition: TypeAlias = sa.ColumnElement[bool]
_DIGITS = 5
_c = approval_requests.c


class RequestSort(StrEnum):
    """Columns a list of requests can be sorted by."""

    ID = "id"
    MODEL = "model"
    MODEL_ID = "model_id"
    VERSION = "version"
    ENVIRONMENT = "environment"
    STATUS = "status"
    GIVEN = "given"
    REQUESTED_AT = "requested_at"
    REQUESTER = "requester"


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which requests. ``words`` must all occur; of ``models`` and the like any one.

    ``among`` leaves those keys alone; those of ``first`` stand before the newest where no column
    is sorted by.
    """

    words: tuple[str, ...] = ()
    statuses: frozenset[Status] = frozenset(Status)
    environments: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    requesters: tuple[str, ...] = ()
    within: frozenset[str] | None = None
    """Leaves ``first`` alone, and what is about one of these model ids or about no model."""
    among: frozenset[str] | None = None
    first: frozenset[str] = frozenset()
    sort: RequestSort | None = None
    is_descending: bool = False
    as_of: AsOf = field(default=NOW)


@dataclass(frozen=True, slots=True)
class Standings:
    """Requests joined with what a list tells of them, as far as it was known."""

    table: sa.FromClause
    given: sa.ColumnElement[Any]
    status: sa.ColumnElement[Any]
    known: Condition


def standings(as_of: AsOf, size: int) -> Standings:
    """Return the requests among the first ``size`` events, with where they stand on that day."""
    joined = approval_requests.outerjoin(models, models.c.id == _c.model)
    joined = joined.outerjoin(versions, versions.c.id == _c.version)
    joined = joined.outerjoin(people, people.c.id == _c.requester)
    known = _c.position < size
    if as_of.known is None:
        return Standings(joined, _c.given, _status(approval_requests, as_of.day), known)
    s = approval_standings
    inner = s.alias("inner_standings")
    newest = sa.select(sa.func.max(inner.c.position)).where(
        inner.c.request == _c.id, inner.c.position < size
    )
    told = sa.and_(s.c.request == _c.id, s.c.position == newest.scalar_subquery())
    return Standings(joined.join(s, told), s.c.given, _status(s, as_of.day), known)


def _status(table: sa.Table, day: date) -> sa.ColumnElement[Any]:
    """Return the status on a day: what is kept never says that time ran out."""
    c, on = table.c, day.isoformat()
    held = [status.value for status in (*sorted(GRANTED), Status.OPEN)]
    granted = [status.value for status in sorted(GRANTED)]
    expired = sa.literal(Status.EXPIRED.value)
    return sa.case(
        (sa.and_(c.status.in_(held), c.rests_until < on), expired),
        (sa.and_(c.status.in_(granted), c.valid_until < on), expired),
        else_=c.status,
    )


def conditions(found: Standings, wanted: RequestFilter) -> Iterator[Condition]:
    """Yield the conditions of a filter."""
    yield found.known
    if wanted.statuses != frozenset(Status):
        yield found.status.in_([status.value for status in sorted(wanted.statuses)])
    if wanted.within is not None:
        near = sa.or_(models.c.id.is_(None), Among(_c.model, wanted.within))
        yield sa.or_(near, _c.id.in_(sorted(wanted.first))) if wanted.first else near
    if wanted.among is not None:
        yield _c.id.in_(sorted(wanted.among))
    if wanted.environments:
        lower = sa.func.lower(_c.environment)
        yield sa.or_(*(lower.startswith(x, autoescape=True) for x in wanted.environments))
    if wanted.models:
        yield sa.or_(*(models.c.search.contains(x, autoescape=True) for x in wanted.models))
    if wanted.requesters:
        yield sa.or_(*map(_asked_by, wanted.requesters))
    yield from map(_spoken, wanted.words)


def _spoken(word: str) -> Condition:
    """Whether a word occurs in what people say of a request."""
    plain = (sa.func.lower(versions.c.version), sa.func.lower(_c.environment), _number())
    told = [column.contains(word, autoescape=True) for column in (*plain, models.c.search)]
    return sa.or_(*told, _asked_by(word))


def _asked_by(name: str) -> Condition:
    return people.c.name_key.contains(sort_key(name), autoescape=True)


def _number() -> sa.ColumnElement[str]:
    """Return the name people say, in small letters: a-00042."""
    digits = sa.cast(_c.position, sa.String)
    padded = sa.func.substr(sa.literal("0" * _DIGITS) + digits, sa.func.length(digits) + 1)
    is_long = sa.func.length(digits) > _DIGITS
    return sa.literal("a-") + sa.case((is_long, digits), else_=padded)


def order(found: Standings, wanted: RequestFilter) -> tuple[sa.ColumnElement[Any], ...]:
    """Return what to order by; what is empty stands last."""
    if wanted.sort is None:
        newest = _c.position.desc()
        is_first = sa.case((_c.id.in_(sorted(wanted.first)), 0), else_=1)
        return (is_first, newest) if wanted.first else (newest,)
    columns: dict[RequestSort, sa.ColumnElement[Any]] = {
        RequestSort.ID: _c.position,
        RequestSort.MODEL: models.c.name_key,
        RequestSort.MODEL_ID: models.c.number,
        RequestSort.VERSION: versions.c.version,
        RequestSort.ENVIRONMENT: _c.environment,
        RequestSort.STATUS: found.status,
        RequestSort.GIVEN: found.given,
        RequestSort.REQUESTED_AT: _c.requested_at,
        RequestSort.REQUESTER: people.c.name_key,
    }
    keys = (columns[wanted.sort], _c.position)
    return tuple((key.desc() if wanted.is_descending else key.asc()).nulls_last() for key in keys)

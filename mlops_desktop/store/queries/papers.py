"""What stands on paper: which papers are on record, and which were confirmed, as of any date."""

from dataclasses import dataclass
from datetime import date

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRecorded
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.standing import Status
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.imports import intakes
from mlops_desktop.store.tables.items import items
from mlops_desktop.store.tables.projected import approval_requests
from mlops_desktop.store.tables.rules import approval_marks

_RECORDED, _CONFIRMED = name_of(PaperRecorded), name_of(PaperConfirmed)
_VOID = (Status.REJECTED.value, Status.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class Mark:
    """By what two records are of the same paper."""

    model: str
    kind: str
    decided_on: str
    digest: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A paper that a second person confirmed; ``cause`` is of a validation."""

    model: str
    kind: str
    decided_on: date
    cause: str | None


class _File(msgspec.Struct):
    file: str


class _Validation(msgspec.Struct):
    cause: str = "periodic"


class _Paper(msgspec.Struct):
    model: str
    decided_on: date
    document: _File
    kind: str = "promote"
    validation: _Validation | None = None
    intake: str | None = None


_DECODE = msgspec.json.Decoder(_Paper).decode


def recorded_marks(connection: sa.Connection) -> frozenset[Mark]:
    """Return every paper on record that nobody rejected or withdrew."""
    c = approval_marks.c
    joined = approval_marks.join(approval_requests, approval_requests.c.id == c.request)
    query = sa.select(c.record).select_from(joined).where(c.kind == _RECORDED)
    found = connection.execute(query.where(approval_requests.c.status.not_in(_VOID))).scalars()
    return frozenset(
        Mark(one.model, one.kind, one.decided_on.isoformat(), one.document.file)
        for one in map(_DECODE, found)
    )


def confirmed_papers(
    connection: sa.Connection, as_of: AsOf, model: str | None = None
) -> tuple[Confirmed, ...]:
    """Return the papers confirmed, as far as it was known, of days up to the one shown."""
    marks, told = approval_marks.alias("confirmed"), approval_marks
    size = known_size(connection, as_of)
    joined = told.join(marks, marks.c.request == told.c.request)
    query = sa.select(told.c.record).select_from(joined)
    query = query.where(
        told.c.kind == _RECORDED, marks.c.kind == _CONFIRMED, marks.c.position < size
    )
    if model is not None:
        joined_too = approval_requests.c
        keys = sa.select(joined_too.id).where(joined_too.model == model)
        query = query.where(told.c.request.in_(keys))
    found = map(_DECODE, connection.execute(query.order_by(told.c.position)).scalars())
    return tuple(
        Confirmed(
            one.model, one.kind, one.decided_on, one.validation.cause if one.validation else None
        )
        for one in found
        if one.decided_on <= as_of.day
    )


def planned_models(connection: sa.Connection) -> frozenset[str]:
    """Return the models that the onboarding plan of an import names, open or closed."""
    plans = sa.select(intakes.c.plan).where(intakes.c.plan.is_not(None))
    query = sa.select(items.c.models).where(items.c.id.in_(plans))
    found = connection.execute(query).scalars()
    return frozenset(model for text in found for model in msgspec.json.decode(text))


def paper_keys(connection: sa.Connection) -> tuple[str, ...]:
    """Return the keys of all requests recorded from paper, whatever came of them."""
    c = approval_marks.c
    query = sa.select(c.request).where(c.kind == _RECORDED).order_by(c.position)
    return tuple(connection.execute(query).scalars())


def waiting_keys(connection: sa.Connection, intake: str | None = None) -> tuple[str, ...]:
    """Return the keys of papers that wait for their second person, the oldest record first."""
    c = approval_marks.c
    joined = approval_marks.join(approval_requests, approval_requests.c.id == c.request)
    query = sa.select(c.request, c.record).select_from(joined)
    query = query.where(
        c.kind == _RECORDED, approval_requests.c.status == Status.OPEN.value
    ).order_by(c.position)
    return tuple(
        row.request
        for row in connection.execute(query)
        if intake is None or _DECODE(row.record).intake == intake
    )

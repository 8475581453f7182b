"""Which models a list shows and in which order, and the conditions that say so on a row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.inventory import PERSON_FIELDS
from mlops_desktop.core.lifecycle import NOT_CURRENT, Scope, State
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries import custom_terms, entities, record_terms
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.custom_terms import FieldTerm
from mlops_desktop.store.queries.entities import EntityTerm
from mlops_desktop.store.queries.record_terms import RecordTerm
from mlops_desktop.store.tables.projected import people

Condition: TypeAlias = sa.ColumnElement[bool]
Columns: TypeAlias = Mapping[str, sa.ColumnElement[Any]]


class SortBy(StrEnum):
    """Columns a list can be sorted by."""

    NUMBER = "number"
    NAME = "name"
    STATE = "state"
    TIER = "tier"
    OWNER = "owner"
    UPDATED = "updated"
    NEXT_REVIEW = "next_review"
    TIER_DUE = "tier_due"


@dataclass(frozen=True, slots=True)
class RegimeTerm:
    """What somebody decided about a regime: it concerns the model, or it does not."""

    regime: str
    is_in: bool


@dataclass(frozen=True, slots=True)
class RuleTerm:
    """A result under a regulatory profile, of one rule or of any."""

    profile: str
    result: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class ModelFilter:
    """Which models, in which order. ``words`` must all occur; the other fields must equal.

    ``rules`` are judged by services, which give the models that fit by number in ``among``.
    """

    words: tuple[str, ...] = ()
    scope: Scope = Scope.CURRENT
    states: tuple[State, ...] = ()
    tiers: tuple[int | None, ...] = ()
    """None asks for models that nobody rated."""
    owners: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    sources: tuple[str, ...] = ()
    due_from: date | None = None
    due_by: date | None = None
    rules: tuple[RuleTerm, ...] = ()
    fields: tuple[FieldTerm, ...] = ()
    entities: tuple[EntityTerm, ...] = ()
    records: tuple[RecordTerm, ...] = ()
    regimes: tuple[RegimeTerm, ...] = ()
    """Judged by services, as ``rules`` are."""
    incidents: tuple[str, ...] = ()
    """Incidents of data by number, or ``open`` or ``any``; judged by services too."""
    judged: tuple[str, ...] = ()
    """What services judge a model by, such as ``tests:red``; each must hold."""
    among: tuple[int, ...] | None = None
    rate_by: date | None = None
    """Those to be rated again by then; those whose tier nobody assessed are not among them."""
    persons: tuple[str, ...] = ()
    """Those that persons of these names answer for: on the record, or for an open use of it."""
    in_use_by: tuple[str, ...] = ()
    """The models of the uses that ``persons`` answer for; queries set it."""
    is_ownerless: bool = False
    """Those without an owner, and those whose owner was revoked since."""
    sort: SortBy = SortBy.NUMBER
    sort_field: str = ""
    """A field of the workspace's own to sort by instead, by its name."""
    is_descending: bool = False
    as_of: AsOf = field(default=NOW)
    has_lapsed: bool = False
    """Whether some override of a tier may have run out by the day asked for; queries set it."""

    @property
    def folded_words(self) -> list[str]:
        """The words as the search text is written."""
        return [word.casefold() for word in self.words]


_SORTS = {
    SortBy.NUMBER: "number",
    SortBy.NAME: "name_key",
    SortBy.STATE: "state",
    SortBy.TIER: "tier",
    SortBy.OWNER: "owner_key",
    SortBy.UPDATED: "updated_at",
    SortBy.NEXT_REVIEW: "next_review",
    SortBy.TIER_DUE: "tier_due",
}


def columns_of(table: sa.FromClause) -> Columns:
    """Return the columns of a table by name."""
    return dict(table.columns.items())


def order(c: Columns, wanted: ModelFilter) -> tuple[sa.ColumnElement[Any], ...]:
    """Return what to order by; descending is the whole order from its end, what is empty last."""
    number = c["number"].desc() if wanted.is_descending else c["number"].asc()
    if wanted.sort_field:
        key = custom_terms.key_of(c, wanted.sort_field, is_now=wanted.as_of.is_now)
    elif wanted.sort is SortBy.NUMBER:
        return (number,)
    else:
        key = _tier(c, wanted) if wanted.sort is SortBy.TIER else c[_SORTS[wanted.sort]]
    return (key.desc() if wanted.is_descending else key.asc()).nulls_last(), number


def lapsed(c: Columns, day: date) -> Condition:
    """Return the condition that an override of the tier has run out by a day."""
    return c["tier_until"] < day.isoformat()


def _tier(c: Columns, wanted: ModelFilter) -> sa.ColumnElement[Any]:
    """Return the tier on the day asked for: expiry is derived, so no row is written for it."""
    if not wanted.has_lapsed:
        return c["tier"]
    return sa.case((lapsed(c, wanted.as_of.day), c["tier_after"]), else_=c["tier"])


def _in_tiers(c: Columns, wanted: ModelFilter) -> Condition:
    if not wanted.has_lapsed:
        return _is_among(c["tier"], wanted.tiers)
    # Not the case expression: either side can be found through its index.
    is_lapsed = lapsed(c, wanted.as_of.day)
    held = sa.or_(c["tier_until"].is_(None), sa.not_(is_lapsed))
    return sa.or_(
        sa.and_(_is_among(c["tier"], wanted.tiers), held),
        sa.and_(_is_among(c["tier_after"], wanted.tiers), is_lapsed),
    )


def _is_among(tier: sa.ColumnElement[Any], wanted: tuple[int | None, ...]) -> Condition:
    rated = tier.in_([one for one in wanted if one is not None])
    return sa.or_(rated, tier.is_(None)) if None in wanted else rated


def _due(c: Columns, wanted: ModelFilter) -> Iterator[Condition]:
    if wanted.due_from is not None:
        yield c["next_review"] >= wanted.due_from.isoformat()
    if wanted.due_by is not None:
        yield c["next_review"] <= wanted.due_by.isoformat()
    if wanted.rate_by is not None:
        yield c["tier_due"] <= wanted.rate_by.isoformat()


def _held(c: Columns, wanted: ModelFilter) -> Iterator[Condition]:
    """Yield what the record must hold: fields of the workspace's own, legal entities."""
    for term in wanted.fields:
        yield custom_terms.condition(c, term, is_now=wanted.as_of.is_now)
    for asked in wanted.records:
        yield record_terms.condition(c["record"], asked)
    if wanted.persons:
        named = record_terms.condition(c["record"], RecordTerm(PERSON_FIELDS, wanted.persons))
        yield sa.or_(named, Among(c["id"], wanted.in_use_by))
    if wanted.entities:
        yield sa.or_(*(entities.condition(c["entities"], term) for term in wanted.entities))


def plain_conditions(c: Columns, wanted: ModelFilter) -> Iterator[Condition]:
    """Yield the conditions of a filter other than its words."""
    if wanted.scope is Scope.CURRENT and not wanted.states:
        yield c["state"].not_in([state.value for state in sorted(NOT_CURRENT)])
    if wanted.scope is Scope.RETIRED:
        yield c["state"] == State.RETIRED.value
    if wanted.states:
        yield c["state"].in_([state.value for state in wanted.states])
    if wanted.tiers:
        yield _in_tiers(c, wanted)
    if wanted.approvals:
        yield c["approval"].in_([approval.value for approval in wanted.approvals])
    if wanted.sources:
        yield c["source"].in_(wanted.sources)
    yield from _due(c, wanted)
    yield from _held(c, wanted)
    if wanted.among is not None:
        # Written into the statement: a driver takes only so many parameters.
        numbers: sa.BindParameter[int] = sa.bindparam(
            "among", wanted.among, expanding=True, literal_execute=True
        )
        yield c["number"].in_(numbers)
    if wanted.is_ownerless:
        gone = sa.select(people.c.name_key).where(people.c.revoked_position.is_not(None))
        yield sa.or_(c["owner_key"] == "", c["owner_key"].in_(gone))
    for name in wanted.owners:
        yield c["owner_key"].contains(sort_key(name), autoescape=True)

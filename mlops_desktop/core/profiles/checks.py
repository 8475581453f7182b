"""The parts a rule is compiled into: each, given the columns, objects to models or passes them."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from mlops_desktop.core.profiles.data import Condition, MaxAge, Scoping
from mlops_desktop.core.profiles.facts import Columns, Fact
from mlops_desktop.core.profiles.outcomes import Outcome, Reason, Result

Check: TypeAlias = Callable[[str], Outcome | None]
"""Objects to a model, or passes it."""
Bind: TypeAlias = Callable[[Columns], Check]
"""Looks the columns up once, so that a check of a model is little more than a look into each."""
_AgeCheck: TypeAlias = Callable[[str, list[Fact]], Outcome | None]
_Need: TypeAlias = tuple[str, ...]

SCOPE = "record.scope"
"""The fact that a decision on scope is: the one rule that asks for it holds inside and outside."""

_OUT = Outcome(Result.NOT_APPLICABLE, Reason.OUT_OF_SCOPE)
_UNDECIDED = Outcome(Result.UNVERIFIABLE, Reason.UNDECIDED, (SCOPE,))
_NONE = frozenset[str]()
_EMPTY: Mapping[str, Fact] = {}


def check_scope(scoping: Scoping, columns: Columns) -> Check:
    """Return what objects to a model outside of the regime, or one that nobody decided about."""
    undecided = _UNDECIDED if scoping is Scoping.DECIDED else None
    scopes = columns.scopes

    def check(model: str) -> Outcome | None:
        scope = scopes.get(model)
        if scope is None:
            return undecided
        return None if scope.is_in else _OUT

    return check


def check_condition(condition: Condition, columns: Columns) -> Check:
    """Return what objects to a model that a condition leaves out.

    What is not known cannot be taken for "does not apply".
    """
    attribute = condition.attribute
    wanted, barred = frozenset(condition.any_of), frozenset(condition.none_of)
    outside = Outcome(Result.NOT_APPLICABLE, Reason.CONDITION, (attribute,))
    unknown = Outcome(Result.UNVERIFIABLE, Reason.UNKNOWN, (attribute,))
    column = columns.attributes.get(attribute, {})

    def check(model: str) -> Outcome | None:
        held = column.get(model, _NONE)
        if not barred.isdisjoint(held):
            return outside
        if wanted and wanted.isdisjoint(held):
            return outside if held else unknown
        return None

    return check


def check_needs(needs: tuple[_Need, ...], limit: MaxAge | None, day: date) -> Bind:
    """Return what objects to what is on record: missing first, then erased, ended, too old."""
    if len(needs) == 1 and len(needs[0]) == 1:
        return lambda columns: _check_one(columns, needs[0], limit, day)
    return lambda columns: _check_all(columns, needs, limit, day)


def _check_all(
    columns: Columns, needs: tuple[_Need, ...], limit: MaxAge | None, day: date
) -> Check:
    told = [[columns.facts[name] for name in need if name in columns.facts] for need in needs]
    absent = [Outcome(Result.MISSING, Reason.ABSENT, need) for need in needs]
    ages = [_check_age(columns, need, limit, day) for need in needs]
    erased = [Outcome(Result.UNVERIFIABLE, Reason.ERASED, need) for need in needs]

    def check(model: str) -> Outcome | None:
        held = [[column[model] for column in need if model in column] for need in told]
        for there, outcome in zip(held, absent, strict=True):
            if not there:
                return outcome
        for there, outcome in zip(held, erased, strict=True):
            if there[0].is_erased and all(fact.is_erased for fact in there):
                return outcome
        for there, age in zip(held, ages, strict=True):
            found = age(model, there)
            if found is not None:
                return found
        return None

    return check


def _check_one(columns: Columns, need: _Need, limit: MaxAge | None, day: date) -> Check:
    """Return the same for one fact, as most rules ask; a third of the cost."""
    column = columns.facts.get(need[0], _EMPTY)
    absent = Outcome(Result.MISSING, Reason.ABSENT, need)
    erased = Outcome(Result.UNVERIFIABLE, Reason.ERASED, need)
    age = _check_age(columns, need, limit, day)

    def check(model: str) -> Outcome | None:
        fact = column.get(model)
        if fact is None:
            return absent
        if fact.is_erased:
            return erased
        if limit is None and fact.until is None:
            return None
        return age(model, [fact])

    return check


def _check_age(columns: Columns, need: _Need, limit: MaxAge | None, day: date) -> _AgeCheck:
    """Return what objects where all on record has ended, or the newest of it is too old."""
    confirming = limit.confirmed_by if limit else None
    confirmed = columns.facts.get(confirming, _EMPTY) if confirming else _EMPTY
    own = columns.attributes.get(limit.attribute, {}) if limit and limit.attribute else {}
    default = limit.months if limit else None

    def check(model: str, held: list[Fact]) -> Outcome | None:
        if held[0].until is not None:
            last = _ended(held, day)
            if last is not None:
                return Outcome(Result.STALE, Reason.EXPIRED, need, last)
        if limit is None:
            return None
        said = own.get(model)
        months = _number(said) if said else default
        since = _newest(held, confirmed.get(model))
        if months is None or since is None or _later(since, months) >= day:
            return None
        return Outcome(Result.STALE, Reason.TOO_OLD, need, since, months)

    return check


def _ended(held: list[Fact], day: date) -> date | None:
    """Return the last day of all of them, where none holds any more."""
    last = date.min
    for fact in held:
        if fact.until is None or fact.until >= day:
            return None
        last = max(last, fact.until)
    return last


@lru_cache(maxsize=64)
def _number(values: frozenset[str]) -> int:
    return int(next(iter(values)))


def _newest(held: list[Fact], confirming: Fact | None) -> date | None:
    """Return the newest date; None where one has none, which says nothing of its age."""
    newest = confirming.since if confirming is not None else None
    for fact in held:
        if fact.since is None:
            return None
        newest = fact.since if newest is None or fact.since > newest else newest
    return newest


@lru_cache(maxsize=4_096)
def _later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

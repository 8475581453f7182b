"""The parts a rule is compiled into: each looks at the facts and objects, or passes."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from mlops_desktop.core.profiles.data import Condition, MaxAge, Scoping
from mlops_desktop.core.profiles.facts import Fact, ModelFacts
from mlops_desktop.core.profiles.outcomes import Outcome, Reason, Result

Check: TypeAlias = Callable[[ModelFacts], Outcome | None]
_AgeCheck: TypeAlias = Callable[[ModelFacts, list[Fact]], Outcome | None]

SCOPE = "record.scope"
"""The fact that a decision on scope is: the one rule that asks for it holds inside and outside."""

_OUT = Outcome(Result.NOT_APPLICABLE, Reason.OUT_OF_SCOPE)
_UNDECIDED = Outcome(Result.UNVERIFIABLE, Reason.UNDECIDED, (SCOPE,))
_NONE = frozenset[str]()


def check_scope(scoping: Scoping) -> Check:
    """Return what objects to a model outside of the regime, or one that nobody decided about."""
    must_decide = scoping is Scoping.DECIDED

    def check(facts: ModelFacts) -> Outcome | None:
        if facts.scope is None:
            return _UNDECIDED if must_decide else None
        return None if facts.scope.is_in else _OUT

    return check


def check_condition(condition: Condition) -> Check:
    """Return what objects to a model that a condition leaves out.

    What is not known cannot be taken for "does not apply".
    """
    attribute = condition.attribute
    wanted, barred = frozenset(condition.any_of), frozenset(condition.none_of)
    outside = Outcome(Result.NOT_APPLICABLE, Reason.CONDITION, (attribute,))
    unknown = Outcome(Result.UNVERIFIABLE, Reason.UNKNOWN, (attribute,))

    def check(facts: ModelFacts) -> Outcome | None:
        held = facts.attributes.get(attribute, _NONE)
        if not barred.isdisjoint(held):
            return outside
        if wanted and wanted.isdisjoint(held):
            return outside if held else unknown
        return None

    return check


def check_needs(needs: tuple[tuple[str, ...], ...], limit: MaxAge | None, day: date) -> Check:
    """Return what objects to what is on record: missing first, then erased, ended, too old."""
    if len(needs) == 1 and len(needs[0]) == 1:
        return _check_one(needs[0], limit, day)
    absent = [Outcome(Result.MISSING, Reason.ABSENT, need) for need in needs]
    ages = [_check_age(need, limit, day) for need in needs]

    def check(facts: ModelFacts) -> Outcome | None:
        known = facts.facts
        held = [[known[name] for name in need if name in known] for need in needs]
        for there, outcome in zip(held, absent, strict=True):
            if not there:
                return outcome
        for there, need in zip(held, needs, strict=True):
            if all(fact.is_erased for fact in there):
                return Outcome(Result.UNVERIFIABLE, Reason.ERASED, need)
        return _first_old(facts, held, ages)

    return check


def _check_one(need: tuple[str, ...], limit: MaxAge | None, day: date) -> Check:
    """Return the same for one fact, as most rules ask; a third of the cost."""
    (name,) = need
    absent = Outcome(Result.MISSING, Reason.ABSENT, need)
    erased = Outcome(Result.UNVERIFIABLE, Reason.ERASED, need)
    age = _check_age(need, limit, day)

    def check(facts: ModelFacts) -> Outcome | None:
        fact = facts.facts.get(name)
        if fact is None:
            return absent
        return erased if fact.is_erased else age(facts, [fact])

    return check


def _first_old(facts: ModelFacts, held: list[list[Fact]], ages: list[_AgeCheck]) -> Outcome | None:
    found = (age(facts, there) for age, there in zip(ages, held, strict=True))
    return next((outcome for outcome in found if outcome is not None), None)


def _check_age(need: tuple[str, ...], limit: MaxAge | None, day: date) -> _AgeCheck:
    """Return what objects where all on record has ended, or the newest of it is too old."""
    confirming = limit.confirmed_by if limit else None

    def check(facts: ModelFacts, held: list[Fact]) -> Outcome | None:
        if all(fact.until is not None and fact.until < day for fact in held):
            last = max(fact.until for fact in held if fact.until is not None)
            return Outcome(Result.STALE, Reason.EXPIRED, need, last)
        if limit is None:
            return None
        months = _months(facts, limit)
        since = _newest(held, facts.facts.get(confirming) if confirming else None)
        if months is None or since is None or _later(since, months) >= day:
            return None
        return Outcome(Result.STALE, Reason.TOO_OLD, need, since, months)

    return check


def _months(facts: ModelFacts, limit: MaxAge) -> int | None:
    if limit.attribute is None:
        return limit.months
    for text in facts.attributes.get(limit.attribute, _NONE):
        return int(text)
    return limit.months


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

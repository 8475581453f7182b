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


def check_presence(need: tuple[str, ...]) -> Check:
    """Return what objects where none of the facts is on record."""
    absent = Outcome(Result.MISSING, Reason.ABSENT, need)
    if len(need) == 1:
        (only,) = need
        return lambda facts: None if only in facts.facts else absent
    return lambda facts: absent if facts.facts.keys().isdisjoint(need) else None


def check_erasure(need: tuple[str, ...]) -> Check:
    """Return what objects where all that was recorded has been erased."""
    erased = Outcome(Result.UNVERIFIABLE, Reason.ERASED, need)

    def check(facts: ModelFacts) -> Outcome | None:
        held = _held(facts, need)
        return erased if held and all(fact.is_erased for fact in held) else None

    return check


def check_expiry(need: tuple[str, ...], day: date) -> Check:
    """Return what objects where everything on record has ended before ``day``."""

    def check(facts: ModelFacts) -> Outcome | None:
        last = date.min
        for fact in (held := _held(facts, need)):
            if fact.until is None or fact.until >= day:
                return None
            last = max(last, fact.until)
        return Outcome(Result.STALE, Reason.EXPIRED, need, last) if held else None

    return check


def check_age(need: tuple[str, ...], limit: MaxAge, day: date) -> Check:
    """Return what objects where the newest on record, or its confirmation, is too old."""
    confirming, attribute, fixed = limit.confirmed_by, limit.attribute, limit.months

    def check(facts: ModelFacts) -> Outcome | None:
        dates = [fact.since for fact in _held(facts, need)]
        if not dates or None in dates:  # without a date nothing is said of its age
            return None
        confirmed = facts.facts.get(confirming) if confirming else None
        dates.append(confirmed.since if confirmed else None)
        since = max(one for one in dates if one is not None)
        months = _months(facts, attribute) if attribute else fixed
        if months is None or _later(since, months) >= day:
            return None
        return Outcome(Result.STALE, Reason.TOO_OLD, need, since, months)

    return check


def _held(facts: ModelFacts, need: tuple[str, ...]) -> list[Fact]:
    return [fact for name in need if (fact := facts.facts.get(name)) is not None]


def _months(facts: ModelFacts, attribute: str) -> int | None:
    return next((int(text) for text in facts.attributes.get(attribute, _NONE)), None)


@lru_cache(maxsize=4_096)
def _later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

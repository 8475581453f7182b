"""How dates stand to each other: a field states it, one function asks it at every entry point.

A date is compared with the day from which its record holds, not with today: what is entered late,
as from paper, says its own day, and its dates are true for that day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from mlops_desktop.core.errors import AppError

EARLIEST = date(1950, 1, 1)
"""Nothing on record happened before: what says so is a slip of the pen."""
LATEST = date(2199, 12, 31)
"""Nothing on record ends later: a date without an end is none."""

HELD = "held"
"""Stands for the day from which the record holds."""
KEPT = "kept"
"""Stands for what the field said until now."""


class Relation(StrEnum):
    """How a date stands to a day."""

    NOT_BEFORE = "not_before"
    AFTER = "after"
    NOT_AFTER = "not_after"

    def is_kept(self, day: date, bound: date) -> bool:
        """Tell whether a date stands so to a day."""
        match self:
            case Relation.NOT_BEFORE:
                return day >= bound
            case Relation.AFTER:
                return day > bound
            case Relation.NOT_AFTER:
                return day <= bound


@dataclass(frozen=True, slots=True)
class DateRule:
    """How the date in ``field`` stands to :data:`HELD`, :data:`KEPT` or another field's date.

    ``steps`` names those of an item with which it counts; none means all, edits too.
    """

    field: str
    relation: Relation
    to: str = HELD
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one record: those given now, those kept until now, from which day it holds."""

    given: Mapping[str, date]
    held: date
    kept: Mapping[str, date] = field(default_factory=dict)
    step: str = ""

    def bound(self, rule: DateRule) -> date | None:
        """Return the day a rule compares with; None where there is none."""
        if rule.to == HELD:
            return self.held
        if rule.to == KEPT:
            return self.kept.get(rule.field)
        return self.said(rule.to)

    def said(self, name: str) -> date | None:
        """Return what a field says now: what is given, else what was kept."""
        return self.given[name] if name in self.given else self.kept.get(name)

    def is_asked(self, rule: DateRule) -> bool:
        """Tell whether a rule counts for what is given now."""
        touched = rule.field in self.given or rule.to in self.given
        return touched and (not rule.steps or self.step in rule.steps)


def dates_of(details: object) -> Mapping[str, date]:
    """Return the dates a record says, by field."""
    names = (one.name for one in fields(details))  # type: ignore[arg-type]
    said = ((name, getattr(details, name)) for name in names)
    return {name: value for name, value in said if isinstance(value, date)}


def check_dates(rules: Iterable[DateRule], dates: Dates) -> None:
    """Raise what :func:`check_day` does for the first date that is odd or breaks a rule."""
    for name, day in dates.given.items():
        check_plausible(name, day)
    for rule in rules:
        bound = dates.bound(rule)
        said = dates.said(rule.field)
        if said is not None and bound is not None and dates.is_asked(rule):
            check_day(rule.field, said, rule.relation, bound, rule.to)


_CODES = {
    (Relation.NOT_BEFORE, HELD): "date.before_held",
    (Relation.NOT_AFTER, HELD): "date.after_held",
    (Relation.AFTER, KEPT): "date.not_later",
    (Relation.NOT_BEFORE, ""): "date.before_other",
    (Relation.AFTER, ""): "date.before_other",
    (Relation.NOT_AFTER, ""): "date.after_other",
}


def check_day(where: str, day: date, relation: Relation, bound: date, to: str = HELD) -> None:
    """Refuse a date that does not stand to ``bound`` as it must.

    Raises ``date.implausible``; ``date.before_held`` and ``date.after_held`` against the day from
    which the record holds, ``date.not_later`` than before, ``date.before_other`` and
    ``date.after_other`` against the day of another field.
    """
    check_plausible(where, day)
    if not relation.is_kept(day, bound):
        code = _CODES[relation, to if to in (HELD, KEPT) else ""]
        raise AppError(code, where=where, day=day.isoformat(), first=bound.isoformat())


def is_plausible(day: date) -> bool:
    """Tell whether a bank can mean a date."""
    return EARLIEST <= day <= LATEST


def check_plausible(where: str, day: date) -> None:
    """Raise ``date.implausible`` for a date that no bank means."""
    if not is_plausible(day):
        first, last = EARLIEST.isoformat(), LATEST.isoformat()
        raise AppError("date.implausible", where=where, day=day.isoformat(), first=first, last=last)

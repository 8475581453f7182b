"""Planned reports: what is reported on which day, about which day, and when it is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.workdays import add_working_days, is_working_day


class ReportKind(StrEnum):
    """What is drafted: dossiers of models, or a paper about the portfolio, a validation, a day."""

    MODEL = "model"
    PORTFOLIO = "portfolio"
    BOARD = "board"
    REGULATOR = "regulator"
    VALIDATION = "validation"
    COMMITTEE = "committee"


class Every(StrEnum):
    """How often; a working day is one of :mod:`core.workdays`."""

    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class DateRule(StrEnum):
    """Which day a report is about, seen from the day it is due; an end is one that has passed."""

    DUE_DAY = "due_day"
    WORKING_DAY = "working_day"
    MONTH_END = "month_end"
    QUARTER_END = "quarter_end"
    YEAR_END = "year_end"
    FIXED = "fixed"


class Knowledge(StrEnum):
    """What counts as known: by the end of the day reported on, or of the day it is due."""

    THEN = "then"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """A plan as it stands: what, about whom, when, in which languages, to whom and where to.

    Without ``model`` and ``filter`` the whole portfolio is meant. ``after`` counts working days
    from the end of a period to the due day.
    """

    kind: ReportKind
    every: Every
    starts: date
    dated: DateRule = DateRule.QUARTER_END
    after: int = 1
    known: Knowledge = Knowledge.THEN
    fixed: date | None = None
    title: Erasable | None = None
    model: str | None = None
    filter: str | None = None
    template: str | None = None
    regime: str | None = None
    languages: tuple[str, ...] = ("en",)
    recipients: tuple[Erasable, ...] = ()
    folder: Erasable | None = None
    pattern: str | None = None


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
_ENDS = {DateRule.MONTH_END: 1, DateRule.QUARTER_END: 3, DateRule.YEAR_END: 12}
_DAY = timedelta(days=1)
_SUNDAY = 6


def due_days(plan: ReportPlan, until: date) -> Iterator[date]:
    """Yield the days from the plan's start to ``until`` on which it is due, in order, each once."""
    last = None
    # A period may end before the start and be due after it: 30 September, due on 7 October.
    for end in _period_ends(plan.every, plan.starts - timedelta(days=2 * plan.after + 31), until):
        due = add_working_days(end, plan.after)
        if due > until:
            return
        if due >= plan.starts and due != last:
            yield due
            last = due


def next_due(plan: ReportPlan, after: date) -> date:
    """Return the first due day later than ``after``."""
    horizon = max(after, plan.starts) + timedelta(days=2 * plan.after + 400)
    return next(day for day in due_days(plan, horizon) if day > after)


def reported_day(plan: ReportPlan, due: date) -> date:
    """Return the day that a report due on ``due`` is about; never a later one, unless fixed so."""
    if plan.dated is DateRule.FIXED and plan.fixed is not None:
        return min(plan.fixed, due)
    if plan.dated is DateRule.WORKING_DAY:
        day = due - _DAY
        while not is_working_day(day):
            day -= _DAY
        return day
    if plan.dated in _ENDS:
        return _last_end(due, _ENDS[plan.dated])
    return due


def day_before(plan: ReportPlan, day: date) -> date:
    """Return the day that figures about ``day`` are compared with: the end of the period before.

    The longer of what the plan's rule and its rhythm say counts.
    """
    months = max(_ENDS.get(plan.dated, 1), _MONTHS.get(plan.every, 1))
    return _last_end(day, months)


def as_of(plan: ReportPlan, due: date) -> AsOf:
    """Return the two dates of a report due on ``due``."""
    day = reported_day(plan, due)
    return AsOf(known=day if plan.known is Knowledge.THEN else due, at=day)


def _last_end(before: date, months: int) -> date:
    """Return the last end of a period of so many months that lies before a day."""
    first = before.month - (before.month - 1) % months
    return date(before.year, first, 1) - _DAY


def _period_ends(every: Every, start: date, until: date) -> Iterator[date]:
    if every in _MONTHS:
        end = _end_of(start, _MONTHS[every])
        while end <= until:
            yield end
            end = _end_of(end + _DAY, _MONTHS[every])
        return
    day = start
    while day <= until:
        if day.weekday() == _SUNDAY if every is Every.WEEK else is_working_day(day):
            yield day
        day += _DAY


def _end_of(day: date, months: int) -> date:
    last = day.month - (day.month - 1) % months + months - 1
    after = date(day.year + last // 12, last % 12 + 1, 1)
    return after - _DAY

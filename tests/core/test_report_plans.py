"""When a report is due and which day it is about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.report_plans import (
    DateRule,
    Every,
    Knowledge,
    ReportKind,
    ReportPlan,
    as_of,
    day_before,
    due_days,
    next_due,
    reported_day,
)
from mlops_desktop.core.workdays import is_working_day

_DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
_PLANS = st.builds(
    ReportPlan,
    kind=st.just(ReportKind.BOARD),
    every=st.sampled_from(Every),
    starts=_DAYS,
    dated=st.sampled_from([rule for rule in DateRule if rule is not DateRule.FIXED]),
    after=st.integers(0, 30),
    known=st.sampled_from(Knowledge),
)


def _plan(**given: object) -> ReportPlan:
    usual = {"kind": ReportKind.BOARD, "every": Every.QUARTER, "starts": date(2026, 1, 1)}
    return ReportPlan(**{**usual, **given})  # type: ignore[arg-type]


def test_quarterly_report_is_due_working_days_after_the_quarter_and_about_its_end() -> None:
    plan = _plan(after=10)
    # After 31 March 2026 Good Friday and Easter Monday are no working days.
    found = [*due_days(plan, date(2026, 10, 31))]
    assert found == [date(2026, 1, 15), date(2026, 4, 16), date(2026, 7, 14), date(2026, 10, 14)]
    assert [reported_day(plan, due) for due in found] == [
        date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30),
    ]  # fmt: skip
    assert day_before(plan, date(2026, 9, 30)) == date(2026, 6, 30)
    assert day_before(plan, date(2026, 3, 31)) == date(2025, 12, 31)
    yearly = _plan(every=Every.YEAR)
    assert day_before(yearly, date(2026, 12, 31)) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        (DateRule.DUE_DAY, date(2026, 5, 4)),
        (DateRule.WORKING_DAY, date(2026, 4, 30)),
        (DateRule.MONTH_END, date(2026, 4, 30)),
        (DateRule.QUARTER_END, date(2026, 3, 31)),
        (DateRule.YEAR_END, date(2025, 12, 31)),
        (DateRule.FIXED, date(2026, 2, 28)),
    ],
)
def test_each_rule_names_its_day(rule: DateRule, day: date) -> None:
    plan = _plan(dated=rule, fixed=date(2026, 2, 28))
    assert reported_day(plan, date(2026, 5, 4)) == day


def test_what_counts_as_known_is_said_by_the_plan() -> None:
    due = date(2026, 10, 14)
    then, late = (as_of(_plan(known=one), due) for one in Knowledge)
    assert (then.known, then.at) == (date(2026, 9, 30), date(2026, 9, 30))
    assert (late.known, late.at) == (due, date(2026, 9, 30))


@given(_PLANS, st.integers(0, 800))
def test_due_days_are_in_order_once_and_never_about_what_is_to_come(
    plan: ReportPlan, length: int
) -> None:
    until = plan.starts + timedelta(days=length)
    found = [*due_days(plan, until)]
    assert found == sorted(set(found))
    for due in found:
        assert plan.starts <= due <= until
        assert plan.after == 0 or is_working_day(due)
        told = reported_day(plan, due)
        assert told <= due
        assert day_before(plan, told) < told
        assert as_of(plan, due).at == told


@given(_PLANS, _DAYS, st.integers(0, 400))
def test_a_later_look_sees_the_same_days_and_the_next_one_is_the_next(
    plan: ReportPlan, day: date, more: int
) -> None:
    early = [*due_days(plan, day)]
    late = [*due_days(plan, day + timedelta(days=more))]
    assert late[: len(early)] == early
    following = next_due(plan, day)
    assert following > day
    assert [*due_days(plan, following)] == [*early, following]


@given(_PLANS)
def test_no_period_is_left_out(plan: ReportPlan) -> None:
    found = [*due_days(plan, plan.starts + timedelta(days=3 * 366))]
    least = {Every.YEAR: 2, Every.HALF_YEAR: 5, Every.QUARTER: 11, Every.MONTH: 35}
    assert len(found) >= least.get(plan.every, 150)

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.workdays import add_working_days, easter, holidays, is_working_day

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    "sunday", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25)]
)
def test_easter_is_when_the_almanac_says(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_the_holidays_of_a_year_are_those_of_the_banks() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1),
        date(2026, 5, 14), date(2026, 5, 25), date(2026, 10, 3), date(2026, 12, 25),
        date(2026, 12, 26),
    ]  # fmt: skip


@given(days, st.integers(0, 60))
def test_between_are_as_many_working_days_as_were_added(start: date, number: int) -> None:
    end = add_working_days(start, number)
    between = (end - start).days
    passed = [start + timedelta(days=one) for one in range(1, between + 1)]
    assert sum(map(is_working_day, passed)) == number
    assert number == 0 or is_working_day(end)


def test_a_workspace_can_close_more_days() -> None:
    friday, monday = date(2026, 3, 13), date(2026, 3, 16)
    assert add_working_days(friday, 1) == monday
    assert add_working_days(friday, 1, {monday}) == monday + timedelta(days=1)

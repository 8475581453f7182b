from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core import asof, clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from tests.core.strategies import moments

days = st.dates(date(1970, 1, 1), date(2099, 12, 31))


@given(days, moments)
def test_a_day_ends_after_everything_that_happened_on_it(day: date, moment: datetime) -> None:
    assert (clock.to_text(moment) <= asof.end_of(day)) == (moment.date() <= day)


def test_now_is_neither_date() -> None:
    assert NOW.is_now
    assert (NOW.known_text, NOW.at_text) == (None, None)
    with clock.reading(lambda: datetime(2026, 3, 31, 23, 59, tzinfo=UTC)):
        assert NOW.day == date(2026, 3, 31)


@given(days, days)
def test_expiry_is_judged_on_the_day_that_holds(known: date, at: date) -> None:
    assert AsOf(known=known, at=at).day == at
    assert AsOf(known=known).day == known
    assert not AsOf(known=known).is_now
    assert asof.on(at) == AsOf(at, at)


@given(days)
def test_an_iso_date_is_read(day: date) -> None:
    assert asof.parse_day(day.isoformat(), "--as-of") == day


@pytest.mark.parametrize("text", ["", "31.03.2026", "2026-02-30", "yesterday"])
def test_anything_else_is_refused_with_the_option_it_came_from(text: str) -> None:
    with pytest.raises(AppError) as refused:
        asof.parse_day(text, "--as-at")
    assert (refused.value.code, refused.value.where) == ("date.not_a_date", "--as-at")

"""A line through weekly medians: found again where there is one, silent where too few are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.resources.forecast import LEAST, WEEKS, forecast
from mlops_desktop.core.resources.limits import read_limit, write_limit


@given(st.floats(-100, 100), st.floats(-5, 5), st.sets(st.integers(1 - WEEKS, 0), min_size=LEAST))
def test_a_line_is_found_again_with_no_range(level: float, slope: float, weeks: set[int]) -> None:
    line = forecast({week: level + slope * week for week in weeks})
    assert line is not None
    assert line.slope == pytest.approx(slope, abs=1e-7)
    ahead = line.at(13)
    assert ahead.value == pytest.approx(level + 13 * slope, abs=1e-5)
    assert ahead.low <= ahead.value <= ahead.high


@given(st.dictionaries(st.integers(-100, 0), st.floats(0, 100), max_size=40))
def test_few_weeks_say_nothing_and_old_ones_do_not_count(told: dict[int, float]) -> None:
    recent = [week for week in told if week > -WEEKS]
    line = forecast(told)
    assert (line is None) == (len(recent) < LEAST)
    if line is not None:
        near, far = line.at(0), line.at(52)
        assert far.high - far.low >= near.high - near.low


def test_the_interval_is_that_of_the_textbook() -> None:
    # by hand: x = -7..0, y = 1, 2, 2, 4, 5, 5, 7, 8; slope 1, mean 4.25 at -3.5, residual SS 1.5
    told = dict(zip(range(-7, 1), (1.0, 2.0, 2.0, 4.0, 5.0, 5.0, 7.0, 8.0), strict=True))
    line = forecast(told)
    assert line is not None
    assert (line.slope, line.level) == pytest.approx((1.0, 7.75))
    assert line.spread == pytest.approx((1.5 / 6) ** 0.5)
    ahead = line.at(1)
    assert ahead.high - ahead.value == pytest.approx(1.943 * 0.5 * (1 + 1 / 8 + 4.5**2 / 42) ** 0.5)
    reached = line.reaches(12.0)
    assert (reached.expected, reached.earliest) == (5, 3)
    assert line.reaches(10_000.0).expected is None


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("full", "85 %", "85 %"),
        ("idle", "0,4", "40 %"),
        ("over", "3", "3"),
        ("over", "2.50", "2.5"),
    ],
)
def test_limits_as_people_type_them(name: str, text: str, written: str) -> None:
    assert write_limit(name, read_limit(name, text)) == written


@pytest.mark.parametrize(
    ("name", "text"),
    [("full", "0"), ("full", "120 %"), ("over", "0.5"), ("top", "viel"), ("idle", "NaN")],
)
def test_no_limits(name: str, text: str) -> None:
    with pytest.raises(AppError) as refused:
        read_limit(name, text)
    assert (refused.value.code, refused.value.where) == ("resources.limit_refused", name)

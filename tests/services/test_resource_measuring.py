"""Averages and totals are exact about time: every moment counts once, gaps count for nothing."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.events.series import Resource
from mlops_desktop.core.resources.units import Form, unit_of
from mlops_desktop.services.resources.measuring import DAY, Measured, Window, measure, split
from mlops_desktop.store.chunks import Points

HOUR = DAY // 24


def series(*pairs: tuple[int, float], unit: str = "cores", interval: int | None = None) -> Measured:
    points = Points(
        np.array([at for at, _ in pairs], np.int64), np.array([v for _, v in pairs], np.float64)
    )
    resource = Resource.COST if unit.startswith("EUR") else Resource.CPU
    return Measured(points, unit_of(resource, unit), interval)


WEEK = Window(0, 7 * DAY)


def test_an_average_is_weighted_by_time_and_a_gap_is_not_measured() -> None:
    told = series((0, 4.0), (DAY, 1.0), (2 * DAY, 1.0), (5 * DAY, float("nan")), interval=86_400)
    found = measure([told], WEEK)
    assert found is not None
    assert found.value == pytest.approx(2.0)
    assert found.measured == pytest.approx(3 / 7)
    assert (found.peak, found.last) == (4.0, 1.0)


def test_levels_of_two_pods_are_added_where_both_are_there() -> None:
    first = series(*((day * DAY, 2.0) for day in range(7)), interval=86_400)
    second = series(*((day * DAY, 1.0) for day in range(2)), interval=86_400)
    found = measure([first, second], WEEK)
    assert found is not None
    assert found.value == pytest.approx((2 * 7 + 2) / 7)
    assert (found.measured, found.peak, found.last) == (1.0, 3.0, 2.0)


def test_an_amount_is_a_sum_and_a_rate_is_multiplied_by_its_time() -> None:
    daily = series(*((day * DAY, 24.0) for day in range(7)), unit="EUR", interval=86_400)
    hourly = series(*((day * DAY, 1.0) for day in range(7)), unit="EUR/h", interval=86_400)
    for told in (daily, hourly):
        found = measure([told], WEEK)
        assert found is not None
        assert found.value == pytest.approx(7 * 24.0)
        assert found.measured == 1.0
    assert measure([daily], Window(20 * DAY, 27 * DAY)) is None


@given(
    st.lists(st.floats(0, 1e6), min_size=2, max_size=40),
    st.integers(1, 30),
    st.integers(0, 10 * DAY),
)
def test_parts_of_a_window_add_up_to_the_whole(values: list[float], days: int, start: int) -> None:
    told = series(*((at * 6 * HOUR, value) for at, value in enumerate(values)), unit="EUR/h")
    window = Window(start, start + 10 * DAY)
    whole = measure([told], window)
    parts = [found for part in split(window, days) if (found := measure([told], part))]
    total = sum(part.value for part in parts)
    assert (whole.value if whole else 0.0) == pytest.approx(total, rel=1e-9, abs=1e-6)


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=30))
def test_an_average_lies_between_least_and_greatest(values: list[float]) -> None:
    told = series(*((at * DAY, value) for at, value in enumerate(values)), interval=86_400)
    found = measure([told], Window(0, len(values) * DAY))
    assert found is not None
    slack = 1e-9 * max(values) + 1e-12
    assert min(values) - slack <= found.value <= max(values) + slack


def test_units_are_turned_exactly_and_never_mixed() -> None:
    memory, cost = Resource.MEMORY, Resource.COST
    assert unit_of(memory, "MiB").factor == Fraction(1, 1024)
    assert unit_of(memory, "bytes").name == unit_of(memory, "Gi").name == "GiB"
    assert unit_of(Resource.CPU, "m").factor == Fraction(1, 1000)
    assert unit_of(cost, "€").name == unit_of(cost, "eur/d").name == "EUR"
    assert unit_of(cost, "USD/h").name == "USD"
    assert unit_of(cost, "EUR/d").factor == Fraction(1, 24)
    assert unit_of(Resource.ENERGY, "watts").form is Form.RATE
    assert unit_of(Resource.STORAGE, "GB").factor == Fraction(1, 1000)
    assert unit_of(memory, "pages").name == "pages"
    assert unit_of(Resource.GPU, "%").name == "%"

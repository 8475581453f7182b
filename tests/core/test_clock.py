from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core import clock
from tests.core.strategies import moments

zones = st.integers(-14 * 60, 14 * 60).map(lambda late: timezone(timedelta(minutes=late)))


@given(moments)
def test_a_time_comes_back_the_same(moment: datetime) -> None:
    assert clock.from_text(clock.to_text(moment)) == moment


@given(st.datetimes(timezones=zones, min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)))  # noqa: DTZ001
def test_every_zone_is_written_in_utc_with_milliseconds(moment: datetime) -> None:
    written = clock.to_text(moment)
    assert len(written) == len("2026-01-31T08:15:00.000Z")
    assert written.endswith("Z")
    assert timedelta() <= moment - clock.from_text(written) < timedelta(milliseconds=1)


@given(moments, moments)
def test_texts_sort_as_their_times_do(one: datetime, other: datetime) -> None:
    assert (one < other) == (clock.to_text(one) < clock.to_text(other))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock.from_text("2026-01-31T08:15:00.000")


def test_a_replaced_clock_is_put_back_even_after_a_failure() -> None:
    fixed = datetime(2026, 1, 31, tzinfo=UTC)

    def fail() -> None:
        with clock.reading(lambda: fixed):
            assert clock.today() == fixed.date()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert clock.now() != fixed

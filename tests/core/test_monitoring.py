"""Values against bounds, thresholds by date, and when a metric counts as not measured."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.events.thresholds import Bounds, Level, Side
from mlops_desktop.core.events.use_cases import Direction
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.monitoring import (
    ThresholdVersion,
    gaps_in,
    goal_bounds,
    in_force,
    interval_of,
    judge,
    refusal_of,
    segment_text,
    unmeasured_since,
)

PSI = Bounds(Side.ABOVE, "0.1", "0.25")
GINI = Bounds(Side.BELOW, "0.65", "0.6")
RATIO = Bounds(Side.BAND, "0.85", "0.75", "1.15", "1.25")
T0 = datetime(2025, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
numbers = st.decimals(-1_000, 1_000, places=3).map(lambda one: format(one, "f"))


@pytest.mark.parametrize(
    ("bounds", "value", "level"),
    [
        (PSI, 0.08, Level.GREEN),
        (PSI, 0.1, Level.GREEN),
        (PSI, 0.14, Level.AMBER),
        (PSI, 0.25, Level.AMBER),
        (PSI, 0.27, Level.RED),
        (GINI, 0.66, Level.GREEN),
        (GINI, 0.65, Level.GREEN),
        (GINI, 0.64, Level.AMBER),
        (GINI, 0.59, Level.RED),
        (RATIO, 1.08, Level.GREEN),
        (RATIO, 0.8, Level.AMBER),
        (RATIO, 1.2, Level.AMBER),
        (RATIO, 1.3, Level.RED),
        (RATIO, 0.7, Level.RED),
        (goal_bounds(Direction.AT_LEAST, "5"), 4.2, Level.RED),
        (goal_bounds(Direction.AT_MOST, "-2"), -0.4, Level.RED),
        (goal_bounds(Direction.AT_MOST, "-2"), -2.0, Level.GREEN),
    ],
)
def test_a_value_is_beyond_a_threshold_only_past_it(
    bounds: Bounds, value: float, level: Level
) -> None:
    assert judge(bounds, value) is level


@given(numbers, numbers, numbers)
def test_a_worse_value_is_never_judged_better(warning: str, first: str, second: str) -> None:
    low, high = sorted((float(first), float(second)))
    worst_first = list(Level)
    bounds = Bounds(Side.ABOVE, warning, str(float(warning) + 1))
    at = [worst_first.index(judge(bounds, value) or Level.GREEN) for value in (low, high)]
    assert at[0] >= at[1]


def test_what_is_no_number_is_not_judged() -> None:
    assert judge(PSI, math.nan) is None


@pytest.mark.parametrize(
    ("bounds", "field"),
    [
        (PSI, None),
        (GINI, None),
        (RATIO, None),
        (Bounds(Side.ABOVE, "0.25", "0.1"), "intervention"),
        (Bounds(Side.BELOW, "0.6", "0.65"), "intervention"),
        (Bounds(Side.ABOVE), "warning"),
        (Bounds(Side.ABOVE, "much"), "warning"),
        (Bounds(Side.ABOVE, "0.1", warning_high="0.2"), "side"),
        (Bounds(Side.BAND, "0.9", "0.8", "1.2", "1.1"), "intervention_high"),
        (Bounds(Side.BAND, "1.2", None, "0.9"), "warning_high"),
    ],
)
def test_bounds_that_contradict_each_other_are_refused(bounds: Bounds, field: str | None) -> None:
    assert refusal_of(bounds) == field


def version(
    position: int, bounds: Bounds | None, since: datetime, segment: str = ""
) -> ThresholdVersion:
    return ThresholdVersion("t", "m", "PSI", segment, bounds, since, position, "p", since)


def test_each_time_has_the_threshold_that_held_then() -> None:
    newer, own = Bounds(Side.ABOVE, "0.2"), Bounds(Side.ABOVE, "0.3")
    known = [
        version(1, PSI, T0),
        version(2, newer, T0 + 10 * DAY),
        version(3, own, T0 + 5 * DAY, "channel=broker"),
        version(4, None, T0 + 20 * DAY, "channel=broker"),
        version(5, None, T0 + 30 * DAY),
    ]

    def held(day: int, segment: str = "") -> Bounds | None:
        found = in_force(known, segment, T0 + day * DAY)
        return found.bounds if found else None

    assert [held(day) for day in (-1, 0, 9, 10, 29, 30)] == [None, PSI, PSI, newer, newer, None]
    broker = [held(day, "channel=broker") for day in (4, 5, 19, 20)]
    assert broker == [PSI, own, own, newer], "a segment's own comes first, then that for all"


def test_a_threshold_set_again_for_the_same_day_replaces_the_first() -> None:
    again = Bounds(Side.ABOVE, "0.2")
    found = in_force([version(7, again, T0), version(3, PSI, T0)], "", T0)
    assert found is not None
    assert found.bounds == again


def test_a_metric_is_unmeasured_after_its_interval() -> None:
    last = T0 + 100 * DAY
    assert unmeasured_since(last, 30 * DAY, last + 38 * DAY) is None
    assert unmeasured_since(last, 30 * DAY, last + 39 * DAY) == last
    hour = DAY / 24
    assert unmeasured_since(last, hour, last + 2 * hour) == last
    assert unmeasured_since(None, 30 * DAY, last) is None


def test_the_interval_is_what_was_told_or_what_the_last_points_keep() -> None:
    times = [T0 + number * DAY for number in (0, 1, 2, 92, 183, 275, 366, 457, 548, 640, 731)]
    assert interval_of(times, 86_400) == DAY
    assert interval_of(times) in (91 * DAY, 92 * DAY)
    assert interval_of(times[:1]) is None
    assert gaps_in(times, 91 * DAY) == ()
    assert gaps_in([T0, T0 + DAY, T0 + 9 * DAY, T0 + 10 * DAY], DAY) == (1,)


def test_a_segment_is_named_in_one_way() -> None:
    told = [Pair("region", "de"), Pair("channel", "broker")]
    assert segment_text(told) == segment_text(reversed(told)) == "channel=broker, region=de"

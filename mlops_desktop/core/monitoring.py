"""Measurements against thresholds and goals, and when a metric counts as not measured."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise

from mlops_desktop.core.events.thresholds import Bounds, Level, Side
from mlops_desktop.core.events.use_cases import Direction
from mlops_desktop.core.inventory import Pair

_LATE = 1.25
"""A measurement may take this share of its interval before it counts as missing."""
_DAY = timedelta(days=1)
"""What is measured by the day or less often may come a day later still."""
_GAP = 1.5
"""Two measurements farther apart than this many intervals have a gap between them."""
_MOST_DISTANCES = 12


def segment_text(segment: Iterable[Pair]) -> str:
    """Return a segment as persons name it: ``channel=broker, region=de``, sorted by name."""
    return ", ".join(f"{one.name}={one.value}" for one in sorted(segment, key=lambda o: o.name))


def metric_key(metric: str) -> str:
    """Return what makes two spellings of a metric's name the same."""
    return " ".join(metric.split()).casefold()


def judge(bounds: Bounds, value: float) -> Level | None:
    """Return what a value comes to; None where it is no number and so says nothing."""
    if math.isnan(value):
        return None
    if _is_beyond(bounds.side, value, bounds.intervention, bounds.intervention_high):
        return Level.RED
    if _is_beyond(bounds.side, value, bounds.warning, bounds.warning_high):
        return Level.AMBER
    return Level.GREEN


def _is_beyond(side: Side, value: float, low: str | None, high: str | None) -> bool:
    # The double of a decimal text is the one a source's same decimal was read as.
    if side is Side.ABOVE:
        return low is not None and value > float(low)
    is_below = low is not None and value < float(low)
    is_above = side is Side.BAND and high is not None and value > float(high)
    return is_below or is_above


def refusal_of(bounds: Bounds) -> str | None:
    """Return the field that makes no sense among the others, None where all do."""
    given = ("warning", "intervention", "warning_high", "intervention_high")
    texts = {name: getattr(bounds, name) for name in given}
    numbers = {name: _number(text) for name, text in texts.items()}
    for name, text in texts.items():
        if text is not None and numbers[name] is None:
            return name
    is_band = bounds.side is Side.BAND
    if not is_band and (texts["warning_high"] or texts["intervention_high"]):
        return "side"
    if all(number is None for number in numbers.values()):
        return "warning"
    if not _in_order(numbers["warning"], numbers["intervention"], up=bounds.side is Side.ABOVE):
        return "intervention"
    if not _in_order(numbers["warning_high"], numbers["intervention_high"], up=True):
        return "intervention_high"
    return "warning_high" if is_band and not _has_room(numbers) else None


def _number(text: str | None) -> Decimal | None:
    try:
        number = Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _in_order(warning: Decimal | None, intervention: Decimal | None, *, up: bool) -> bool:
    if warning is None or intervention is None:
        return True
    return intervention >= warning if up else intervention <= warning


def _has_room(numbers: dict[str, Decimal | None]) -> bool:
    lows = [numbers[name] for name in ("warning", "intervention")]
    highs = [numbers[name] for name in ("warning_high", "intervention_high")]
    pairs = ((low, high) for low in lows for high in highs)
    return all(low is None or high is None or low <= high for low, high in pairs)


def goal_bounds(direction: Direction, target: str, unit: str | None = None) -> Bounds:
    """Return the goal of a use as bounds: beyond it is red, there is no warning."""
    side = Side.BELOW if direction is Direction.AT_LEAST else Side.ABOVE
    return Bounds(side, intervention=target, unit=unit)


@dataclass(frozen=True, slots=True)
class ThresholdVersion:
    """A threshold as it was set at one time; without ``bounds`` it was ended then."""

    threshold: str
    model: str
    metric: str
    segment: str
    bounds: Bounds | None
    since: datetime
    position: int
    person: str
    at: datetime
    reason: str | None = None


def in_force(
    versions: Iterable[ThresholdVersion], segment: str, on: datetime
) -> ThresholdVersion | None:
    """Return the version of one model's metric that holds at a time for a segment.

    One of the segment's own comes before one for all; of versions from the same date the one
    recorded last holds.
    """
    found: dict[str, ThresholdVersion] = {}
    for one in sorted(versions, key=lambda version: (version.since, version.position)):
        if one.since <= on and one.segment in ("", segment):
            found[one.segment] = one
    for place in dict.fromkeys((segment, "")):
        version = found.get(place)
        if version is not None and version.bounds is not None:
            return version
    return None


def interval_of(times: Sequence[datetime], told: int | None = None) -> timedelta | None:
    """Return how far measurements lie apart: as was told in seconds, else by the last of them."""
    if told:
        return timedelta(seconds=told)
    last = sorted(times)[-_MOST_DISTANCES - 1 :]
    distances = sorted(later - earlier for earlier, later in pairwise(last))
    return distances[len(distances) // 2] if distances else None


def unmeasured_since(
    last: datetime | None, interval: timedelta | None, now: datetime
) -> datetime | None:
    """Return since when a metric counts as not measured: its last measurement, None if in time.

    Without a last measurement there is no date here either; who asks knows since when there
    should have been one.
    """
    if last is None or interval is None:
        return None
    room = interval * _LATE + (_DAY if interval >= _DAY else timedelta())
    return last if now - last > room else None


def gaps_in(times: Sequence[datetime], interval: timedelta | None) -> tuple[int, ...]:
    """Return the places after which the next measurement came later than it should have."""
    if interval is None:
        return ()
    return tuple(
        place
        for place, (earlier, later) in enumerate(pairwise(times))
        if later - earlier > interval * _GAP
    )


class MetricState(StrEnum):
    """How a metric of a model stands, the worst first; unmeasured is never clean."""

    RED = "red"
    GOAL_MISSED = "goal_missed"
    AMBER = "amber"
    UNMEASURED = "unmeasured"
    UNJUDGED = "unjudged"
    GREEN = "green"
    GOAL_MET = "goal_met"


def state_of(
    level: Level | None, goal: Level | None, *, is_unmeasured: bool = False
) -> MetricState:
    """Return how a metric stands by its last evaluations against a threshold and a goal."""
    if is_unmeasured:
        return MetricState.UNMEASURED
    found = [MetricState(level.value)] if level is not None else []
    if goal is not None:
        is_missed = goal is Level.RED
        found.append(MetricState.GOAL_MISSED if is_missed else MetricState.GOAL_MET)
    order = list(MetricState)
    return min(found, key=order.index) if found else MetricState.UNJUDGED

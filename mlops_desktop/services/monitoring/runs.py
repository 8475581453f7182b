"""The points of one series against what was in force: a run of points of one level each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from mlops_desktop.core import clock
from mlops_desktop.core.events.thresholds import Bounds, Level, Side
from mlops_desktop.core.monitoring import ThresholdVersion, in_force
from mlops_desktop.outside.late import Late
from mlops_desktop.store.chunks import Points

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Late("numpy")

_NONE, _GREEN, _AMBER, _RED = -1, 0, 1, 2
_LEVELS = {_GREEN: Level.GREEN, _AMBER: Level.AMBER, _RED: Level.RED}
MOST_RUNS = 24
"""More changes of level than this in one delivery are told by the last of them."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A point at which the level of a series was another than before, or its last point."""

    at: datetime
    value: str
    level: Level
    version: ThresholdVersion


def judge_points(
    versions: Sequence[ThresholdVersion], segment: str, points: Points, now: datetime
) -> tuple[Judged, ...]:
    """Return where the level changes along ``points``, and the last of them.

    Each point is held against what was in force at its time; the last one against what is in
    force ``now`` where nothing was then. Points that are no numbers say nothing.
    """
    found: list[Judged] = []
    parts = list(_parts(versions, segment, points))
    if parts and parts[-1][0] is None and len(points):
        current = in_force(versions, segment, now)
        parts[-1] = (None, _cut(parts[-1][1], -1))
        parts.append((current, _cut(points, len(points) - 1)))
    for version, some in parts:
        if version is not None and version.bounds is not None and len(some):
            found += _changes(version, version.bounds, some)
    return tuple(_kept(found))[-MOST_RUNS:]


def judge_against(version: ThresholdVersion, points: Points) -> tuple[Judged, ...]:
    """Return the changes of level along ``points`` and the last, all held against one version."""
    if version.bounds is None:
        return ()
    return tuple(_kept(list(_changes(version, version.bounds, points))))[-MOST_RUNS:]


def _cut(points: Points, start: int) -> Points:
    if start < 0:
        return Points(points.times[:start], points.values[:start])
    return Points(points.times[start:], points.values[start:])


def _parts(
    versions: Sequence[ThresholdVersion], segment: str, points: Points
) -> Iterator[tuple[ThresholdVersion | None, Points]]:
    """Yield the points of each time in which the same version was in force."""
    dates = sorted({one.since for one in versions})
    places = np.searchsorted(points.times, [clock.to_milliseconds(day) for day in dates])
    edges = [0, *(int(place) for place in places), len(points)]
    for start, end, since in zip(edges, edges[1:], [None, *dates], strict=False):
        if end > start:
            version = in_force(versions, segment, since) if since is not None else None
            yield version, Points(points.times[start:end], points.values[start:end])


def _changes(version: ThresholdVersion, bounds: Bounds, points: Points) -> Iterator[Judged]:
    levels = judge_many(bounds, points.values)
    known = np.flatnonzero(levels != _NONE)
    if not len(known):
        return
    levels = levels[known]
    changes = np.flatnonzero(np.diff(levels, prepend=_NONE))
    for place in sorted({*changes[-MOST_RUNS:].tolist(), len(levels) - 1}):
        at = known[place]
        moment = clock.from_milliseconds(int(points.times[at]))
        text = shortest(float(points.values[at]))
        yield Judged(moment, text, _LEVELS[int(levels[place])], version)


def _kept(found: list[Judged]) -> Iterator[Judged]:
    """Yield changes of level and the very last point; the last of each version is none yet."""
    before: Judged | None = None
    for place, one in enumerate(found):
        is_last = place == len(found) - 1
        if is_last or before is None or before.level is not one.level:
            yield one
        before = one


def judge_many(bounds: Bounds, values: "NDArray[np.float64]") -> "NDArray[np.int8]":
    """Return a number a value, as :func:`mlops_desktop.core.monitoring.judge` judges each."""
    levels = np.full(len(values), _GREEN, np.int8)
    levels[_beyond(bounds.side, values, bounds.warning, bounds.warning_high)] = _AMBER
    levels[_beyond(bounds.side, values, bounds.intervention, bounds.intervention_high)] = _RED
    levels[np.isnan(values)] = _NONE
    return levels


def _beyond(
    side: Side, values: "NDArray[np.float64]", low: str | None, high: str | None
) -> "NDArray[np.bool_]":
    found = np.zeros(len(values), np.bool_)
    if side is Side.ABOVE:
        return values > float(low) if low is not None else found
    if low is not None:
        found |= values < float(low)
    if side is Side.BAND and high is not None:
        found |= values > float(high)
    return found


def shortest(value: float) -> str:
    """Return a value as the shortest decimal text that is read as the same number."""
    if not np.isfinite(value):
        return str(value)
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

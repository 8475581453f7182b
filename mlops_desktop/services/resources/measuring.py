"""Averages, totals and peaks of series over a period, exact about time.

A point stands from its own time until the next one, at most for the distance that its source
names, or else for half as long again as the series' usual one; beyond that nothing was measured.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from mlops_desktop.core.resources.units import Form, Unit
from mlops_desktop.core.resources.use import Amount
from mlops_desktop.outside.late import Late
from mlops_desktop.store.chunks import Points

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Late("numpy")

DAY = 86_400_000
_HOUR = 3_600_000
_SLACK = 1.5


@dataclass(frozen=True, slots=True)
class Window:
    """From a moment up to but not including another, in milliseconds since 1970 UTC."""

    first: int
    end: int

    @property
    def length(self) -> int:
        """How long it lasts."""
        return self.end - self.first


@dataclass(frozen=True, slots=True)
class Measured:
    """The points of one series with their unit; ``interval`` is their distance in seconds."""

    points: Points
    unit: Unit
    interval: int | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """Stretches of time with the value that stands in each, in the unit shown."""

    starts: "NDArray[np.int64]"
    ends: "NDArray[np.int64]"
    values: "NDArray[np.float64]"


def measure(series: Sequence[Measured], window: Window) -> Amount | None:
    """Return what several series amount to together in a window; None where none was measured.

    Levels are added at each moment and averaged over the time in which any of them was measured.
    """
    held = [_held(one, window) for one in series]
    starts = np.concatenate([one.starts for one in held]) if held else np.empty(0, np.int64)
    if not len(starts):
        return None
    ends = np.concatenate([one.ends for one in held])
    values = np.concatenate([one.values for one in held])
    covered = _covered(starts, ends)
    totals = [_total(one, part, window) for one, part in zip(series, held, strict=True)]
    is_total = any(one.unit.is_total for one in series)
    value = fsum(totals) if is_total else fsum(totals) / covered
    at = int(starts.max())
    last = fsum(values[(starts <= at) & (ends > at)].tolist())
    return Amount(value, covered / window.length, _peak(starts, ends, values), last)


def averages(series: Sequence[Measured], window: Window, part: int) -> "NDArray[np.float64]":
    """Return the average of levels together in each part of a window, NaN where none was measured.

    It is what ``measure`` says of each part, at the cost of one of them.
    """
    edges = np.arange(window.first, window.end + 1, part, dtype=np.int64)
    held = [_held(one, window) for one in series]
    nothing = np.full(len(edges) - 1, np.nan)
    if not any(len(one.starts) for one in held):
        return nothing
    starts, ends = (np.concatenate([getattr(one, name) for one in held]) for name in _ENDS)
    values = np.concatenate([one.values for one in held])
    times = np.concatenate([starts, ends])
    order = np.argsort(times, kind="stable")
    times, lengths = times[order], np.diff(times[order]).astype(np.float64)
    steps = np.concatenate([np.ones(len(starts)), -np.ones(len(ends))])[order]
    levels = np.cumsum(np.concatenate([values, -values])[order])[:-1]
    is_held = np.cumsum(steps)[:-1] > 0
    total = _between(edges, times, np.where(is_held, levels, 0.0) * lengths)
    covered = _between(edges, times, is_held * lengths)
    found: NDArray[np.float64] = np.divide(total, covered, out=nothing, where=covered > 0)
    return found


_ENDS = ("starts", "ends")


def _between(
    edges: "NDArray[np.int64]", times: "NDArray[np.int64]", amounts: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Return how much of what comes together between some times falls between the edges."""
    sums = np.concatenate([[0.0], np.cumsum(amounts)])
    return np.diff(np.interp(edges, times, sums))


def _held(one: Measured, window: Window) -> _Held:
    times, values = one.points.times, one.points.values
    if not len(times):
        return _Held(times, times, values)
    usual = float(np.median(np.diff(times))) if len(times) > 1 else float(DAY)
    longest = one.interval * 1000 if one.interval else int(usual * _SLACK)
    last = times[-1] + (one.interval * 1000 if one.interval else int(usual))
    ends = np.minimum(np.append(times[1:], last), times + longest)
    starts, ends = np.maximum(times, window.first), np.minimum(ends, window.end)
    holds = (ends > starts) & ~np.isnan(values)
    factor = float(one.unit.factor)
    return _Held(starts[holds], ends[holds], values[holds] * factor)


def _total(one: Measured, held: _Held, window: Window) -> float:
    """Return an integral over time of a level or a rate, a sum of an amount."""
    if one.unit.form is Form.AMOUNT:
        times, values = one.points.times, one.points.values
        inside = (times >= window.first) & (times < window.end) & ~np.isnan(values)
        return fsum((values[inside] * float(one.unit.factor)).tolist())
    lengths = (held.ends - held.starts).astype(np.float64)
    total = fsum((held.values * lengths).tolist())
    return total / _HOUR if one.unit.form is Form.RATE else total


def _covered(starts: "NDArray[np.int64]", ends: "NDArray[np.int64]") -> int:
    """Return how long any stretch lasts, what overlaps counted once."""
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], ends[order]
    reached = np.maximum.accumulate(ends)
    before = np.append(starts[0], reached[:-1])
    return int(np.maximum(ends - np.maximum(starts, before), 0).sum())


def _peak(
    starts: "NDArray[np.int64]", ends: "NDArray[np.int64]", values: "NDArray[np.float64]"
) -> float:
    """Return the highest sum that stands at any moment."""
    times = np.concatenate([ends, starts])  # what ends at a moment no longer stands at it
    steps = np.concatenate([-values, values])
    order = np.argsort(times, kind="stable")
    times, sums = times[order], np.cumsum(steps[order])
    is_settled = np.append(times[1:] != times[:-1], True)
    return float(sums[is_settled].max(initial=0.0))


def split(window: Window, days: int) -> Iterable[Window]:
    """Yield a window in parts of so many days, the last one as long as is left."""
    start = window.first
    while start < window.end:
        end = min(start + days * DAY, window.end)
        yield Window(start, end)
        start = end

"""Points as persons look at them: as many as a screen can show, with their gaps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mlops_desktop.core import clock
from mlops_desktop.core.monitoring import gaps_in
from mlops_desktop.outside.late import Late
from mlops_desktop.store.chunks import Points

if TYPE_CHECKING:
    import numpy as np
else:
    np = Late("numpy")


@dataclass(frozen=True, slots=True)
class Measured:
    """Points in the order of time; NaN says that a source told a time without a value.

    ``total`` is how many there are; where that is more than are here, the least and the greatest
    of each stretch are.
    """

    times: tuple[datetime, ...] = ()
    values: tuple[float, ...] = ()
    total: int = 0


def thin(points: Points, most: int) -> Measured:
    """Return at most ``most`` points; no peak is lost."""
    total = len(points)
    if total > most:
        points = _peaks(points, max(1, most // 2))
    times = tuple(clock.from_milliseconds(int(at)) for at in points.times)
    return Measured(times, tuple(points.values.tolist()), total)


def _peaks(points: Points, stretches: int) -> Points:
    """Return the least and the greatest of each stretch, and the two ends."""
    length = -(-len(points) // stretches)
    filled = np.full(stretches * length, np.nan)
    filled[: len(points)] = points.values
    table = filled.reshape(stretches, length)
    starts = np.arange(stretches) * length
    has_any = ~np.isnan(table).all(axis=1)
    least = np.where(np.isnan(table), np.inf, table).argmin(axis=1)
    most = np.where(np.isnan(table), -np.inf, table).argmax(axis=1)
    inner = np.concatenate([(starts + least)[has_any], (starts + most)[has_any]])
    places = np.unique(np.concatenate([[0, len(points) - 1], inner]))
    return Points(points.times[places], points.values[places])


def broken(
    measured: Measured, interval: timedelta | None, end: datetime | None
) -> tuple[Measured, tuple[tuple[datetime, datetime], ...]]:
    """Return the points with a NaN in every gap, and the gaps; ``end`` is when the last one ends.

    Thinned points have no gaps to be seen.
    """
    if measured.total > len(measured.times):
        return measured, ()
    places = set(gaps_in(measured.times, interval))
    times: list[datetime] = []
    values: list[float] = []
    gaps = []
    for place, (at, value) in enumerate(zip(measured.times, measured.values, strict=True)):
        times.append(at)
        values.append(value)
        if place in places:
            gaps.append((at, measured.times[place + 1]))
            times.append(at + (measured.times[place + 1] - at) / 2)
            values.append(float("nan"))
    if end is not None and measured.times:
        gaps.append((measured.times[-1], end))
    return Measured(tuple(times), tuple(values), measured.total), tuple(gaps)

"""Keeps the points that a stream told, as one batch the ledger binds."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlops_desktop.core import clock
from mlops_desktop.core.events.series import PointsIngested
from mlops_desktop.outside.late import Late
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.sources.observations import ObservedPoints
from mlops_desktop.store import series
from mlops_desktop.store.chunks import Points
from mlops_desktop.store.unit_of_work import WriteSession

if TYPE_CHECKING:
    import numpy as np
else:
    np = Late("numpy")

_AT_ONCE = 500
"""How many series are asked at once for what is known of them."""


def record_points(
    ledgering: Ledgering, source: str, told: Iterable[tuple[str, ObservedPoints]]
) -> None:
    """Keep what was not known yet: new times, and times whose value is told otherwise now."""
    work, merged = ledgering.work, _merged(told)
    fresh: dict[str, Points] = {}
    ids = list(merged)
    for start in range(0, len(ids), _AT_ONCE):
        fresh |= _fresh(work, {id: merged[id] for id in ids[start : start + _AT_ONCE]})
    if not fresh:
        return
    batch = series.keep_batch(work.connection, new_id(), fresh)
    first, last = clock.from_milliseconds(batch.first), clock.from_milliseconds(batch.last)
    work.record(
        PointsIngested(batch.id, source, batch.series, batch.points, first, last, batch.digest)
    )


def _merged(told: Iterable[tuple[str, ObservedPoints]]) -> dict[str, Points]:
    found: dict[str, list[Points]] = {}
    for id, some in told:
        times = np.array(some.times, np.int64)
        found.setdefault(id, []).append(Points(times, np.array(some.values, np.float64)))
    return {id: series.joined(parts) for id, parts in found.items()}


def _fresh(work: WriteSession, told: dict[str, Points]) -> dict[str, Points]:
    """Return what is not known yet of each series, those without news left out."""
    told = {id: some for id, some in told.items() if len(some)}
    if not told:
        return {}
    since = min(int(some.times[0]) for some in told.values())
    until = max(int(some.times[-1]) for some in told.values())
    known = series.read_many(work.connection, list(told), since=since, until=until)
    news = {id: _unknown(some, known.get(id, series.empty())) for id, some in told.items()}
    return {id: some for id, some in news.items() if len(some)}


def _unknown(told: Points, known: Points) -> Points:
    """Return the points that are not known with this value, NaN being equal to NaN."""
    if not len(known):
        return told
    places = np.searchsorted(known.times, told.times).clip(max=len(known) - 1)
    values = known.values[places]
    same_time = known.times[places] == told.times
    same_value = (values == told.values) | (np.isnan(values) & np.isnan(told.values))
    news = ~(same_time & same_value)
    return Points(told.times[news], told.values[news])

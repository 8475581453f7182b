"""Keeps the points that a stream told, as one batch the ledger binds."""

from collections.abc import Iterable

import numpy as np

from mlops_desktop.core import clock
from mlops_desktop.core.events.series import PointsIngested
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.sources.observations import ObservedPoints
from mlops_desktop.store import series
from mlops_desktop.store.chunks import Points


def record_points(
    ledgering: Ledgering, source: str, told: Iterable[tuple[str, ObservedPoints]]
) -> None:
    """Keep what was not known yet: new times, and times whose value is told otherwise now."""
    fresh: dict[str, Points] = {}
    for id, some in _merged(told).items():
        news = _unknown(ledgering, id, some)
        if len(news):
            fresh[id] = news
    if not fresh:
        return
    work = ledgering.work
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


def _unknown(ledgering: Ledgering, id: str, told: Points) -> Points:
    """Return the points that are not known with this value, NaN being equal to NaN."""
    if not len(told):
        return told
    connection = ledgering.work.connection
    first, last = int(told.times[0]), int(told.times[-1])
    known = series.read_points(connection, id, since=first, until=last)
    if not len(known):
        return told
    places = np.searchsorted(known.times, told.times).clip(max=len(known) - 1)
    values = known.values[places]
    same_time = known.times[places] == told.times
    same_value = (values == told.values) | (np.isnan(values) & np.isnan(told.values))
    news = ~(same_time & same_value)
    return Points(told.times[news], told.values[news])

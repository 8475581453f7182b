"""Points of series in bulk: immutable chunks, each batch bound to the ledger by its digest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.store import chunks, sql
from mlops_desktop.store.chunks import Points
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.ledger import series_chunks
from mlops_desktop.store.tables.observed import batches

EMPTY = Points(np.empty(0, np.int64), np.empty(0, np.float64))


@dataclass(frozen=True, slots=True)
class Batch:
    """What was kept: how many series and points, from when to when, bound by which digest.

    ``first`` and ``last`` are milliseconds since 1970 UTC.
    """

    id: str
    series: int
    points: int
    first: int
    last: int
    digest: str


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest point of a series, with the number of all its points."""

    series: str
    time: int
    value: float
    count: int


def keep_batch(connection: sa.Connection, batch: str, points: Mapping[str, Points]) -> Batch:
    """Keep the points of several series as one batch; ``points`` is by series and not empty."""
    rows: list[tuple[sql.Cell, ...]] = []
    lines = sha256()
    for series, some in sorted(points.items()):
        content = chunks.encode(some)
        made = chunks.digest(content)
        lines.update(f"{series} {made}\n".encode())
        rows.append(_row(series, batch, some, made, content))
    sql.insert_tuples(connection, series_chunks, rows)
    first = min(int(some.times[0]) for some in points.values())
    last = max(int(some.times[-1]) for some in points.values())
    number = sum(len(some) for some in points.values())
    return Batch(batch, len(points), number, first, last, lines.hexdigest())


def _row(
    series: str, batch: str, points: Points, made: str, content: bytes
) -> tuple[sql.Cell, ...]:
    known = points.values[np.isfinite(points.values)]
    low, high, total = (
        (float(known.min()), float(known.max()), float(known.sum())) if len(known) else [None] * 3
    )
    first, last = int(points.times[0]), int(points.times[-1])
    newest = float(points.values[-1])
    value = newest if np.isfinite(newest) else None
    number = len(points)
    return (series, first, batch, last, number, low, high, total, value, made, content)


def read_points(
    connection: sa.Connection,
    series: str,
    *,
    since: int | None = None,
    until: int | None = None,
    as_of: AsOf = NOW,
) -> Points:
    """Return the points of a series between two times (milliseconds, both included).

    Where batches tell the same time twice, the later batch holds.
    """
    c = series_chunks.c
    query = sa.select(c.content).join(batches, batches.c.batch == c.batch)
    query = query.where(c.series == series, *_known(connection, as_of))
    if since is not None:
        query = query.where(c.last >= since)
    if until is not None:
        query = query.where(c.first <= until)
    found = connection.execute(query.order_by(batches.c.position)).scalars()
    return _cut(joined([chunks.decode(content) for content in found]), since, until)


def _known(connection: sa.Connection, as_of: AsOf) -> list[sa.ColumnElement[bool]]:
    if as_of.known is None:
        return []
    return [batches.c.position < known_size(connection, as_of)]


def joined(parts: list[Points]) -> Points:
    """Return all parts in the order of time; of equal times the last told holds."""
    if not parts:
        return EMPTY
    if len(parts) == 1:
        return parts[0]
    times = np.concatenate([part.times for part in parts])
    values = np.concatenate([part.values for part in parts])
    order = np.argsort(times, kind="stable")
    times, values = times[order], values[order]
    holds = np.append(times[1:] != times[:-1], True)
    return Points(times[holds], values[holds])


def _cut(points: Points, since: int | None, until: int | None) -> Points:
    start = 0 if since is None else int(np.searchsorted(points.times, since, "left"))
    stop = len(points) if until is None else int(np.searchsorted(points.times, until, "right"))
    return Points(points.times[start:stop], points.values[start:stop])


def latest(connection: sa.Connection, series: Iterable[str]) -> dict[str, Latest]:
    """Return the newest point of each series that has any, from the summaries alone.

    A series whose newest point is no number is left to :func:`read_points`: its value is NaN.
    """
    c = series_chunks.c
    wanted = list(series)
    found: dict[str, Latest] = {}
    query = sa.select(c.series, c.last, c.value, c.number).join(batches, batches.c.batch == c.batch)
    query = query.where(c.series.in_(wanted)).order_by(batches.c.position)
    for row in connection.execute(query) if wanted else ():
        known = found.get(row.series)
        value = row.value if row.value is not None else float("nan")
        count = row.number + (known.count if known else 0)
        if known is None or row.last >= known.time:
            found[row.series] = Latest(row.series, row.last, value, count)
        else:
            found[row.series] = Latest(row.series, known.time, known.value, count)
    return found


def last_times(connection: sa.Connection, series: Iterable[str]) -> dict[str, int]:
    """Return the time of the newest point of each series that has any."""
    return {id: one.time for id, one in latest(connection, series).items()}


def find_altered_batches(connection: sa.Connection) -> Iterator[tuple[int, str]]:
    """Yield position and id of every batch whose chunks are no longer those the ledger binds."""
    for row in connection.execute(sa.select(batches).order_by(batches.c.position)).all():
        if _digest_kept(connection, row.batch) != row.digest:
            yield row.position, row.batch


def _digest_kept(connection: sa.Connection, batch: str) -> str:
    c = series_chunks.c
    query = sa.select(c.series, c.first, c.last, c.number, c.content).where(c.batch == batch)
    lines = sha256()
    for row in connection.execute(query.order_by(c.series)):
        lines.update(f"{row.series} {chunks.digest(row.content)}\n".encode())
        points = chunks.decode(row.content)
        told = (int(points.times[0]), int(points.times[-1]), len(points))
        if told != (row.first, row.last, row.number):
            raise AppError("series.altered", recovery=Recovery.BUG)
    return lines.hexdigest()

"""Points of series in bulk: immutable chunks, each batch bound to the ledger by its digest."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.late import Late
from mlops_desktop.store import chunks, sql
from mlops_desktop.store.chunks import Points
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.ledger import held_back, series_chunks
from mlops_desktop.store.tables.observed import batches

if TYPE_CHECKING:
    import numpy as np
else:
    np = Late("numpy")


@cache
def empty() -> Points:
    """Return no points."""
    return Points(np.empty(0, np.int64), np.empty(0, np.float64))


@cache
def _nothing() -> bytes:
    """Return what stands where an extract leaves points out; the chunk's digest stays."""
    return chunks.encode(empty())


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


def keep_batch(connection: sa.Connection, batch: str, points: Mapping[str, Points]) -> Batch:
    """Keep the points of several series as one batch; ``points`` is by series and not empty."""
    rows: list[tuple[sql.Cell, ...]] = []
    lines = sha256()
    for series, some in sorted(points.items()):
        content = chunks.encode(some)
        made = chunks.digest(content)
        lines.update(f"{series} {made}\n".encode())
        first, last = int(some.times[0]), int(some.times[-1])
        rows.append((series, first, batch, last, len(some), made, content))
    sql.insert_tuples(connection, series_chunks, rows)
    first = min(int(some.times[0]) for some in points.values())
    last = max(int(some.times[-1]) for some in points.values())
    number = sum(len(some) for some in points.values())
    return Batch(batch, len(points), number, first, last, lines.hexdigest())


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
    found = read_many(connection, [series], since=since, until=until, as_of=as_of)
    return _cut(found.get(series, empty()), since, until)


def read_many(
    connection: sa.Connection,
    series: Sequence[str],
    *,
    since: int | None = None,
    until: int | None = None,
    as_of: AsOf = NOW,
) -> dict[str, Points]:
    """Return the points of many series from chunks that reach into a time, whole chunks each.

    A series without any is left out; where batches tell the same time twice, the later holds.
    """
    c = series_chunks.c
    query = sa.select(c.series, c.content).join(batches, batches.c.batch == c.batch)
    query = query.where(c.series.in_(series), *_known(connection, as_of))
    if since is not None:
        query = query.where(c.last >= since)
    if until is not None:
        query = query.where(c.first <= until)
    parts: dict[str, list[Points]] = {}
    for row in connection.execute(query.order_by(batches.c.position)):
        parts.setdefault(row.series, []).append(chunks.decode(row.content))
    return {id: joined(some) for id, some in parts.items()}


def read_batch(
    connection: sa.Connection, batch: str, series: Sequence[str]
) -> dict[str, tuple[Points, str]]:
    """Return the points that a batch holds of some series, each with the digest of its chunk."""
    c = series_chunks.c
    query = sa.select(c.series, c.content, c.digest).where(c.batch == batch)
    return {
        row.series: (chunks.decode(row.content), row.digest)
        for row in connection.execute(query.where(c.series.in_(series)))
    }


def recent_points(
    connection: sa.Connection, series: Sequence[str], *, most: int, as_of: AsOf = NOW
) -> dict[str, Points]:
    """Return the last points of many series, at least ``most`` of each that has so many.

    Reads no more than the chunks that reach furthest, so that it costs the same for any history.
    """
    if as_of.at_text is not None:
        until = clock.to_milliseconds(clock.from_text(as_of.at_text))
        found = read_many(connection, series, until=until, as_of=as_of)
        return {id: _cut(some, None, until) for id, some in found.items()}
    c = series_chunks.c
    furthest = sa.func.row_number().over(
        partition_by=c.series, order_by=(c.last.desc(), batches.c.position.desc())
    )
    query = sa.select(c.series, c.content, batches.c.position, furthest.label("place"))
    query = query.join(batches, batches.c.batch == c.batch)
    ranked = query.where(c.series.in_(series), *_known(connection, as_of)).subquery("ranked")
    kept = sa.select(ranked).where(ranked.c.place <= most).order_by(ranked.c.position)
    parts: dict[str, list[Points]] = {}
    for row in connection.execute(kept):
        parts.setdefault(row.series, []).append(chunks.decode(row.content))
    return {id: joined(some) for id, some in parts.items()}


def last_measured(
    connection: sa.Connection, series: Sequence[str], *, most: int, as_of: AsOf = NOW
) -> dict[str, Points]:
    """Return the last measurements of many series, as :func:`recent_points` does of all points.

    What is no number measures nothing, and what is dated ahead has not been measured yet.
    """
    until = clock.to_milliseconds(clock.horizon())
    found = recent_points(connection, series, most=most, as_of=as_of)
    kept = {id: some.before(until).measured() for id, some in found.items()}
    lost = [id for id, some in kept.items() if not len(some)]
    if lost:  # nothing but gaps at its end: measured once, which must not read as never
        whole = read_many(connection, lost, until=until, as_of=as_of)
        kept |= {id: some.before(until).measured() for id, some in whole.items()}
    return kept


def _known(connection: sa.Connection, as_of: AsOf) -> list[sa.ColumnElement[bool]]:
    if as_of.known is None:
        return []
    return [batches.c.position < known_size(connection, as_of)]


def joined(parts: list[Points]) -> Points:
    """Return all parts in the order of time; of equal times the last told holds."""
    if not parts:
        return empty()
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


def hold_back_others(connection: sa.Connection, kept: Collection[str]) -> list[str]:
    """Take the points of other series away, leaving their digests; return these digests."""
    c = series_chunks.c
    others = connection.execute(sa.select(c.series).distinct()).scalars().all()
    digests: list[str] = []
    for series in others:
        if series not in kept:
            digests += connection.execute(sa.select(c.digest).where(c.series == series)).scalars()
            gone = sa.update(series_chunks).where(c.series == series)
            connection.execute(gone.values(content=_nothing()))
    return digests


def find_altered_batches(connection: sa.Connection) -> Iterator[tuple[int, str]]:
    """Yield position and id of every batch whose chunks are no longer those the ledger binds."""
    for row in connection.execute(sa.select(batches).order_by(batches.c.position)).all():
        if _digest_kept(connection, row.batch) != row.digest:
            yield row.position, row.batch


def _digest_kept(connection: sa.Connection, batch: str) -> str | None:
    """Return the digest of a batch as it is kept, None where a row does not say what it holds."""
    c = series_chunks.c
    query = sa.select(c.series, c.first, c.last, c.number, c.digest, c.content, held_back.c.matter)
    query = query.join(held_back, held_back.c.digest == c.digest, isouter=True)
    lines = sha256()
    for row in connection.execute(query.where(c.batch == batch).order_by(c.series)):
        if row.matter is not None and row.content == _nothing():
            lines.update(f"{row.series} {row.digest}\n".encode())
            continue
        made = chunks.digest(row.content)
        lines.update(f"{row.series} {made}\n".encode())
        if (row.first, row.last, row.number, row.digest) != (*_bounds(row.content), made):
            return None
    return lines.hexdigest()


def _bounds(content: bytes) -> tuple[int, int, int] | tuple[None, None, int]:
    try:
        points = chunks.decode(content)
    except AppError:
        return None, None, 0
    number = len(points)
    return (int(points.times[0]), int(points.times[-1]), number) if number else (None, None, 0)

"""Measurements in bulk: 5 million points kept, told again, read, against rows in a table.

Series of 10,000 points a minute apart. The floor keeps a tenth of them as rows of an equally
encrypted table, and reads the same thousand points of one series from it.
"""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import sqlalchemy as sa

from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.services.monitoring.points import thin
from mlops_desktop.services.session import Session
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.services.sync.points import record_points
from mlops_desktop.sources.observations import ObservedPoints
from mlops_desktop.store import series, sql
from mlops_desktop.store.tables.ledger import series_chunks
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds, spend
from tests.benchmarks.workspaces import found_bank, own_folder

_SERIES, _POINTS, _SHARE = 500, 10_000, 10
_FIRST, _MINUTE = 1_767_225_600_000, 60_000
_ROUNDS = 9
_RANGE = 1_000
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class _Told:
    """Everything a source tells at once."""

    points: list[tuple[str, ObservedPoints]]


def measure() -> list[Line]:
    """Keep all points, keep them again, read ranges, and draw a whole series."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        told = _tell()
        first = spend(partial(_keep, session, told))
        again = spend(partial(_keep, session, told))
        rows = spend(partial(_keep_rows, session, told))
        size = _bytes(session)
        reads = interleave(_reads(session), _ROUNDS)
        session.workspace.close()
    return list(_lines(first, again, rows, size, reads))


def _tell() -> _Told:
    random = np.random.default_rng(7)
    times = array("q", range(_FIRST, _FIRST + _POINTS * _MINUTE, _MINUTE))
    found = []
    for number in range(_SERIES):
        steps = random.normal(0, 0.0005, _POINTS)
        values = np.round(0.7 + np.cumsum(steps), 4)
        details = SeriesDetails(f"metric {number}", metric=f"metric {number}")
        one = ObservedPoints(f"m{number}", details, times, array("d", values.tolist()))
        found.append((f"series-{number:04d}", one))
    return _Told(found)


def _keep(session: Session, told: _Told) -> None:
    with session.workspace.write(session.actor) as work:
        record_points(Ledgering(work), "monitor", told.points)


def _keep_rows(session: Session, told: _Told) -> None:
    """Keep a tenth as rows, in the same file and with the same key."""
    with session.workspace.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE plain_points (series TEXT, at INTEGER, value REAL, "
            "PRIMARY KEY (series, at)) WITHOUT ROWID"
        )
        for id, one in told.points[: _SERIES // _SHARE]:
            rows = [(id, at, value) for at, value in zip(one.times, one.values, strict=True)]
            connection.exec_driver_sql("INSERT INTO plain_points VALUES (?, ?, ?)", rows)


def _bytes(session: Session) -> float:
    with session.workspace.read() as view:
        query = sa.select(sa.func.sum(sa.func.length(series_chunks.c.content)))
        return float(view.connection.execute(query).scalar_one()) / (_SERIES * _POINTS)


def _reads(session: Session) -> dict[str, Callable[[], object]]:
    start = _FIRST + 4_000 * _MINUTE
    end = start + (_RANGE - 1) * _MINUTE
    return {
        "rows": partial(_read_rows, session, start, end),
        "range": partial(_read, session, start, end),
        "drawn": partial(_draw, session),
    }


def _read_rows(session: Session, start: int, end: int) -> None:
    text = "SELECT at, value FROM plain_points WHERE series = ? AND at BETWEEN ? AND ?"
    with session.workspace.read() as view:
        assert len(sql.fetch(view.connection, text, "series-0007", start, end)) == _RANGE


def _read(session: Session, start: int, end: int) -> None:
    with session.workspace.read() as view:
        found = series.read_points(view.connection, "series-0007", since=start, until=end)
        assert len(found) == _RANGE


def _draw(session: Session) -> None:
    with session.workspace.read() as view:
        thin(series.read_points(view.connection, "series-0007"), 2_000)


def _lines(
    first: Spent, again: Spent, rows: Spent, size: float, reads: dict[str, Spent]
) -> Iterator[Line]:
    number = _SERIES * _POINTS
    floor = rows.processor * _SHARE
    told = f"{milliseconds(floor)} of processor"
    yield Line(f"floor: {number:,} points as rows, from a tenth of them", told)
    rate = number / first.processor / _MILLION
    shown = f"{milliseconds(first.processor)} of processor, {rate:.2g} million a second"
    yield Line(f"keep {number:,} points", shown, first.processor / floor, 1 / 3.5, 1 / 7)
    shown = f"{milliseconds(again.processor)} of processor"
    yield Line("the same told again, nothing kept", shown, again.processor / floor, 1 / 3.5, 1 / 7)
    yield Line("bytes a point", f"{size:.3g} bytes", size / 4.68, 2.0, 1.15)
    plain = reads["rows"].processor
    yield Line(f"floor: {_RANGE:,} points of one series, as rows", milliseconds(plain))
    for name, what, limit, goal in (
        ("range", f"{_RANGE:,} points of one series", 2.0, 1.0),
        ("drawn", f"all {_POINTS:,} points of one, as many as a chart shows", 10.0, 5.0),
    ):
        one = reads[name].processor
        yield Line(what, milliseconds(one), one / plain, limit, goal)

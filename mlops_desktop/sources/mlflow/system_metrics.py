"""What training used: the server's ``system/*`` metrics, one request a run and metric.

So many requests are never made at once: each reading makes a bounded number of them, the newest
runs first, and the cursor remembers which span of time was read. A run stands at its end, or at
the registration of a version of it where that came later: from then on its history is wanted, and
does not change any more. Runs that led to no version are left out.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from mlops_desktop.core.events.series import SeriesDetails, SeriesKind
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_json import peek_json, read_json
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.mlflow.parsing import as_time
from mlops_desktop.sources.mlflow.produced import Produced
from mlops_desktop.sources.mlflow.shapes import Run, RunsAnswer
from mlops_desktop.sources.observations import Fact, ObservedPoints, Stream
from mlops_desktop.sources.rest import failure_of

PREFIX = "system/"
_MARK = b'"system/'


class _Point(msgspec.Struct, frozen=True):
    timestamp: int
    value: int | float | str = "NaN"


class _History(msgspec.Struct, frozen=True):
    metrics: list[_Point] = []


@dataclass(frozen=True, slots=True, order=True)
class Measured:
    """A run that measured its machine; ordered by when its history was whole and wanted."""

    since: int
    id: str
    name: str
    keys: tuple[str, ...]
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The times of the runs that were read already; as text it is the stream's cursor."""

    low: int
    high: int

    @classmethod
    def around(cls, span: "Span | None", at: int) -> "Span":
        """Return the span that holds ``at`` too."""
        return cls(at, at) if span is None else cls(min(span.low, at), max(span.high, at))

    def __str__(self) -> str:
        """Return it as :func:`read_span` reads it."""
        return f"{self.low} {self.high}"


def read_span(cursor: str | None) -> Span | None:
    """Return the span a cursor holds; none for no cursor, or one that is none of ours."""
    try:
        low, high = map(int, (cursor or "").split())
    except ValueError:
        return None
    return Span(low, high)


def find_measured(answers: Iterable[bytes], produced: Produced) -> list[Measured]:
    """Return the ended runs that measured their machine, the oldest first; raises HttpFault."""
    runs = (run for raw in answers if _MARK in raw for run in peek_json(raw, RunsAnswer).runs)
    found = (_measured(run, produced) for run in runs)
    return sorted(one for one in found if one is not None)


def _measured(run: Run, produced: Produced) -> Measured | None:
    keys = tuple(sorted(one.key for one in run.data.metrics if one.key.startswith(PREFIX)))
    subjects = produced.of(run) if keys and run.info.end_time else ()
    if not subjects or run.info.end_time is None:
        return None
    id = run.info.run_id or run.info.run_uuid
    since = max(run.info.end_time, produced.registered_at(run))
    return Measured(since, id, run.info.run_name or id, keys, subjects)


def wanted(found: list[Measured], span: Span | None, most: int) -> list[list[Measured]]:
    """Return what to read now, in groups of one time: newer ones, then older ones.

    A group is read whole or not at all, so that its time may stand in the cursor; the first is
    read even if it needs more requests than ``most``.
    """
    groups: dict[int, list[Measured]] = {}
    for one in found:
        groups.setdefault(one.since, []).append(one)
    newer = [at for at in groups if span is not None and at > span.high]
    older = [at for at in reversed(groups) if span is None or at < span.low]
    chosen: list[list[Measured]] = []
    for at in (*newer, *older):
        most -= sum(len(one.keys) for one in groups[at])
        if most < 0 and chosen:
            break
        chosen.append(groups[at])
    return chosen


def parse_history(run: Measured, key: str, raw: bytes) -> tuple[Fact, ...]:
    """Return the series of a run's metric; raises SourceFailure ``protocol``."""
    try:
        told = dict(_points(read_json(raw, _History).metrics))
    except HttpFault as fault:
        raise SourceFailure(failure_of(Stream.RESOURCE_USE, fault)) from fault
    times = sorted(told)
    values = array("d", (told[time] for time in times))
    return (ObservedPoints(f"{run.id}/{key}", _details(run, key), array("q", times), values),)


def _points(metrics: list[_Point]) -> Iterator[tuple[int, float]]:
    """Yield each time with its value, those left out that no calendar holds; NaN is a text."""
    for one in metrics:
        if as_time(one.timestamp) is None:
            continue
        try:
            yield one.timestamp, float(one.value)
        except ValueError:
            yield one.timestamp, float("nan")


def _details(run: Measured, key: str) -> SeriesDetails:
    _, _, unit = key.rpartition("_")
    return SeriesDetails(
        name=key,
        subjects=run.subjects,
        metric=key,
        kind=SeriesKind.RESOURCE,
        unit=unit or None,
        segment=(Pair("run", run.id),),
        labels=(Pair("run_name", run.name),),
        environment="training",
    )

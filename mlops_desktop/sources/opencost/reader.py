"""The OpenCost source: allocations day by day (API ``/allocation``)."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.core.events.series import Measure, Resource, SeriesDetails, SeriesKind
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    Failure,
    FailureCode,
    Observation,
    ObservedPoints,
    Probe,
    Stream,
)
from mlops_desktop.sources.observations import Pair as Seen
from mlops_desktop.sources.rest import Told, ask_about, open_client, parsing, read_days, tell

_PATH = "/allocation"
_DAY = timedelta(days=1)
_DAYS_A_PAGE = 7
_SECONDS = 86_400


class Window(msgspec.Struct):
    """From when to when costs were added up."""

    start: datetime
    end: datetime


class Place(msgspec.Struct):
    """Where it ran; a field is there where all that was added up had the same."""

    cluster: str | None = None
    namespace: str | None = None


class Allocation(msgspec.Struct):
    """What the pods of one label cost and used in a window, as OpenCost names it."""

    name: str
    window: Window
    properties: Place = msgspec.field(default_factory=Place)
    cpuCoreUsageAverage: float | None = None  # noqa: N815
    cpuCoreRequestAverage: float | None = None  # noqa: N815
    ramByteUsageAverage: float | None = None  # noqa: N815
    ramByteRequestAverage: float | None = None  # noqa: N815
    gpuCount: float | None = None  # noqa: N815
    pvBytes: float | None = None  # noqa: N815
    cpuCost: float | None = None  # noqa: N815
    gpuCost: float | None = None  # noqa: N815
    ramCost: float | None = None  # noqa: N815
    pvCost: float | None = None  # noqa: N815
    totalCost: float | None = None  # noqa: N815


class _Answer(msgspec.Struct):
    data: list[dict[str, Allocation] | None]


class _Peek(msgspec.Struct):
    data: list[msgspec.Raw]
    code: int = 200


_COST, _USED, _REQUESTED = Resource.COST, Measure.USED, Measure.REQUESTED
# The parts of the cost are in its total, and are not to be added to it.
_FIELDS: dict[str, tuple[str, Resource | None, Measure | None, str]] = {
    "totalCost": ("cost", _COST, _USED, ""),
    "cpuCost": ("cost_cpu", None, None, ""),
    "gpuCost": ("cost_gpu", None, None, ""),
    "ramCost": ("cost_memory", None, None, ""),
    "pvCost": ("cost_storage", None, None, ""),
    "cpuCoreUsageAverage": ("cpu_used", Resource.CPU, _USED, "cores"),
    "cpuCoreRequestAverage": ("cpu_requested", Resource.CPU, _REQUESTED, "cores"),
    "ramByteUsageAverage": ("memory_used", Resource.MEMORY, _USED, "bytes"),
    "ramByteRequestAverage": ("memory_requested", Resource.MEMORY, _REQUESTED, "bytes"),
    "gpuCount": ("gpu_allocated", Resource.GPU, Measure.ALLOCATED, "gpus"),
    "pvBytes": ("storage_allocated", Resource.STORAGE, Measure.ALLOCATED, "bytes"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which labels name model and version, how far back, in which money."""

    labels: tuple[str, ...] = ("model", "model_version")
    days: int = 30
    currency: str = "USD"


class OpenCost:
    """A reader of one server; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...] = (Stream.RESOURCE_USE,)

    def __init__(self, client: HttpClient, choice: Choice | None = None) -> None:
        self._client = client
        self._choice = choice or Choice()

    def probe(self) -> Probe:
        """Tell for how many models yesterday's costs are known."""
        return ask_about(Stream.RESOURCE_USE, lambda: None, self._visible)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield a page a week of whole days since the last reading, which it asks again.

        OpenCost mends the costs of a day when the provider's bill comes, up to some days later.
        """
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "opencost")
            return
        today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        yield from tell(
            stream,
            self._told(self._since(cursor, today), today),
            lambda: None,
            lambda: Completion(stream, today.date().isoformat(), is_partial=True),
        )

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def _since(self, cursor: str | None, today: datetime) -> datetime:
        oldest = today - self._choice.days * _DAY
        try:
            last = datetime.fromisoformat(cursor or "").replace(tzinfo=UTC)
        except ValueError:
            return oldest
        return max(oldest, min(last, today) - _DAYS_A_PAGE * _DAY)

    def _told(self, since: datetime, today: datetime) -> Iterator[Told]:
        parse = parsing(Stream.RESOURCE_USE, _Answer, self._facts)
        while since < today:
            until = min(since + _DAYS_A_PAGE * _DAY, today)
            yield Told(self._ask(since, until), parse)
            since = until

    def _ask(self, since: datetime, until: datetime) -> Answer:
        labels = ",".join(f"label:{one}" for one in self._choice.labels)
        answer = self._client.get(
            _PATH,
            {
                "window": f"{since:%Y-%m-%dT%H:%M:%SZ},{until:%Y-%m-%dT%H:%M:%SZ}",
                "aggregate": f"{labels},namespace",
                "step": "1d",
                "accumulate": "false",
                "includeIdle": "true",
            },
        )
        if peek_json(answer.body, _Peek).code != 200:
            raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, "code")
        return answer

    def _visible(self) -> tuple[Seen, ...]:
        today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        days = peek_json(self._ask(today - _DAY, today).body, _Answer).data
        names = {self._subjects(name) for day in days for name in day or {}} - {()}
        return (Seen("models", str(len(names))),)

    def _facts(self, answer: _Answer) -> tuple[Fact, ...]:
        rows = [one for day in answer.data for one in (day or {}).values()]
        found: dict[tuple[str, str], list[Allocation]] = {}
        for row in sorted(rows, key=lambda one: one.window.start):
            for field in _FIELDS:
                if getattr(row, field) is not None:
                    found.setdefault((row.name, field), []).append(row)
        return tuple(self._series(name, field, some) for (name, field), some in found.items())

    def _series(self, name: str, field: str, rows: list[Allocation]) -> ObservedPoints:
        metric, resource, measure, unit = _FIELDS[field]
        by_day = {round(one.window.start.timestamp() * 1000): getattr(one, field) for one in rows}
        place = rows[-1].properties
        segment = [Pair("cluster", place.cluster)] if place.cluster else []
        if not self._subjects(name):
            segment.append(Pair("allocation", name))
        details = SeriesDetails(
            name=metric,
            subjects=self._subjects(name),
            path=f"allocation?window=7d&aggregate={quote(f'label:{self._choice.labels[0]}')}",
            labels=tuple(sorted((Pair("allocation", name), *segment[:1]), key=str)),
            metric=metric,
            kind=SeriesKind.RESOURCE,
            unit=unit or f"{self._choice.currency}/d",
            segment=tuple(sorted(segment, key=lambda one: one.name)),
            environment=place.namespace,
            interval=_SECONDS,
            resource=resource,
            measure=measure,
        )
        times = array("q", list(by_day))
        return ObservedPoints(f"{metric}:{name}", details, times, array("d", by_day.values()))

    def _subjects(self, name: str) -> tuple[Subject, ...]:
        """Return which model an allocation is of: ``credit-pd/3/ml``, in the order asked."""
        parts = name.split("/")
        if len(parts) <= len(self._choice.labels) or parts[0].startswith("__"):
            return ()
        version = parts[1] if len(self._choice.labels) > 1 else None
        return (Subject(parts[0], None if (version or "__").startswith("__") else version),)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> OpenCost:
    """Open the reader of a server; raises AppError ``source.days_unreadable`` and its kin."""
    told = connection.setting("labels", "model, model_version")
    labels = tuple(one.strip() for one in told.split(",") if one.strip())
    choice = Choice(labels, read_days(connection, 30), connection.setting("currency", "USD"))
    return OpenCost(open_client(connection, credentials, is_cancelled), choice)

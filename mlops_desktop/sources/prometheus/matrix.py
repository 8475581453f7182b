"""From matrices and vectors of Prometheus to series: values as given, what is no number a gap."""

import math
from array import array
from itertools import pairwise
from urllib.parse import quote

import msgspec

from mlops_desktop.core.events.series import Measure, Resource, SeriesDetails, SeriesKind
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.observations import Fact, ObservedPoints, Stream
from mlops_desktop.sources.prometheus.api import spelt
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.queries import Query
from mlops_desktop.sources.rest import Parse, failure_of

Sample = tuple[float, str]


class Row(msgspec.Struct):
    """One series of an answer: ``values`` of a matrix, or the one ``value`` of a vector.

    ``histograms`` stand where a query left native histograms as they are: no numbers.
    """

    metric: dict[str, str]
    values: list[Sample] = []
    value: Sample | None = None
    histograms: list[msgspec.Raw] = []


class _Data(msgspec.Struct):
    resultType: str  # noqa: N815 - Prometheus' own name
    result: list[Row]


class _Answer(msgspec.Struct):
    data: _Data


def read_rows(raw: bytes) -> list[Row]:
    """Return the series of an answer; raises HttpFault ``protocol``."""
    return peek_json(raw, _Answer).data.result


def has_histograms(raw: bytes) -> bool:
    """Whether an answer holds native histograms; raises HttpFault ``protocol``."""
    return b'"histograms"' in raw and any(row.histograms for row in read_rows(raw))


def number(told: str) -> float:
    """Return a value, which Prometheus writes as text; raises HttpFault for what is none."""
    try:
        return float(told)
    except ValueError as error:
        raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, "value") from error


def milliseconds(moment: float) -> int:
    """Return a moment as Prometheus writes it (seconds) in whole milliseconds."""
    if not math.isfinite(moment) or abs(moment) > 1e12:
        raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, "time")
    return round(moment * 1000)


def native_id(metric: str, labels: dict[str, str]) -> str:
    """Return a series' name as PromQL writes it, labels by name."""
    told = ", ".join(f'{name}="{labels[name]}"' for name in sorted(labels) if name != "__name__")
    return f"{metric}{{{told}}}"


def parsing_points(
    stream: Stream, query: Query, choice: Choice, models: tuple[Subject, ...]
) -> Parse:
    """Return how an answer to a query is read; ``models`` are meant where its labels say none."""

    def parse(raw: bytes) -> tuple[Fact, ...]:
        try:
            rows = read_rows(raw)
            return tuple(_points(row, query, choice, models) for row in rows if row.values)
        except HttpFault as fault:
            raise SourceFailure(failure_of(stream, fault)) from fault

    return parse


def _points(row: Row, query: Query, choice: Choice, models: tuple[Subject, ...]) -> ObservedPoints:
    labels = row.metric | ({"quantile": query.quantile} if query.quantile else {})
    # What is consumed counts in the step in which it is, which ends where Prometheus puts it.
    back = choice.step * 1000 if query.resource else 0
    times = array("q", [milliseconds(at) - back for at, _ in row.values])
    if any(after <= before for before, after in pairwise(times)):
        raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, "times do not rise")
    values = array("d", [number(told) for _, told in row.values])
    details = _details(labels, query, choice, models)
    return ObservedPoints(native_id(query.metric, labels), details, times, values)


def _details(
    labels: dict[str, str], query: Query, choice: Choice, models: tuple[Subject, ...]
) -> SeriesDetails:
    is_resource = query.kind is SeriesKind.RESOURCE
    place = labels.get("namespace") if is_resource else None
    shown = spelt(query.expression, choice.step)
    return SeriesDetails(
        name=query.metric,
        subjects=choice.subject_of(labels) or models,
        path=f"graph?g0.expr={quote(shown, safe='')}",
        labels=tuple(Pair(name, labels[name]) for name in sorted(labels)),
        metric=query.metric,
        kind=choice.kind_of(query.metric) or query.kind,
        unit=choice.unit_of(query.metric) or query.unit,
        segment=choice.rest_of(labels),
        environment=choice.environment_of(labels) or place,
        interval=choice.step,
        resource=Resource(query.resource) if query.resource else None,
        measure=Measure(query.measure) if query.measure else None,
    )

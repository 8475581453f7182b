"""Rows of measurements as points of series: one a metric, model, version and segment."""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from itertools import chain
from typing import TypeAlias

from mlops_desktop.core import clock
from mlops_desktop.core.events.series import Measure, Resource, SeriesDetails, SeriesKind
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.resources.names import measure_named, resource_named
from mlops_desktop.sources.observations import ObservedPoints
from mlops_desktop.sources.tabular.cells import read_time, read_value
from mlops_desktop.sources.tabular.mapping import Row, RowRefused, family, word

MOST_SERIES = 5_000
SubjectsOf: TypeAlias = Callable[[str | None, str | None], tuple[Subject, ...]]
_Of: TypeAlias = tuple[Resource | None, Measure | None]
_Key: TypeAlias = tuple[str, str, str, tuple[Pair, ...], str, str, str, _Of]
_PLACES = ("model", "version", "environment", "application")


class ManySeries(ValueError):
    """The rows tell of more series than are kept."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all rows: whom they mean unless they say it, their metric, unit and zone.

    ``stem`` goes before the ids of series; ``labels`` stand on each.
    """

    zone: tzinfo
    subjects: SubjectsOf
    metric: str
    unit: str = ""
    labels: tuple[Pair, ...] = ()
    stem: str = ""


def points_of(rows: Iterable[Row], frame: Frame) -> tuple[ObservedPoints, ...]:
    """Return the series of the rows; those without a value are left out.

    Raises RowRefused for a value or time that cannot be read, and ManySeries.
    """
    series: dict[_Key, dict[int, float]] = {}
    last: dict[_Key, tuple[int, Row]] = {}
    for row in rows:
        if row.get("value") in (None, ""):
            continue
        at, value = _point(row, frame)
        key = _key(row, frame)
        series.setdefault(key, {})[at] = value
        if key not in last or at >= last[key][0]:
            last[key] = at, row
        if len(series) > MOST_SERIES:
            raise ManySeries
    return tuple(_series(key, points, last[key][1], frame) for key, points in series.items())


def _point(row: Row, frame: Frame) -> tuple[int, float]:
    try:
        at = read_time(str(row["time"]), frame.zone)
        value = read_value(row["value"], row["language"])
    except (ValueError, OverflowError) as error:
        raise RowRefused(row["line"], str(error)[:40]) from None
    return clock.to_milliseconds(at.astimezone(UTC)), value


def _key(row: Row, frame: Frame) -> _Key:
    labels = tuple(Pair(name, told) for name, told in family(row, "segment."))
    unit = word(row, "unit") or frame.unit
    if not unit and isinstance(row["value"], str) and row["value"].endswith("%"):
        unit = "%"
    model, version, environment, application = (word(row, name) or "" for name in _PLACES)
    resource, measure = _resource(row), _measure(row)
    plain = f"{resource.value}_{(measure or Measure.USED).value}" if resource else frame.metric
    metric = word(row, "metric") or plain
    return metric, model, version, labels, unit, environment, application, (resource, measure)


def _resource(row: Row) -> Resource | None:
    told = word(row, "resource")
    found = resource_named(told) if told is not None else None
    if told is not None and found is None:
        raise RowRefused(row["line"], "no resource by this name")
    return found


def _measure(row: Row) -> Measure | None:
    told = word(row, "measure")
    found = measure_named(told) if told is not None else None
    if told is not None and found is None:
        raise RowRefused(row["line"], "no side of a resource by this name")
    return found


def _series(key: _Key, points: dict[int, float], last: Row, frame: Frame) -> ObservedPoints:
    metric, model, version, segment, unit, environment, application, of = key
    resource, measure = of
    told = (
        *zip(_PLACES, (model, version, environment, application), strict=True),
        ("resource", resource),
        ("measure", measure),
        ("unit", unit if resource is not None else ""),
    )
    named = (Pair(name, value) for name, value in told if value)
    id = ",".join(f"{one.name}={one.value}" for one in chain(named, segment))
    # nothing of where a row stood: the next file or query goes on with the same series
    details = SeriesDetails(
        name=metric,
        subjects=frame.subjects(model or None, version or None),
        labels=frame.labels,
        metric=metric,
        unit=unit or None,
        segment=segment,
        environment=environment or None,
        application=application or None,
        warning=word(last, "warning") or None,
        intervention=word(last, "intervention") or None,
        verdict=word(last, "verdict") or None,
        kind=SeriesKind.RESOURCE if resource is not None else None,
        resource=resource,
        measure=measure,
    )
    times = sorted(points)
    values = array("d", [points[at] for at in times])
    return ObservedPoints(f"{frame.stem}{metric}{{{id}}}", details, array("q", times), values)

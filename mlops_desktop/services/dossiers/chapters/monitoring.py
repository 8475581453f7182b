"""Monitoring: what was measured, against which thresholds as they held, and what was not."""

import math
from collections.abc import Iterator, Mapping

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.core.monitoring import MetricState, ThresholdVersion
from mlops_desktop.dossier.content import (
    Axis,
    Cell,
    Chapter,
    Field,
    Grid,
    Kind,
    Limit,
    Missing,
    Part,
    Point,
    Reason,
    Series,
    Served,
    Value,
)
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.measured import bounds_cells, name_of, value_cell
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.monitoring.detail import (
    MetricSheet,
    ModelMonitoring,
    read_monitoring,
)
from mlops_desktop.services.monitoring.rows import GoalStand, MetricRow
from mlops_desktop.services.monitoring.runs import shortest
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 36
_MOST_POINTS = 120
_MOST_SERVED = 8
_FEWEST = 2
_VALUES = ("measured", "measured_value", "threshold_state", "warning", "intervention")
_THRESHOLDS = (
    "threshold_metric",
    *("warning", "intervention"),
    *("threshold_from", "threshold_by", "threshold_why"),
)


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return a part for each metric, the worst first, and one for the thresholds' history."""
    found = read_monitoring(view, sheet.row.key, as_of=as_of, most=_MOST_POINTS)
    parts = [_part(one) for one in found.metrics]
    if found.thresholds:
        units = {(one.row.metric, one.row.segment): one.row.unit for one in found.metrics}
        rows = tuple(_threshold(sheet, one, units) for one in found.thresholds)
        parts.append(Part("thresholds", grid=Grid(_THRESHOLDS, rows)))
    if not parts:
        return Chapter("monitoring", Missing(Reason.NOT_MEASURED))
    return Chapter("monitoring", (*_lead(found), *parts))


def _lead(found: ModelMonitoring) -> Iterator[Part]:
    since = found.unmeasured_since
    if since is not None:
        name = "never_measured" if found.is_never else "unmeasured_since"
        yield Part("unmeasured", fields=(Field(name, cells.day(since.date())),))


def _part(one: MetricSheet) -> Part:
    row = one.row
    label = name_of(row)
    drawn = sum(not math.isnan(value) for value in one.measured.values)
    charts = (_series(one, label),) if drawn >= _FEWEST else ()
    values = tuple(_values(one))
    grid = Grid(_VALUES, values) if values else None
    fields = (*_fields(row), *_printed(one, len(values)))
    return Part("metric", label, fields, grid, charts=charts)


def _printed(one: MetricSheet, printed: int) -> Iterator[Field]:
    """Yield how many measurements there are, where not all of them are printed."""
    if one.latest.total > printed:
        yield Field("metric_total", cells.count(one.latest.total))
        yield Field("metric_printed", cells.count(printed))


def _fields(row: MetricRow) -> Iterator[Field]:
    yield Field("metric_state", cells.code(f"metric.{row.state.value}"))
    if row.since is not None:
        yield Field("metric_since", cells.day(row.since.date()))
    yield Field("metric_value", value_cell(row.value, row.unit))
    yield Field("metric_measured", cells.day(row.at.date() if row.at else None))
    yield from _bounds(row.bounds, row.unit)
    if row.goal is not None:
        yield Field("metric_goal", _goal(row.goal, row.unit))
    for name in ("application", "source_warning", "source_intervention", "source_verdict"):
        if told := getattr(row, name):
            yield Field(f"metric_{name}", cells.text(told))
    if row.source:
        yield Field("metric_source", cells.text(row.source))


def _goal(goal: GoalStand, unit: str) -> Cell:
    side = "at_least" if goal.bounds.side is Side.BELOW else "at_most"
    found = [Value(Kind.TEXT, f"{goal.number} {goal.kpi}"), Value(Kind.CODE, f"goal.{side}")]
    target = goal.bounds.intervention
    if target is not None:
        found += [Value(Kind.EXACT, target), *([Value(Kind.TEXT, unit)] if unit else [])]
    return tuple(found)


def _bounds(bounds: Bounds | None, unit: str) -> Iterator[Field]:
    """Yield the side on which a value is out of bounds, and both thresholds."""
    if bounds is None:
        yield Field("metric_threshold", cells.NONE)
        return
    warning, intervention = bounds_cells(bounds, unit)
    yield Field("metric_threshold", cells.code(f"threshold.{bounds.side.value}"))
    yield Field("metric_warning", warning)
    yield Field("metric_intervention", intervention)


def _values(one: MetricSheet) -> Iterator[tuple[Cell, ...]]:
    """Yield the last measurements, the newest first, with what they came to then."""
    pairs, unit = list(zip(one.latest.times, one.latest.values, strict=True)), one.row.unit
    for at, value in reversed(pairs):
        judged = one.judged_at(at)
        level = judged[0].value if judged is not None else MetricState.UNJUDGED.value
        yield (
            cells.day(at.date()),
            value_cell(shortest(value), unit),
            cells.code(f"metric.{level}"),
            *bounds_cells(judged[1] if judged is not None else None, unit),
        )


def _series(one: MetricSheet, label: str) -> Series:
    pairs = zip(one.measured.times, one.measured.values, strict=True)
    points = tuple(
        Point(None, at, Missing(Reason.NOT_MEASURED) if math.isnan(value) else shortest(value))
        for at, value in pairs
    )
    limits = tuple(
        Limit(
            step.since, step.bounds.warning, step.bounds.intervention,
            step.bounds.warning_high, step.bounds.intervention_high,
        )
        if step.bounds is not None
        else Limit(step.since)
        for step in one.steps
    )  # fmt: skip
    return Series(
        label, Axis.TIME, points, limits=limits, served=_served(one), measured_in=one.row.unit
    )


def _served(one: MetricSheet) -> tuple[Served, ...]:
    """Return the versions that began to serve while it was measured, the last of many."""
    times = one.measured.times
    inside = [told for told in one.served if times and times[0] <= told.at <= times[-1]]
    return tuple(Served(told.at, told.version) for told in inside[-_MOST_SERVED:])


def _threshold(
    sheet: ModelSheet, one: ThresholdVersion, units: Mapping[tuple[str, str], str]
) -> tuple[Cell, ...]:
    name = f"{one.metric} ({one.segment})" if one.segment else one.metric
    return (
        cells.text(name),
        *(
            bounds_cells(one.bounds, units.get((one.metric, one.segment), ""))
            if one.bounds is not None
            else (cells.code("threshold.ended"),) * 2
        ),
        cells.day(one.since.date()),
        cells.person(sheet.names, one.person),
        cells.text(one.reason) if one.reason else Missing(Reason.NOT_RECORDED),
    )

"""The tables below a metric's chart: its values, the thresholds as they held, its breaches."""

import math
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core.events.thresholds import Bounds, Level
from mlops_desktop.core.monitoring import metric_key
from mlops_desktop.services.monitoring.detail import MetricSheet, ModelMonitoring
from mlops_desktop.services.monitoring.listing import BreachRow
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.monitoring.said import (
    breach_status,
    level_status,
    say_bounds,
    say_breach,
    say_day,
    say_value,
)
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.chips import Status


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A measurement and what it came to; without ``value`` a gap."""

    id: str
    at: datetime
    value: str | None
    level: Level | None
    bounds: Bounds | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class BoundLine:
    """A threshold from when it held; without ``bounds`` it ended then."""

    id: str
    since: datetime
    bounds: Bounds | None
    person: str
    reason: str
    unit: str = ""


def value_lines(sheet: MetricSheet | None) -> tuple[ValueLine, ...]:
    """Return the measurements, the newest first, with the verdicts that are on record."""
    if sheet is None:
        return ()
    verdicts = {one.at: one for one in sheet.verdicts}
    lines = []
    for at, value in zip(sheet.measured.times, sheet.measured.values, strict=True):
        verdict = verdicts.get(at)
        text = None if math.isnan(value) else f"{value:.12g}"
        level = verdict.level if verdict else None
        bounds = verdict.bounds if verdict else None
        lines.append(ValueLine(at.isoformat(), at, text, level, bounds, sheet.row.unit))
    return tuple(reversed(lines))


def bound_lines(
    row: MetricRow, found: ModelMonitoring, names: dict[str, str]
) -> tuple[BoundLine, ...]:
    """Return the versions of the thresholds that concern a metric, the newest first."""
    mine = [
        one
        for one in found.thresholds
        if metric_key(one.metric) == metric_key(row.metric) and one.segment in ("", row.segment)
    ]
    return tuple(
        BoundLine(
            str(one.position), one.since, one.bounds,
            names.get(one.person, one.person), one.reason or "", row.unit,
        )
        for one in sorted(mine, key=lambda v: (v.since, v.position), reverse=True)
    )  # fmt: skip


def value_columns(context: Context) -> tuple[Column[ValueLine], ...]:
    """Return the columns of measurements."""
    unmeasured = context.say("charts.unmeasured")

    def value(line: ValueLine) -> str:
        return say_value(context, line.value, line.unit) if line.value is not None else unmeasured

    def level(line: ValueLine) -> Status | None:
        return level_status(context, line.level) if line.level is not None else None

    def bounds(line: ValueLine) -> str:
        return say_bounds(context, line.bounds, line.unit) if line.bounds is not None else ""

    return (
        Column("at", "monitoring.field.measured", lambda line: say_day(context, line.at), 12,
               sortable=False),
        Column("value", "monitoring.field.value", value, 12, numeric=True, sortable=False),
        Column("level", "monitoring.field.state", lambda line: "", 20, status=level,
               sortable=False),
        Column("bounds", "monitoring.field.threshold_then", bounds, 22, flexible=True,
               sortable=False),
    )  # fmt: skip


def bound_columns(context: Context) -> tuple[Column[BoundLine], ...]:
    """Return the columns of thresholds."""
    ended = context.say("monitoring.ended")

    def bounds(line: BoundLine) -> str:
        return say_bounds(context, line.bounds, line.unit) if line.bounds is not None else ended

    return (
        Column("since", "monitoring.field.threshold_from",
               lambda line: say_day(context, line.since), 12, sortable=False),
        Column("bounds", "monitoring.field.threshold", bounds, 22, strong=True, sortable=False),
        Column("by", "item.field.by", lambda line: line.person, 18, sortable=False),
        Column("reason", "item.field.reason", lambda line: line.reason, 24, flexible=True,
               sortable=False, optional=True),
    )  # fmt: skip


def breach_columns(context: Context) -> tuple[Column[BreachRow], ...]:
    """Return the columns of breaches."""
    day = context.language.date

    def until(row: BreachRow) -> str:
        return day(row.cleared) if row.cleared is not None else ""

    return (
        Column("number", "item.field.number", lambda row: row.number, 9, muted=True,
               sortable=False),
        Column("what", "item.breach.field.value", lambda row: say_breach(context, row), 26,
               strong=True, whole=True, sortable=False),
        Column("since", "monitoring.field.since", lambda row: day(row.since), 18, sortable=False,
               key=True),
        Column("until", "monitoring.field.until", until, 12, sortable=False,
               optional=True),
        Column("state", "item.field.state", lambda row: row.stage, 20,
               status=lambda row: breach_status(context, row), sortable=False, key=True),
        Column("plan", "item.breach.field.resolution", lambda row: row.plan, 24, flexible=True,
               sortable=False),
    )  # fmt: skip

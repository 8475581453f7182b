"""A metric over time as a chart: what it came to, what held, what served, what is missing."""

from datetime import datetime
from typing import TYPE_CHECKING

from mlops_desktop.core.events.thresholds import Bounds
from mlops_desktop.core.timeline import Bound, Happening, Line, Timeline
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.monitoring.said import say_metric

if TYPE_CHECKING:
    from mlops_desktop.services.monitoring.detail import BoundStep, MetricSheet

_LIMITS = (
    ("warning", "warn"),
    ("intervention", "bad"),
    ("warning_high", "warn"),
    ("intervention_high", "bad"),
)
_MOST_HAPPENINGS = 8


def timeline_of(context: Context, sheet: "MetricSheet") -> Timeline:
    """Return what the chart of a metric shows."""
    measured, row = sheet.measured, sheet.row
    bounds = [
        Bound(context.say(f"item.breach.field.{name}"), steps, tone)
        for name, tone in _LIMITS
        if (steps := _steps(sheet.steps, name))
    ]
    if row.goal is not None and row.goal.bounds.intervention and measured.times:
        target = float(row.goal.bounds.intervention)
        bounds.append(Bound(context.say("monitoring.target"), ((measured.times[0], target),)))
    return Timeline(
        (Line(say_metric(context, row), measured.times, measured.values),),
        unit=row.unit,
        bounds=tuple(bounds),
        happenings=_happenings(context, sheet),
        unmeasured=sheet.gaps,
    )


def _steps(steps: "tuple[BoundStep, ...]", name: str) -> tuple[tuple[datetime, float], ...]:
    """Return from when which value held; where none did, there is a gap in the line."""
    found = [(one.since, _limit(one.bounds, name)) for one in steps]
    if all(value is None for _, value in found):
        return ()
    return tuple((at, float("nan") if value is None else value) for at, value in found)


def _limit(bounds: Bounds | None, name: str) -> float | None:
    text = getattr(bounds, name) if bounds is not None else None
    return float(text) if text is not None else None


def _happenings(context: Context, sheet: "MetricSheet") -> tuple[Happening, ...]:
    times = sheet.measured.times
    if not times:
        return ()
    inside = [one for one in sheet.served if times[0] <= one.at]
    return tuple(
        Happening(one.at, context.say("monitoring.version", version=one.version))
        for one in inside[-_MOST_HAPPENINGS:]
    )

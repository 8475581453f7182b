"""Forecasts of resources, and what training used, as documents and as text."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document
from mlops_desktop.cli.text import section, table
from mlops_desktop.core.resources.forecast import AHEAD, LEAST

if TYPE_CHECKING:
    from mlops_desktop.services.resources.outlook import Outlook
    from mlops_desktop.services.resources.training import TrainingUse

_DIGITS = 9


def outlook_document(one: "Outlook") -> Document:
    """Return a forecast with its method and its range; null where there is not enough data."""
    ahead, line = one.ahead, one.forecast
    return {
        "id": f"{one.group}/{one.resource.value}/{one.unit}",
        "group": one.group,
        "resource": one.resource.value,
        "unit": one.unit or None,
        "method": "least squares on weekly medians, 90 % prediction interval",
        "weeks": one.weeks,
        "is_enough": line is not None,
        "change_a_week": round(line.slope, _DIGITS) if line is not None else None,
        "weeks_ahead": AHEAD,
        "expected": round(ahead.value, _DIGITS) if ahead is not None else None,
        "low": round(ahead.low, _DIGITS) if ahead is not None else None,
        "high": round(ahead.high, _DIGITS) if ahead is not None else None,
        "capacity": one.capacity,
        "used_up": one.used_up.isoformat() if one.used_up else None,
        "used_up_earliest": one.earliest.isoformat() if one.earliest else None,
    }


def outlook_text(found: "tuple[Outlook, ...]") -> str:
    """Return the forecasts as a section; nothing where nothing is measured."""
    rows = [
        (one.group, one.resource.value, one.unit, one.weeks, *_ahead(one),
         "" if one.capacity is None else f"{one.capacity:.4g}", one.used_up, one.earliest)
        for one in found
    ]  # fmt: skip
    heads = ("GROUP", "RESOURCE", "UNIT", "WEEKS", f"IN {AHEAD} WEEKS", "90 %", "CAPACITY",
             "USED UP", "AT THE EARLIEST")  # fmt: skip
    return section("Forecast: line through weekly medians", table(heads, rows)) if rows else ""


def _ahead(one: "Outlook") -> tuple[str, str]:
    if one.ahead is None:
        return f"not enough data: {LEAST} weeks needed", ""
    return f"{one.ahead.value:.4g}", f"{one.ahead.low:.4g} to {one.ahead.high:.4g}"


def training_document(one: "TrainingUse") -> Document:
    """Return one measurement of a training run."""
    return {
        "id": f"{one.run}/{one.metric}",
        "run": one.run,
        "run_name": one.run_name,
        "version": one.version or None,
        "metric": one.metric,
        "unit": one.unit or None,
        "average": round(one.average, _DIGITS),
        "peak": round(one.peak, _DIGITS),
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "points": one.points,
        "source": one.source,
    }


def training_text(found: "tuple[TrainingUse, ...]") -> str:
    """Return what training used as a section; nothing where no run measured its machine."""
    rows = [
        (one.run_name or one.run, one.version, one.metric, f"{one.average:.4g}", f"{one.peak:.4g}",
         f"{one.first:%Y-%m-%d %H:%M}")
        for one in found
    ]  # fmt: skip
    heads = ("RUN", "VERSION", "MEASUREMENT", "AVERAGE", "PEAK", "FROM")
    return section("Used in training", table(heads, rows)) if rows else ""

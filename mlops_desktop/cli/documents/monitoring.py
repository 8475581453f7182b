"""What is measured, as documents and as text."""

import math
from datetime import datetime
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer, Document, Json
from mlops_desktop.cli.documents.values import moment, number, or_none
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core import clock
from mlops_desktop.core.cells import Cell, Code, Day, Figure, Said

if TYPE_CHECKING:
    from mlops_desktop.core.events.thresholds import Bounds
    from mlops_desktop.core.monitoring import ThresholdVersion
    from mlops_desktop.services.monitoring.detail import Alert, MetricSheet, ModelMonitoring
    from mlops_desktop.services.monitoring.rows import MetricRow

_HEADS = (
    "MODEL", "METRIC", "SEGMENT", "VALUE", "UNIT", "MEASURED", "STATE", "SINCE", "THRESHOLD",
    "SOURCE",
)  # fmt: skip
_MOST_SHOWN = 12


def bounds_document(bounds: "Bounds | None", since: datetime | None) -> Json:
    """Return bounds with the day from which they hold; null without any."""
    if bounds is None:
        return None
    return {
        "direction": bounds.side.value,
        "warning": bounds.warning,
        "intervention": bounds.intervention,
        "warning_high": bounds.warning_high,
        "intervention_high": bounds.intervention_high,
        "unit": bounds.unit,
        "interval_days": bounds.interval_days,
        "valid_from": moment(since),
    }


def metric_document(row: "MetricRow") -> Document:
    """Return a metric as lists show it."""
    return {
        "id": row.id,
        "model": row.model,
        "model_name": row.model_name,
        "metric": or_none(row.metric),
        "segment": or_none(row.segment),
        "source": or_none(row.source),
        "series": or_none(row.series),
        "kind": row.kind.value if row.kind else None,
        "unit": or_none(row.unit),
        "environment": or_none(row.environment),
        "version": or_none(row.version),
        "application": or_none(row.application),
        "value": number(row.value) if row.value is not None else None,
        "measured_at": moment(row.at),
        "state": row.state.value,
        "since": moment(row.since),
        "unmeasured_since": moment(row.since) if row.state.value == "unmeasured" else None,
        "threshold": bounds_document(row.bounds, row.bounds_since),
        "goal": _goal(row),
        "source_warning": or_none(row.source_warning),
        "source_intervention": or_none(row.source_intervention),
        "source_verdict": or_none(row.source_verdict),
    }


def _goal(row: "MetricRow") -> Json:
    if row.goal is None:
        return None
    level = row.goal.level
    return {
        "use_case": row.goal.number,
        "kpi": row.goal.kpi,
        "direction": "at_least" if row.goal.bounds.side.value == "below" else "at_most",
        "target": row.goal.bounds.intervention,
        "unit": row.goal.bounds.unit,
        "met": level.value != "red" if level is not None else None,
    }


def metrics_answer(rows: "tuple[MetricRow, ...]") -> Answer:
    """Return a list of metrics in both forms."""
    return Answer([metric_document(row) for row in rows], table(_HEADS, map(_cells, rows)))


def _cells(row: "MetricRow") -> tuple[Cell, ...]:
    return (
        row.model, row.metric or "-", row.segment, Figure(row.value or ""), row.unit,
        Day(_day(row.at)), said_state(row), Day(_day(row.since)), Figure(_limits(row.bounds)),
        row.source,
    )  # fmt: skip


def said_state(row: "MetricRow") -> Cell:
    """Return how a metric stands, in words."""
    if row.state.value != "unmeasured":
        return Code(row.state.value.replace("_", " "), ("monitoring.state",))
    since = {"day": Day(_day(row.since))}
    if row.at is not None:
        return Said(f"unmeasured since {since['day']}", "list_columns.said.unmeasured", since)
    if row.since is None:
        return Said("never measured", "list_columns.said.never_measured")
    told = f"never measured, in use since {since['day']}"
    return Said(told, "list_columns.said.never_measured_in_use", since)


def _limits(bounds: "Bounds | None") -> str:
    from mlops_desktop.services.monitoring.limits import limits_text

    return limits_text(bounds) if bounds is not None else ""


def _day(at: datetime | None) -> str:
    return clock.to_text(at)[:10] if at is not None else ""


def monitoring_answer(found: "ModelMonitoring") -> Answer:
    """Return what is measured about a model in both forms."""
    since = found.unmeasured_since
    document: Document = {
        "id": found.model.id,
        "name": found.model.name,
        "unmeasured_since": moment(since),
        "never_measured": found.is_never,
        "metrics": [_sheet(one) for one in found.metrics],
        "thresholds": [threshold_document(one, found.model.id) for one in found.thresholds],
        "breaches": [
            {
                "id": one.number,
                "metric": one.details.metric,
                "value": one.details.value,
                "threshold": one.limit,
                "since": one.since.isoformat(),
                "state": one.stage,
                "plan": or_none(one.plan),
            }
            for one in found.breaches
        ],
        "alerts": [_alert(one) for one in found.alerts],
    }
    return Answer(document, _text(found))


def _text(found: "ModelMonitoring") -> str:
    since = found.unmeasured_since
    if found.is_never:
        measured = f"never measured, in use since {_day(since)}" if since else "never measured"
    else:
        measured = f"unmeasured since {_day(since)}" if since else ""
    told = pairs([("ID", found.model.id), ("Name", found.model.name), ("Measured", measured)])
    rows = [_cells(one.row)[1:] for one in found.metrics]
    if rows:
        told += section("Metrics", table(_HEADS[1:], rows))
    for one in found.metrics:
        told += section(_title(one), _points_text(one))
    alerts = [
        (a.name, a.state, a.severity, a.value, a.threshold, _day(a.started), a.source)
        for a in found.alerts
    ]
    if alerts:
        heads = ("ALERT", "STATE", "SEVERITY", "VALUE", "THRESHOLD", "SINCE", "SOURCE")
        told += section("Alerts as their source gave them", table(heads, alerts))
    return told


def _title(one: "MetricSheet") -> str:
    segment = one.row.segment and f"({one.row.segment})"
    source = one.row.source and f"from {one.row.source}"
    return " ".join(part for part in (one.row.metric, segment, source) if part)


def _points_text(one: "MetricSheet") -> str:
    found = list(zip(one.measured.times, one.measured.values, strict=True))
    shown = [(_day(at), _said(value)) for at, value in found[-_MOST_SHOWN:]]
    left = one.measured.total - sum(not math.isnan(value) for _, value in found[-_MOST_SHOWN:])
    if left > 0:
        shown.insert(0, ("…", f"{left} earlier ones, all of them with --json"))
    return table(("MEASURED", "VALUE"), shown)


def _said(value: float) -> str:
    return "not measured" if math.isnan(value) else repr(value)


def _sheet(one: "MetricSheet") -> Document:
    found = zip(one.measured.times, one.measured.values, strict=True)
    return {
        **metric_document(one.row),
        "points": [
            {"at": clock.to_text(at), "value": None if math.isnan(value) else value}
            for at, value in found
        ],
        "points_total": one.measured.total,
        "gaps": [
            {"from": clock.to_text(start), "to": clock.to_text(end)} for start, end in one.gaps
        ],
        "evaluations": [
            {
                "at": clock.to_text(verdict.at),
                "value": verdict.value,
                "level": verdict.level.value,
                "threshold": bounds_document(verdict.bounds, verdict.since),
            }
            for verdict in one.verdicts
        ],
    }


def _alert(one: "Alert") -> Document:
    return {
        "id": one.id,
        "name": one.name,
        "source": one.source,
        "state": or_none(one.state),
        "metric": or_none(one.metric),
        "severity": or_none(one.severity),
        "value": or_none(one.value),
        "threshold": or_none(one.threshold),
        "started": moment(one.started),
        "ended": moment(one.ended),
    }


def threshold_document(one: "ThresholdVersion", model: str, person: str | None = None) -> Document:
    """Return a version of a threshold; ``ended`` says that none holds from then on."""
    return {
        "id": one.threshold,
        "model": model,
        "metric": one.metric,
        "segment": or_none(one.segment),
        "bounds": bounds_document(one.bounds, one.since),
        "valid_from": moment(one.since),
        "ended": one.bounds is None,
        "recorded_at": moment(one.at),
        "by": person or one.person,
        "reason": one.reason,
    }

"""A metric's facts: what it is, what holds, what its source says, what it is for."""

from mlops_desktop.services.monitoring.detail import ModelMonitoring
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.monitoring.said import (
    say_bounds,
    say_day,
    say_goal,
    say_state,
    say_value,
)
from mlops_desktop.ui.widgets.sections import Fact


def facts_of(context: Context, row: MetricRow, found: ModelMonitoring) -> tuple[Fact, ...]:
    """Return every fact there is about a metric, and what its source's own alerts say."""
    days = str(round(row.interval.total_seconds() / 86_400)) if row.interval else ""
    told = {
        "state": say_state(context, row),
        "value": say_value(context, row.value, row.unit),
        "measured": say_day(context, row.at),
        "threshold": say_bounds(context, row.bounds, row.unit),
        "threshold_from": say_day(context, row.bounds_since),
        "goal": say_goal(context, row.goal),
        "interval": context.say("monitoring.every", days=days) if days not in ("", "0") else "",
        "version": row.version,
        "environment": row.environment,
        "application": row.application,
        "source": row.source,
        "source_warning": say_value(context, row.source_warning or None),
        "source_intervention": say_value(context, row.source_intervention or None),
        "verdict": row.source_verdict,
    }
    facts = [Fact(_name(context, name), value) for name, value in told.items() if value]
    for alert in found.alerts:
        if alert.metric and alert.metric.casefold() != row.metric.casefold():
            continue
        state = context.say(f"monitoring.alert.{alert.state}") if alert.state else ""
        since = say_day(context, alert.started)
        parts = (state, alert.severity, alert.threshold, since, alert.source)
        facts.append(
            Fact(f"{_name(context, 'alert')}: {alert.name}", " · ".join(p for p in parts if p))
        )
    return tuple(facts)


def _name(context: Context, field: str) -> str:
    return context.say(f"monitoring.field.{field}")

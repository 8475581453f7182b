"""The list of metrics: its columns and what the filter line knows."""

from typing import TYPE_CHECKING

from mlops_desktop.services.monitoring.filtering import metric_filter_keys
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.monitoring.said import (
    say_bounds,
    say_day,
    say_goal,
    say_metric,
    say_value,
    state_in_brief,
)
from mlops_desktop.ui.table import Column, EmptyText, ListSpec

if TYPE_CHECKING:
    from mlops_desktop.services.monitoring.rows import MetricRow


def metric_columns(context: Context) -> "tuple[Column[MetricRow], ...]":
    """Return every column a list of metrics can have."""
    return (*_naming(context), *_standing(context), *_origin(context))


def _naming(context: Context) -> "tuple[Column[MetricRow], ...]":
    return (
        Column(
            "model",
            "monitoring.field.model",
            lambda row: row.model,
            width=9,
            muted=True,
            whole=True,
            key=True,
        ),
        Column(
            "metric",
            "monitoring.field.metric",
            lambda row: say_metric(context, row),
            width=26,
            strong=True,
            flexible=True,
        ),
        Column(
            "state",
            "monitoring.field.state",
            lambda row: state_in_brief(context, row).word,
            width=16,
            status=lambda row: state_in_brief(context, row),
            key=True,
        ),
    )


def _standing(context: Context) -> "tuple[Column[MetricRow], ...]":
    return (
        Column("since", "monitoring.field.state_since", lambda row: say_day(context, row.since),
               width=12, whole=True),
        Column("value", "monitoring.field.value",
               lambda row: say_value(context, row.value, row.unit),
               width=11, numeric=True, key=True),
        Column(
            "bounds", "monitoring.field.threshold",
            lambda row: say_bounds(context, row.bounds, row.unit),
            width=18, sortable=False,
        ),
        Column("name", "monitoring.field.name", lambda row: row.model_name, width=24),
        Column("at", "monitoring.field.measured", lambda row: say_day(context, row.at), width=12,
               whole=True, key=True),
    )  # fmt: skip


def _origin(context: Context) -> "tuple[Column[MetricRow], ...]":
    return (
        Column(
            "goal", "monitoring.field.goal", lambda row: say_goal(context, row.goal),
            width=24, sortable=False, shown=False,
        ),
        Column(
            "application", "monitoring.field.application", lambda row: row.application,
            width=16, shown=False,
        ),
        Column(
            "verdict", "monitoring.field.verdict", lambda row: row.source_verdict,
            width=14, sortable=False, shown=False,
        ),
        Column("source", "monitoring.field.source", lambda row: row.source, 14, shown=False),
    )  # fmt: skip


LIST = ListSpec(
    "metrics",
    "monitoring.title.page",
    metric_columns,
    EmptyText("monitoring.empty", "monitoring.threshold", "monitoring"),
    metric_filter_keys(),
    ("monitoring.threshold", "monitoring.plan", "monitoring.acknowledge", "", "monitoring.model"),
)

"""The summary: the verdict in words, and what it rests on, each line with its page.

SR 11-7 VI (reports to the board), SS1/23 P2.3, MaRisk AT 4.3.5: the state of a model at a glance.
"""

from collections.abc import Iterator
from datetime import date

import mlops_desktop.store.queries.approvals as approval_queries
import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.inventory import Monitoring
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.monitoring import MetricState
from mlops_desktop.dossier.content import Cell, Chapter, Field, Grid, Kind, Missing, Part, Value
from mlops_desktop.dossier.content import Reason as Gap
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.due_next import find_due
from mlops_desktop.services.dossiers.items import label_of
from mlops_desktop.services.dossiers.standing import approval_of, verdict_values
from mlops_desktop.services.dossiers.summary_rows import (
    condition_rows,
    day_cell,
    due_row,
    finding_rows,
    limit_rows,
    metric_row,
)
from mlops_desktop.services.dossiers.verdicts import (
    last_validation,
    light_of,
    read_verdict,
    serving,
)
from mlops_desktop.services.items import ItemSheet
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.monitoring.reading import read_metrics
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.permissions import list_permissions
from mlops_desktop.store.queries.versions import VersionRow
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 2
_STANDING = ("summary_what", "summary_is", "page")
_METRICS = ("threshold_metric", "measured_value", "warning", "intervention", "threshold_state")
_FINDINGS = ("summary_severity", "summary_open", "summary_overdue", "page")
_CONDITIONS = ("summary_request", "condition_text", "condition_due", "condition_state", "page")
_LIMITS = ("kind", "summary_item", "state", "summary_until", "page")
_NEXT = ("summary_on", "summary_what", "summary_item", "page")
_MOST_METRICS, _MOST_DUE = 12, 15


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return the verdict, the standing, metrics, findings, conditions, exceptions, what is next."""
    key = sheet.row.key
    requests = approval_queries.list_requests(view.connection, model=key, as_of=as_of)
    items = queries.list_items(view.connection, ItemFilter(models=(key,), as_of=as_of))
    metrics = [row for row in read_metrics(view, key, as_of) if row.metric]
    shown = map(metric_row, metrics[:_MOST_METRICS])
    verdict = read_verdict(sheet, requests, items)
    permissions = list_permissions(view.connection, key, as_of)
    due = find_due(sheet, requests, permissions, items, as_of.day)
    said = (
        Field("verdict", verdict_values(verdict, sheet.row.approved_until)),
        Field("verdict_means", cells.code(f"verdict_means.{verdict}")),
    )
    return Chapter(
        "summary",
        (
            Part("summary_verdict", fields=said),
            Part("summary_standing", grid=_standing(view, sheet, requests, metrics, as_of)),
            _listed("summary_metrics", (*_METRICS, "page"), shown),
            _listed("summary_findings", _FINDINGS, finding_rows(items)),
            _listed("summary_conditions", _CONDITIONS, condition_rows(requests, as_of)),
            _listed("summary_limits", _LIMITS, limit_rows(items)),
            _listed("summary_next", _NEXT, (due_row(one, as_of.day) for one in due[:_MOST_DUE])),
        ),
    )


def _listed(name: str, columns: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> Part:
    found = tuple(rows)
    if found:
        return Part(name, grid=Grid(columns, found))
    gap = Missing(Gap.NOT_MEASURED) if name == "summary_metrics" else cells.NONE
    return Part(name, fields=(Field(name, gap),))


def _standing(
    view: ReadSession,
    sheet: ModelSheet,
    requests: tuple[RequestRow, ...],
    metrics: list[MetricRow],
    as_of: AsOf,
) -> Grid:
    rows = (
        ("state", cells.code(sheet.row.state.value), "inventory"),
        ("tier", cells.count(sheet.row.tier) if sheet.row.tier else _UNKNOWN, "tiering"),
        ("approval", approval_of(sheet, requests), "approvals"),
        ("version", _versions(sheet), "deployments"),
        ("last_review", _validated(view, sheet, as_of), "validations"),
        (
            "monitoring_status",
            _monitored(metrics, sheet.state.details.monitoring_status),
            "monitoring",
        ),
        ("next_review", _next_review(sheet, as_of), "validations"),
    )
    made = (
        (cells.code(f"standing.{what}"), found, cells.page(section))
        for what, found, section in rows
    )
    return Grid(_STANDING, tuple(made))


_UNKNOWN = Missing(Gap.NOT_RECORDED)


def _versions(sheet: ModelSheet) -> Cell:
    """Return what serves: a registry's number, and beside it what the bank calls that version."""
    called = {row.details.version: _release(row) for row in sheet.versions}
    told = dict.fromkeys(f"{one.label}{called.get(one.label, '')}" for one in serving(sheet))
    return tuple(Value(Kind.TEXT, label) for label in told) or cells.NONE


def _release(row: VersionRow) -> str:
    own = {pair.name: pair.value for pair in row.details.tags}.get("release", "")
    return f" ({own})" if own.removeprefix("v") not in ("", row.details.version) else ""


def _next_review(sheet: ModelSheet, as_of: AsOf) -> Cell:
    is_retired = sheet.row.state is State.RETIRED
    return cells.NONE if is_retired else day_cell(sheet.row.next_review, as_of.day)


def _validated(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Cell:
    """Return the last validation on record, and a later day that only the inventory tells."""
    last, recorded = last_validation(view, sheet.row.key, as_of), sheet.state.details.last_review
    known = _on_record(view, sheet, last, as_of) if last is not None else ()
    if recorded is None or (last is not None and recorded <= _day_of(last)):
        return known or cells.NONE
    told = "validated_as_recorded" if last is None else "validated_later"
    return (*known, Value(Kind.CODE, told), Value(Kind.DATE, recorded.isoformat()))


def _day_of(last: ItemSheet) -> date:
    return last.row.closed or last.row.opened


def _on_record(
    view: ReadSession, sheet: ModelSheet, last: ItemSheet, as_of: AsOf
) -> tuple[Value, ...]:
    light = light_of(view, last, sheet.row.key, as_of)
    said = f"validation.choice.{light}" if light is not None else "not_judged"
    return (
        Value(Kind.BILINGUAL, label_of(last.row)),
        Value(Kind.DATE, _day_of(last).isoformat()),
        Value(Kind.CODE, said),
    )


_OTHERWISE = {
    MetricState.RED: Monitoring.BREACHED,
    MetricState.GOAL_MISSED: Monitoring.BREACHED,
    MetricState.AMBER: Monitoring.WARNING,
    MetricState.UNMEASURED: Monitoring.UNMEASURED,
}


def _monitored(metrics: list[MetricRow], recorded: Monitoring | None) -> Cell:
    """Return what is measured, and what a person recorded where that is something else."""
    if not metrics and recorded is None:
        return Missing(Gap.NOT_MEASURED)
    worst = _worst(metrics)
    told = (Value(Kind.CODE, f"metric.{worst}"),)
    if recorded in (None, _OTHERWISE.get(worst, Monitoring.WITHIN_LIMITS)):
        return told
    return (*told, _recorded(recorded))


def _worst(metrics: list[MetricRow]) -> MetricState:
    """Return how the worst stands of those that have a threshold or a goal, if any has."""
    if not metrics:
        return MetricState.UNMEASURED
    judged = [row.state for row in metrics if row.state is not MetricState.UNJUDGED]
    return min(judged, key=list(MetricState).index, default=MetricState.UNJUDGED)


def _recorded(status: Monitoring) -> Value:
    return Value(Kind.CODE, f"monitoring_recorded.{status}")

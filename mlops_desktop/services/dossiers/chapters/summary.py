"""The summary: the verdict in words, and what it rests on, each line with its page.

SR 11-7 VI (reports to the board), SS1/23 P2.3, MaRisk AT 4.3.5: the state of a model at a glance.
"""

from collections.abc import Iterator
from datetime import date

import mlops_desktop.store.queries.approvals as approval_queries
import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.findings import Severity
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.monitoring import MetricState
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.dossier.content import Cell, Chapter, Field, Grid, Kind, Missing, Part, Value
from mlops_desktop.dossier.content import Reason as Gap
from mlops_desktop.services.conditions import stand_of_conditions
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.due_next import Due, find_due
from mlops_desktop.services.dossiers.items import label_of
from mlops_desktop.services.dossiers.measured import bounds_cells, name_of, value_cell
from mlops_desktop.services.dossiers.verdicts import (
    last_validation,
    light_of,
    read_verdict,
    serving,
)
from mlops_desktop.services.items import ItemRow
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.monitoring.reading import read_metrics
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 2
_STANDING = ("summary_what", "summary_is", "page")
_METRICS = ("threshold_metric", "measured_value", "warning", "intervention", "threshold_state")
_FINDINGS = ("summary_severity", "summary_open", "summary_overdue", "page")
_CONDITIONS = ("summary_request", "condition_text", "condition_due", "condition_state", "page")
_LIMITS = ("kind", "summary_item", "state", "summary_until", "page")
_NEXT = ("summary_on", "summary_what", "summary_item", "page")
_LIMITING = ("exception", "waiver", "overlay", "limitation")
_MOST_METRICS, _MOST_DUE = 12, 15


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return the verdict, the standing, metrics, findings, conditions, exceptions, what is next."""
    key = sheet.row.key
    requests = approval_queries.list_requests(view.connection, model=key, as_of=as_of)
    items = queries.list_items(view.connection, ItemFilter(models=(key,), as_of=as_of))
    metrics = [row for row in read_metrics(view, key, as_of) if row.metric]
    verdict = read_verdict(sheet, requests, items)
    due = find_due(sheet, requests, items, as_of.day)
    said = (
        Field("verdict", cells.code(f"verdict.{verdict}")),
        Field("verdict_means", cells.code(f"verdict_means.{verdict}")),
    )
    return Chapter(
        "summary",
        (
            Part("summary_verdict", fields=said),
            Part("summary_standing", grid=_standing(view, sheet, metrics, as_of)),
            _listed("summary_metrics", (*_METRICS, "page"), map(_metric, metrics[:_MOST_METRICS])),
            _listed("summary_findings", _FINDINGS, _findings(items)),
            _listed("summary_conditions", _CONDITIONS, _conditions(requests, as_of)),
            _listed("summary_limits", _LIMITS, _limits(items)),
            _listed("summary_next", _NEXT, (_next(one, as_of.day) for one in due[:_MOST_DUE])),
        ),
    )


def _listed(name: str, columns: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> Part:
    found = tuple(rows)
    if found:
        return Part(name, grid=Grid(columns, found))
    gap = Missing(Gap.NOT_MEASURED) if name == "summary_metrics" else cells.NONE
    return Part(name, fields=(Field(name, gap),))


def _standing(view: ReadSession, sheet: ModelSheet, metrics: list[MetricRow], as_of: AsOf) -> Grid:
    rows = (
        ("state", cells.code(sheet.row.state.value), "inventory"),
        ("tier", cells.count(sheet.row.tier) if sheet.row.tier else _UNKNOWN, "tiering"),
        ("approval", _approval(sheet), "approvals"),
        ("version", _versions(sheet), "deployments"),
        ("last_review", _validated(view, sheet, as_of), "validations"),
        ("monitoring_status", _monitored(metrics), "monitoring"),
        ("next_review", _day(sheet.row.next_review, as_of.day), "validations"),
    )
    made = (
        (cells.code(f"standing.{what}"), found, cells.page(section))
        for what, found, section in rows
    )
    return Grid(_STANDING, tuple(made))


_UNKNOWN = Missing(Gap.NOT_RECORDED)


def _approval(sheet: ModelSheet) -> Cell:
    row = sheet.row
    told = [Value(Kind.CODE, row.approval.value)]
    if row.is_on_paper:
        told.append(Value(Kind.CODE, "from_paper"))
    if row.approved_until is not None:
        told += [Value(Kind.CODE, "valid_until"), Value(Kind.DATE, row.approved_until.isoformat())]
    return tuple(told)


def _versions(sheet: ModelSheet) -> Cell:
    told = dict.fromkeys(one.label for one in serving(sheet))
    return tuple(Value(Kind.TEXT, label) for label in told) or cells.NONE


def _validated(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Cell:
    last = last_validation(view, sheet.row.key, as_of)
    if last is None:
        recorded = sheet.state.details.last_review
        told = Value(Kind.CODE, "validated_as_recorded")
        return (told, Value(Kind.DATE, recorded.isoformat())) if recorded else cells.NONE
    light = light_of(view, last, sheet.row.key, as_of)
    said = f"validation.choice.{light}" if light is not None else "not_judged"
    day = last.row.closed or last.row.opened
    return (
        Value(Kind.BILINGUAL, label_of(last.row)),
        Value(Kind.CODE, said),
        Value(Kind.DATE, day.isoformat()),
    )


def _monitored(metrics: list[MetricRow]) -> Cell:
    if not metrics:
        return Missing(Gap.NOT_MEASURED)
    worst = min((row.state for row in metrics), key=list(MetricState).index)
    return cells.code(f"metric.{worst}")


def _metric(row: MetricRow) -> tuple[Cell, ...]:
    return (
        cells.text(name_of(row)),
        value_cell(row.value, row.unit),
        *bounds_cells(row.bounds),
        cells.code(f"metric.{row.state}"),
        cells.page("monitoring"),
    )


def _findings(items: tuple[ItemRow, ...]) -> Iterator[tuple[Cell, ...]]:
    findings = [row for row in items if row.kind == "finding"]
    for rank, severity in enumerate(Severity):
        open_ = [row for row in findings if row.rank == rank]
        if open_:
            yield (
                cells.code(f"finding.choice.{severity}"),
                cells.count(len(open_)),
                cells.count(sum(row.is_overdue for row in open_)),
                cells.page("findings"),
            )


def _conditions(requests: tuple[RequestRow, ...], as_of: AsOf) -> Iterator[tuple[Cell, ...]]:
    """Yield the conditions of what is granted, those not met first."""
    granted = [row for row in requests if row.status in GRANTED]
    stands = [(row, one) for row in granted for one in stand_of_conditions(row, as_of.day)]
    for row, one in sorted(stands, key=lambda pair: pair[1].met is not None):
        state = "met" if one.met else "overdue" if one.is_overdue else "open"
        yield (
            cells.text(row.id),
            cells.said(one.words),
            cells.day(one.due) if one.due else cells.NONE,
            cells.code(f"condition.{state}"),
            cells.page("conditions"),
        )


def _limits(items: tuple[ItemRow, ...]) -> Iterator[tuple[Cell, ...]]:
    for row in sorted(items, key=lambda row: (row.kind, row.number)):
        if row.kind in _LIMITING:
            until = row.expires or row.due
            yield (
                cells.code(f"{row.kind}.one"),
                (Value(Kind.BILINGUAL, label_of(row)),),
                cells.code(f"{row.kind}.stage.{row.stage}"),
                cells.day(until) if until else cells.NONE,
                cells.page(kind_named(row.kind).plural),
            )


def _day(on: date | None, today: date) -> Cell:
    """Return a day, said to be overdue where it is over."""
    if on is None:
        return cells.NONE
    late = (Value(Kind.CODE, "past_due"),) if on < today else ()
    return (Value(Kind.DATE, on.isoformat()), *late)


def _next(one: Due, today: date) -> tuple[Cell, ...]:
    label = (Value(Kind.BILINGUAL, one.label),)
    return (_day(one.on, today), cells.code(one.what), label, cells.page(one.section))

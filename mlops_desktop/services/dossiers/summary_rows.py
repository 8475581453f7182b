"""Rows of a dossier's summary, each ending with the page of its section."""

from collections.abc import Iterator
from datetime import date

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.findings import Severity
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.dossier.content import Cell, Kind, Value
from mlops_desktop.services.conditions import stand_of_conditions
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.due_next import Due
from mlops_desktop.services.dossiers.items import label_of
from mlops_desktop.services.dossiers.measured import bounds_cells, name_of, value_cell
from mlops_desktop.services.items import ItemRow
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.store.queries.approvals import RequestRow

_LIMITING = ("exception", "waiver", "overlay", "limitation")


def metric_row(row: MetricRow) -> tuple[Cell, ...]:
    """Return a metric with its last value, its thresholds and its state in words."""
    return (
        cells.text(name_of(row)),
        value_cell(row.value, row.unit),
        *bounds_cells(row.bounds, row.unit),
        cells.code(f"metric.{row.state}"),
        cells.page("monitoring"),
    )


def finding_rows(items: tuple[ItemRow, ...]) -> Iterator[tuple[Cell, ...]]:
    """Yield how many findings of each severity are open, and how many of these overdue."""
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


def condition_rows(requests: tuple[RequestRow, ...], as_of: AsOf) -> Iterator[tuple[Cell, ...]]:
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


def limit_rows(items: tuple[ItemRow, ...]) -> Iterator[tuple[Cell, ...]]:
    """Yield open exceptions, waivers, overlays and limitations."""
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


def day_cell(on: date | None, today: date) -> Cell:
    """Return a day, said to be overdue where it is over."""
    if on is None:
        return cells.NONE
    late = (Value(Kind.CODE, "past_due"),) if on < today else ()
    return (Value(Kind.DATE, on.isoformat()), *late)


def due_row(one: Due, today: date) -> tuple[Cell, ...]:
    """Return what is due or runs out on a day."""
    label = (Value(Kind.BILINGUAL, one.label),)
    return (day_cell(one.on, today), cells.code(one.what), label, cells.page(one.section))

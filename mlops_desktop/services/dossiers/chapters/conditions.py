"""Conditions of approvals: set by whom, due when, met when, by whom and shown by what."""

import mlops_desktop.store.queries.approvals as requests
from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier.content import Cell, Chapter, Grid, Part
from mlops_desktop.services.conditions import ConditionStand, stand_of_conditions
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.labels import label_in_both
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 71
_COLUMNS = (
    "condition_number",
    "condition_text",
    "condition_set_by",
    "condition_due",
    "condition_state",
    "fulfilment",
)


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return a part for each request whose approval set conditions, newest first."""
    asked = requests.list_requests(view.connection, model=sheet.row.key, as_of=as_of)
    found = [(row, stand_of_conditions(row, as_of.day)) for row in asked]
    parts = tuple(_part(sheet, row, stands) for row, stands in found if stands)
    return Chapter("conditions", parts or cells.NOT_YET)


def _part(sheet: ModelSheet, row: RequestRow, stands: tuple[ConditionStand, ...]) -> Part:
    rows = tuple(_row(sheet, row, one) for one in stands)
    return Part("condition", _label(row), grid=Grid(_COLUMNS, rows))


def _label(row: RequestRow) -> str:
    return label_in_both("versions.of", what=row.id, version=row.label) if row.label else row.id


def _row(sheet: ModelSheet, row: RequestRow, one: ConditionStand) -> tuple[Cell, ...]:
    return (
        cells.count(one.number),
        cells.said(one.words),
        cells.person(sheet.names, one.by),
        cells.day(one.due) if one.due else cells.NONE,
        cells.code(f"condition.{_state(one)}"),
        _fulfilment(sheet, one),
    )


def _state(one: ConditionStand) -> str:
    return "met" if one.met is not None else "overdue" if one.is_overdue else "open"


def _fulfilment(sheet: ModelSheet, one: ConditionStand) -> Cell:
    met = one.met
    if met is None or one.met_at is None:
        return cells.NOT_YET
    return cells.fulfilment(sheet.names, met.person, one.met_at, met.document, met.comment)

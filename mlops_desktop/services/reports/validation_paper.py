"""A validation's report as a draft: what was to be validated, the lights, findings, conclusion."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.findings import Severity
from mlops_desktop.core.events.validations import ValidationDetails
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.dossier.content import Cell, Chapter, Field, Grid, Part
from mlops_desktop.dossier.content.paper import Paper
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.chapters.validations import light_parts
from mlops_desktop.services.dossiers.items import item_part, label_of
from mlops_desktop.services.items import ItemSheet, read_item
from mlops_desktop.services.reports.said import both, item_cell
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.models import ModelRow
from mlops_desktop.store.unit_of_work import ReadSession

_MODELS = (
    "paper_model",
    "paper_tier",
    "paper_state",
    "paper_owner",
    "paper_approval",
    "paper_review",
)
_FINDINGS = (
    "paper_item",
    "paper_severity",
    "paper_stage",
    "paper_owner",
    "paper_opened",
    "paper_due",
)
_SEVERITIES = tuple(Severity)
#: Said in the chapters, or only the last of many.
_ELSEWHERE = frozenset(
    f"validation.{name}" for name in ("area", "light", "conclusion", "report", "evidence")
)


def gather_validation(view: ReadSession, workspace: str, named: str, as_of: AsOf = NOW) -> Paper:
    """Return a validation as a paper in a language yet to be chosen, without a classification.

    Raises ``item.not_found``, ``item.not_known_then``.
    """
    id = queries.find_item(view.connection, named, VALIDATION)
    sheet = read_item(view, id, as_of)
    part = item_part(sheet)
    steps = Part("", grid=part.grid) if part.grid is not None and part.grid.rows else None
    return Paper(
        kind="validation",
        number=sheet.row.number,
        name="\n".join(_title(half, sheet.row.number) for half in label_of(sheet.row).split("\n")),
        workspace=workspace,
        classification="",
        known=midnight(as_of),
        fields=tuple(one for one in part.fields if one.name not in _ELSEWHERE),
        chapters=(
            _scope(sheet),
            Chapter("paper_areas", _areas(view, sheet, as_of)),
            _findings(view, sheet, as_of),
            _conclusion(sheet),
            Chapter("paper_steps", (steps,) if steps else cells.NOT_YET),
        ),
    )


def midnight(as_of: AsOf) -> datetime:
    """Return the beginning of the day until which what was recorded counts."""
    return datetime.combine(as_of.known or AsOf().day, time.min, tzinfo=UTC)


def _title(half: str, number: str) -> str:
    return half.removeprefix(number).strip()


def _scope(sheet: ItemSheet) -> Chapter:
    rows = tuple(map(_model, sheet.models))
    return Chapter("paper_scope", (Part("", grid=Grid(_MODELS, rows)),) if rows else cells.NOT_YET)


def _model(row: ModelRow) -> tuple[Cell, ...]:
    return (
        cells.text(f"{row.id} {row.name}"),
        cells.count(row.tier) if row.tier is not None else both("portfolio.no_tier"),
        cells.code(row.state.value),
        cells.text(row.owner) if row.owner else cells.NOT_YET,
        cells.code(row.approval.value),
        cells.day(row.next_review),
    )


def _areas(view: ReadSession, sheet: ItemSheet, as_of: AsOf) -> tuple[Part, ...]:
    """Return the lights, for each model of its own where the validation is about several."""
    found = [
        part for model in sheet.state.models for part in light_parts(view, model, sheet, as_of)
    ]
    unique = tuple(dict.fromkeys(found))
    return unique or (Part("", fields=(Field("paper_areas", cells.NOT_YET),)),)


def _findings(view: ReadSession, sheet: ItemSheet, as_of: AsOf) -> Chapter:
    """Return findings about its models: opened since it was, then those open from before."""
    if not sheet.state.models:
        return Chapter("paper_findings", cells.NOT_YET)
    wanted = ItemFilter(("finding",), models=sheet.state.models, scope=ItemScope.ALL, as_of=as_of)
    rows = queries.list_items(view.connection, wanted)
    ordered = sorted(rows, key=lambda row: (row.is_closed, row.rank, row.number))
    last = sheet.row.closed or as_of.day
    new = [row for row in ordered if sheet.row.opened <= row.opened <= last]
    old = [row for row in ordered if row.opened < sheet.row.opened and not row.is_closed]
    parts = (finding_part("paper_new_findings", new), finding_part("paper_old_findings", old))
    return Chapter("paper_findings", parts)


def finding_part(name: str, rows: list[ItemRow], label: str | None = None) -> Part:
    """Return findings as a table, or that there are none."""
    if not rows:
        return Part(name, label, fields=(Field(name, both("reports.none")),))
    return Part(name, label, grid=Grid(_FINDINGS, tuple(map(_finding, rows))))


def _finding(row: ItemRow) -> tuple[Cell, ...]:
    grade = _SEVERITIES[row.rank].value if row.rank < len(_SEVERITIES) else ""
    return (
        item_cell(row),
        cells.code(f"finding.choice.{grade}") if grade else cells.NOT_YET,
        cells.code(f"finding.stage.{row.stage}"),
        cells.text(row.owner) if row.owner else cells.NOT_YET,
        cells.day(row.opened),
        cells.day(row.due),
    )


def _conclusion(sheet: ItemSheet) -> Chapter:
    return Chapter("paper_conclusion", (Part("", fields=tuple(_concluded(sheet))),))


def _concluded(sheet: ItemSheet) -> Iterator[Field]:
    details = sheet.state.details
    assert isinstance(details, ValidationDetails)
    light = details.conclusion
    told = cells.code(f"validation.choice.{light}") if light is not None else cells.NOT_YET
    yield Field("paper_conclusion", told)
    yield Field("paper_report", cells.text(details.report) if details.report else cells.NOT_YET)
    evidence = "\n".join(details.evidence)
    yield Field("paper_evidence", cells.text(evidence) if evidence else cells.NOT_YET)
    yield Field("paper_assessment", both("reports.to_be_written"))

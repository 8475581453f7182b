"""Items as documents and as text: a row of a list, and one whole with its steps."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast

from mlops_desktop.cli.answer import Answer, Document, Json
from mlops_desktop.cli.documents.values import or_none, plain
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core.cells import Cell, Code, Day, Said
from mlops_desktop.core.details import is_empty
from mlops_desktop.core.erasable import Erasable, Erasure
from mlops_desktop.core.items.kinds import kind_named

if TYPE_CHECKING:
    from mlops_desktop.services.items import ItemRow, ItemSheet, StepRow
    from mlops_desktop.services.session import Session


def item_document(row: "ItemRow", models: dict[str, str]) -> Document:
    """Return an item as lists show it; ``models`` gives the number of each model id."""
    return {
        "id": row.number,
        "key": row.id,
        "kind": row.kind,
        "state": row.stage,
        "title": row.title,
        "title_erased": erasure_document(row.erasure),
        "owner": or_none(row.owner),
        "due": plain(row.due),
        "overdue": row.is_overdue,
        "expires": plain(row.expires),
        "lapsed": row.lapsed,
        "opened": plain(row.opened),
        "closed": plain(row.closed),
        "models": [models.get(model, model) for model in row.models],
    }


def erasure_document(erasure: Erasure | None) -> Json:
    """Return when and by which rule a text was erased; None where it was not."""
    if erasure is None or erasure.is_withheld:
        return None
    return {"on": erasure.day, "rule": erasure.rule}


def gap_cell(erasure: Erasure | None) -> Cell:
    """Return that a text was erased, when and by which rule; blank where that is not known."""
    if erasure is None:
        return ""
    if erasure.is_withheld:
        return Said("withheld in this extract", "list_columns.said.withheld")
    told = f"erased on {erasure.day}, by rule {erasure.rule}"
    day = Day(erasure.day)
    return Said(told, "list_columns.said.erased", {"day": day, "rule": erasure.rule})


def item_title(row: "ItemRow") -> Cell:
    """Return what an item is called in text; JSON has its title, or none."""
    from mlops_desktop.services.item_titles import key_of
    from mlops_desktop.services.wording import read_words

    key = key_of(row)
    if key:
        return Said(read_words("en").text(key), key)
    return row.title or gap_cell(row.erasure)


def list_answer(session: "Session", rows: "tuple[ItemRow, ...]") -> Answer:
    """Return a list of items in both forms."""
    from mlops_desktop.services.models import number_names

    wanted = {model for row in rows for model in row.models}
    models = number_names(session, wanted)
    cells = [
        (
            row.number,
            Code(row.stage, (f"item.{kind_named(row.kind).noun}.stage",)),
            item_title(row),
            row.owner,
            row.due,
            _remark(row),
            ", ".join(models.get(model, model) for model in row.models),
        )
        for row in rows
    ]
    heads = ("ID", "STATE", "TITLE", "OWNER", "DUE", "", "MODELS")
    return Answer([item_document(row, models) for row in rows], table(heads, cells))


def _remark(row: "ItemRow") -> Cell:
    told = "overdue" if row.is_overdue else "lapsed" if row.lapsed else ""
    return Code(told, ("list_columns.code",))


def item_answer(sheet: "ItemSheet") -> Answer:
    """Return one item whole in both forms."""
    document = sheet_document(sheet)
    told = [
        (
            name.replace("_", " ").capitalize(),
            item_title(sheet.row) if name == "title" else _text(value),
        )
        for name, value in document.items()
        if name not in ("steps", "offers", "erased", "title_erased")
    ]
    told += [
        (name.replace("_", " ").capitalize(), str(gap_cell(value.erasure)))
        for name, value in _erased(sheet)
    ]
    steps = [
        (step.effective[:10], step.step, sheet.names.get(step.person, step.person), _reason(step))
        for step in sheet.steps
    ]
    shown = section("Steps", table(("FROM", "STEP", "BY", "WHY"), steps))
    return Answer(document, pairs(told) + shown)


def sheet_document(sheet: "ItemSheet") -> Document:
    """Return one item whole, every field of its kind among its keys."""
    models = {row.key: row.id for row in sheet.models}
    row = item_document(sheet.row, models)
    details = {name: value for name, value in _fields(sheet).items() if name not in row}
    return {
        **row,
        **details,
        "erased": [
            {"field": name, "on": value.erasure.day, "rule": value.erasure.rule}
            for name, value in _erased(sheet)
            if value.erasure is not None
        ],
        "steps": [_step(sheet, step) for step in sheet.steps],
        "offers": [
            {"step": offer.step.name, "refused_by": offer.refusal} for offer in sheet.offers
        ],
    }


def _erased(sheet: "ItemSheet") -> list[tuple[str, Erasable]]:
    details = sheet.state.details
    named = [(item.name, getattr(details, item.name)) for item in fields(details)]
    return [(name, value) for name, value in named if isinstance(value, Erasable) and value.erasure]


def _fields(sheet: "ItemSheet") -> dict[str, Json]:
    from mlops_desktop.services.field_texts import Form, field_forms

    told: dict[str, Json] = {}
    for form in field_forms(sheet.kind.details):
        value = getattr(sheet.state.details, form.name)
        is_named = form.form in (Form.PERSON, Form.ENTITY) and value is not None
        told[form.name] = sheet.names.get(value, value) if is_named else plain(value)
    return told


def _step(sheet: "ItemSheet", step: "StepRow") -> Document:
    given = getattr(step.payload, "details", None)
    names = [item.name for item in fields(cast(Any, given))] if given is not None else []
    changed = {name: getattr(given, name) for name in names}
    return {
        "position": step.position,
        "step": step.step,
        "person": sheet.names.get(step.person, step.person),
        "at": step.at,
        "effective": step.effective,
        "reason": or_none(_reason(step)),
        "fields": {name: plain(value) for name, value in changed.items() if not is_empty(value)},
    }


def _reason(step: "StepRow") -> str:
    reason = getattr(step.payload, "reason", None)
    return (reason.text or str(gap_cell(reason.erasure))) if isinstance(reason, Erasable) else ""


def _text(value: Json) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value in (None, False) else "yes" if value is True else str(value)

"""Items of a kind as a chapter of a dossier: each with its fields and its steps."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.details import is_empty
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.items.kinds import ItemKind, kind_named
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.dossier.content import (
    Chapter,
    Field,
    Grid,
    Kind,
    Missing,
    Part,
    Reason,
    Value,
)
from mlops_desktop.services.dossiers.erased import gap_of
from mlops_desktop.services.dossiers.shown_by import shown_by
from mlops_desktop.services.field_texts import Form, field_forms
from mlops_desktop.services.item_titles import say_place, say_title, title_of
from mlops_desktop.services.items import ItemRow, ItemSheet, read_item
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import StepRow
from mlops_desktop.store.unit_of_work import ReadSession

_LAST_STEP = frozenset({("validation", "area"), ("validation", "light")})
"""The last area judged says nothing of the whole: the lights by area have a table of their own."""
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
STEP_COLUMNS = ("effective", "step", "person", "reason")
_COMPARED = re.compile(r"-?\d+(\.\d+)? [<>≤≥] -?\d+(\.\d+)?")
"""What the program writes where nothing but a figure and its bound are to be said."""
Build = Callable[[ReadSession, ModelSheet, AsOf], Chapter]
Told = Callable[[ReadSession, str, ItemSheet, AsOf], ItemSheet]
More = Callable[[ReadSession, str, ItemSheet, AsOf], tuple[Part, ...]]


def _no_more(view: ReadSession, model: str, sheet: ItemSheet, as_of: AsOf) -> tuple[Part, ...]:
    return ()


def _as_read(view: ReadSession, model: str, sheet: ItemSheet, as_of: AsOf) -> ItemSheet:
    return sheet


def items_chapter(noun: str, more: More = _no_more, told: Told = _as_read) -> Build:
    """Return what builds the chapter of a kind: every item about the model, open ones first.

    ``more`` gives further parts of an item, printed after it; ``told`` adds to what it says.
    """
    kind = kind_named(noun)

    def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
        wanted = ItemFilter((noun,), scope=ItemScope.ALL, models=(sheet.row.key,), as_of=as_of)
        rows = queries.list_items(view.connection, wanted)
        ordered = sorted(rows, key=lambda row: (row.is_closed, row.rank, row.number))
        key = sheet.row.key
        sheets = [told(view, key, read_item(view, row.id, as_of), as_of) for row in ordered]
        parts = [part for one in sheets for part in (item_part(one), *more(view, key, one, as_of))]
        return Chapter(kind.plural, tuple(parts) or Missing(Reason.NONE_YET))

    return build


def item_part(sheet: ItemSheet) -> Part:
    """Return an item with its fields and its steps."""
    return Part(sheet.kind.noun, label_of(sheet.row), tuple(_fields(sheet)), _steps(sheet))


def label_of(row: ItemRow) -> str:
    """Return number and title; in both languages, one a line, where it has none of its own."""
    said = (title_of(read_words(language), row) for language in LANGUAGES)
    lines = dict.fromkeys(" ".join(f"{row.number} {title}".split()) for title in said)
    return "\n".join(lines)


def _fields(sheet: ItemSheet) -> Iterator[Field]:
    row, kind = sheet.row, sheet.kind
    title = sheet.state.details.title
    if title is not None and title.text is None:
        yield Field("title", gap_of(title))
    yield Field("state", (_code(kind, "stage", row.stage),))
    if row.is_overdue and row.due is not None:
        yield Field("overdue", (Value(Kind.DATE, row.due.isoformat()),))
    if row.lapsed and row.expires is not None:
        yield Field("lapsed", (Value(Kind.DATE, row.expires.isoformat()),))
    yield Field("opened_on", (Value(Kind.DATE, row.opened.isoformat()),))
    if row.closed is not None:
        yield Field("closed_on", (Value(Kind.DATE, row.closed.isoformat()),))
    told_before = ("title", "unit") if _has_figure(sheet) else ("title",)
    for form in field_forms(kind.details):
        value = getattr(sheet.state.details, form.name)
        is_told = form.name in told_before or (kind.noun, form.name) in _LAST_STEP
        if not is_told and not is_empty(value):
            is_named = form.form in (Form.PERSON, Form.ENTITY)
            shown = sheet.names.get(value, value) if is_named else value
            is_decimal = form.form is Form.DECIMAL
            told = _figure(sheet, str(shown)) if is_decimal else _values(kind, shown)
            told = _said_otherwise(sheet, form.name, value) or told
            yield Field(f"{kind.noun}.{form.name}", told)
        if (kind.noun, form.name) == ("exception", "rule") and value is not None:
            yield Field("exception.why", (_code(kind, "why", value.value),))


def _has_figure(sheet: ItemSheet) -> bool:
    """Tell whether a figure is printed: its unit then stands beside it, and not once more."""
    decimals = (one.name for one in field_forms(sheet.kind.details) if one.form is Form.DECIMAL)
    return any(not is_empty(getattr(sheet.state.details, name)) for name in decimals)


def _figure(sheet: ItemSheet, text: str) -> tuple[Value, ...]:
    """Return a figure with the unit that the item says for its figures, as monitoring has it."""
    unit = getattr(sheet.state.details, "unit", None)
    exact = Value(Kind.EXACT, text)
    return (exact, Value(Kind.TEXT, unit)) if unit else (exact,)


def _said_otherwise(sheet: ItemSheet, name: str, value: object) -> tuple[Value, ...]:
    """Return a field whose texts have words that its form does not tell; else nothing."""
    match (sheet.kind.noun, name):
        case ("exception", "subject"):
            return _place(str(value))
        case ("exception", "evidence") if isinstance(value, tuple):
            return shown_by(value, {*sheet.names.values()})
        case ("waiver", "profile"):
            return (Value(Kind.CODE, str(value)),)
    return ()


def _place(text: str) -> tuple[Value, ...]:
    said = [say_place(read_words(language), text) for language in ("en", "de")]
    told = Kind.TEXT if {*said} == {text} else Kind.BILINGUAL
    return (Value(told, text if told is Kind.TEXT else "\n".join(said)),)


def _values(kind: ItemKind, value: object) -> tuple[Value, ...] | Missing:
    match value:
        case Erasable():
            text = value.text
            if text is None:
                return gap_of(value)
            return _measured(text) if _COMPARED.fullmatch(text) else (Value(Kind.TEXT, text),)
        case StrEnum():
            return (_code(kind, "choice", value.value),)
        case date():
            return (Value(Kind.DATE, value.isoformat()),)
        case int():
            return (Value(Kind.COUNT, str(value)),)
        case tuple():
            return tuple(_told(str(part)) for part in value)
        case _:
            return (Value(Kind.TEXT, str(value)),)


def _told(text: str) -> Value:
    return Value(Kind.TIME if _TIME.fullmatch(text) else Kind.TEXT, text)


def _code(kind: ItemKind, group: str, code: str) -> Value:
    return Value(Kind.CODE, f"{kind.noun}.{group}.{code}")


def _step(kind: ItemKind, step: StepRow) -> Value:
    """Return what was done; of an area judged, which: each of them is a step of the same name."""
    area = getattr(getattr(step.payload, "details", None), "area", None)
    if (kind.noun, step.step) == ("validation", "judge") and area is not None:
        return _code(kind, "judged", area.value)
    return _code(kind, "step", step.step)


def _reason(kind: ItemKind, step: str, text: str) -> tuple[Value, ...]:
    """Return why a step was taken; what the program measured, as each language writes figures."""
    is_measured = (kind.noun, step) == ("validation", "trigger")
    return _measured(text) if is_measured else (Value(Kind.TEXT, text),)


def _measured(text: str) -> tuple[Value, ...]:
    said = [say_title(read_words(language), "breach", f" {text}")[1:] for language in LANGUAGES]
    told = Kind.TEXT if {*said} == {text} else Kind.BILINGUAL
    return (Value(told, text if told is Kind.TEXT else "\n".join(said)),)


def _steps(sheet: ItemSheet) -> Grid:
    rows = []
    for step in sheet.steps:
        reason = getattr(step.payload, "reason", None)
        text = reason.text if isinstance(reason, Erasable) else None
        gone = gap_of(reason) if isinstance(reason, Erasable) else Missing(Reason.NOT_RECORDED)
        rows.append(
            (
                (Value(Kind.DATE, step.effective[:10]),),
                (_step(sheet.kind, step),),
                (Value(Kind.TEXT, sheet.names.get(step.person, step.person)),),
                _reason(sheet.kind, step.step, text) if text is not None else gone,
            )
        )
    return Grid(STEP_COLUMNS, tuple(rows))

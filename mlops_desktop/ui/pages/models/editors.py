"""Editors for the fields of a model: what each kind of field is typed or chosen with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mlops_desktop.core.inventory import ENTITY_FIELDS, LIST_FIELDS, PERSON_FIELDS, ModelDetails
from mlops_desktop.services.called import Called
from mlops_desktop.services.model_fields import choices, is_free_text
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_code, value_text
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.lines import DayLine, NameLine, NamesLine, TextBox, show_start

_DATES = ("last_review", "next_review")


@dataclass(frozen=True, slots=True)
class Editor:
    """A widget for one field, and its text as services take it."""

    field: str
    widget: QWidget
    text: Callable[[], str]
    set_text: Callable[[str], None]


def make_editor(context: Context, field: str, called: Called) -> Editor:
    """Return the editor of ``field``; ``called`` completes persons and legal entities."""
    codes = choices(field)
    if codes:
        return _choice(context, field, codes)
    if field in _DATES:
        return _day(context, field)
    if is_free_text(field):
        box = TextBox()
        return Editor(field, box, box.text, box.setPlainText)
    line = _named(field, called)
    if field in PERSON_FIELDS:
        line.setPlaceholderText(tr("Somebody who is enrolled here"))
    return Editor(field, line, lambda: line.text().strip(), partial(show_start, line))


def _named(field: str, called: Called) -> QLineEdit:
    if field in PERSON_FIELDS:
        return NameLine(called.people)
    if field not in ENTITY_FIELDS:
        return QLineEdit()
    return NamesLine(called.entities) if field in LIST_FIELDS else NameLine(called.entities)


def _choice(context: Context, field: str, codes: tuple[str, ...]) -> Editor:
    box = QComboBox()
    box.addItem(context.say("models.gap.not_recorded"), "")
    for code in codes:
        box.addItem(say_code(context, field, code), code)

    def choose(code: str) -> None:
        box.setCurrentIndex(max(0, box.findData(code)))

    return Editor(field, box, lambda: str(box.currentData()), choose)


def _day(context: Context, field: str) -> Editor:
    line = DayLine(context)

    def show(iso: str) -> None:
        line.set_day(date.fromisoformat(iso) if iso else None)

    return Editor(field, line, line.iso, show)


def field_help(context: Context, field: str) -> str:
    """Return a line that helps where the name alone does not."""
    if field == "name":
        return tr("Needed; everything else can be added later.")
    if field == "regions":
        return tr("Separated by commas.")
    if field in ("used_by", "indicators"):
        return context.say(f"models.help.{field}")
    return ""


def text_of(context: Context, details: ModelDetails, field: str, names: Mapping[str, str]) -> str:
    """Return a field as its editor takes it: codes and ISO dates, names of persons."""
    value = getattr(details, field)
    match value:
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case tuple() if field not in ENTITY_FIELDS:
            return ", ".join(map(str, value))
        case _:
            return value_text(context, field, value, names)

"""Editors for the fields of an item: what each form of field is typed or chosen with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mlops_desktop.services.called import Called
from mlops_desktop.services.field_texts import FieldForm, Form
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.governance.said import say_choice
from mlops_desktop.ui.pages.models.model_line import ModelLine
from mlops_desktop.ui.widgets.lines import DayLine, NameLine, TextBox, show_start


@dataclass(frozen=True, slots=True)
class ItemEditor:
    """A widget for one field, and its text as services take it."""

    widget: QWidget
    text: Callable[[], str]
    set_text: Callable[[str], None]


def make_item_editor(context: Context, noun: str, form: FieldForm, called: Called) -> ItemEditor:
    """Return the editor of a field; ``called`` completes persons and legal entities."""
    match form.form:
        case Form.CHOICE:
            return _choice(context, noun, form)
        case Form.DATE:
            return _day(context)
        case Form.PROSE:
            box = TextBox(lines=2)
            return ItemEditor(box, box.text, box.setPlainText)
        case Form.PERSON:
            return _line(NameLine(called.people))
        case Form.ENTITY:
            return _line(NameLine(called.entities))
        case Form.MODEL:
            line = ModelLine(context)
            return ItemEditor(line, line.named, line.setText)
        case _:
            return _line(QLineEdit())


def _line(line: QLineEdit) -> ItemEditor:
    return ItemEditor(line, lambda: line.text().strip(), partial(show_start, line))


def _choice(context: Context, noun: str, form: FieldForm) -> ItemEditor:
    box = QComboBox()
    box.addItem(context.say("item.not_chosen"), "")
    for code in form.choices:
        box.addItem(say_choice(context, noun, code), code)

    def choose(code: str) -> None:
        box.setCurrentIndex(max(0, box.findData(code)))

    return ItemEditor(box, lambda: str(box.currentData()), choose)


def _day(context: Context) -> ItemEditor:
    line = DayLine(context)

    def show(iso: str) -> None:
        line.set_day(date.fromisoformat(iso) if iso else None)

    return ItemEditor(line, line.iso, show)

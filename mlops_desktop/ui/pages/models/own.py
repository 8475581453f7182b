"""Fields of the workspace's own in the window: what they are typed with, and how they read."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit

from mlops_desktop.core.custom_fields import CustomValue, Field, FieldDefinition, FieldKind
from mlops_desktop.core.custom_forms import read_number, write_number
from mlops_desktop.services.own_values import in_order, say_value, text_of
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_erased
from mlops_desktop.ui.pages.models.editors import Editor
from mlops_desktop.ui.widgets.lines import DayLine, NameLine, TextBox
from mlops_desktop.ui.widgets.sections import Fact


def offered(own: Iterable[Field]) -> tuple[FieldDefinition, ...]:
    """Return the fields that a form asks for."""
    return tuple(one.definition for one in own if not one.is_archived)


def label_of(context: Context, definition: FieldDefinition) -> str:
    """Return what a field is called."""
    return definition.labels.say(context.language.code)


def help_of(context: Context, definition: FieldDefinition) -> str:
    """Return a line that helps: what the workspace says, and that the field is needed."""
    told = definition.help.say(context.language.code) if definition.help is not None else ""
    needed = context.say("own_field.needed") if definition.is_required else ""
    return " ".join(part for part in (needed, told) if part)


def make_own_editor(context: Context, definition: FieldDefinition, names: Iterable[str]) -> Editor:
    """Return the editor of a field; ``names`` complete a person."""
    match definition.kind:
        case FieldKind.TEXT:
            box = TextBox(lines=2)
            return Editor(definition.key, box, box.text, box.setPlainText)
        case FieldKind.NUMBER:
            return _number(context, definition)
        case FieldKind.DATE:
            return _day(context, definition)
        case FieldKind.CHOICE:
            return _choice(context, definition)
        case FieldKind.PERSON:
            line = NameLine(names)
            line.setPlaceholderText(context.say("own_field.person"))
            return Editor(definition.key, line, _stripped(line), line.setText)


def _stripped(line: QLineEdit) -> Callable[[], str]:
    return lambda: line.text().strip()


def _number(context: Context, definition: FieldDefinition) -> Editor:
    """Return a line for a number in the locale's form; what is none goes on as it was typed."""
    line, language = QLineEdit(), context.language.code
    line.setPlaceholderText(write_number("1234.5", language))

    def read() -> str:
        typed = line.text().strip()
        try:
            return read_number(typed, language) if typed else ""
        except ValueError:
            return typed

    def show(number: str) -> None:
        line.setText(write_number(number, language) if number else "")

    return Editor(definition.key, line, read, show)


def _day(context: Context, definition: FieldDefinition) -> Editor:
    line = DayLine(context)

    def show(iso: str) -> None:
        line.set_day(date.fromisoformat(iso) if iso else None)

    return Editor(definition.key, line, line.iso, show)


def _choice(context: Context, definition: FieldDefinition) -> Editor:
    box = QComboBox()
    box.addItem(context.say("models.gap.not_recorded"), "")
    for one in definition.offered:
        box.addItem(one.labels.say(context.language.code), one.key)

    def choose(key: str) -> None:
        gone = definition.choice(key)
        if gone is not None and gone.is_removed and box.findData(key) < 0:
            label = gone.labels.say(context.language.code)
            box.addItem(context.say("own_field.removed", choice=label), key)
        box.setCurrentIndex(max(0, box.findData(key)))

    return Editor(definition.key, box, lambda: str(box.currentData()), choose)


def own_texts(
    own: Iterable[Field], values: tuple[CustomValue, ...], names: Mapping[str, str]
) -> dict[str, str]:
    """Return what editors of offered fields begin with, by the key of the field."""
    held = {one.key: text_of(one, names) for one in values}
    return {one.key: held.get(one.key, "") for one in offered(own)}


def own_facts(
    context: Context,
    own: tuple[Field, ...],
    values: tuple[CustomValue, ...],
    names: Mapping[str, str],
) -> tuple[Fact, ...]:
    """Return every offered field with its value or the gap, then what archived ones still hold."""
    held = {one.name: one for one in values}
    told = [
        _fact(context, label_of(context, one), one, held.get(one.name), names)
        for one in offered(own)
    ]
    for field, value in in_order(values, own):
        if field is None or field.is_archived:
            label = label_of(context, field.definition) if field is not None else value.name
            title = context.say("own_field.archived", field=label)
            told.append(_fact(context, title, field.definition if field else None, value, names))
    return tuple(told)


def _fact(
    context: Context,
    title: str,
    definition: FieldDefinition | None,
    value: CustomValue | None,
    names: Mapping[str, str],
) -> Fact:
    if value is None:
        needed = definition is not None and definition.is_required
        gap = context.say("models.gap.not_recorded")
        return Fact(title, gap, "warn" if needed else "faint")
    if value.text is not None and value.text.text is None:
        return Fact(title, say_erased(context, value.text.erasure), "faint")
    return Fact(title, say_value(value, definition, names, context.language.code))

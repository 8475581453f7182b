"""The dialogs that define a field of the workspace's own, amend it, archive it, offer it again."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from mlops_desktop.core.custom_fields import Choice, FieldDefinition, FieldKind, Labels
from mlops_desktop.services.custom_fields import (
    Amendment,
    amend_field,
    archive_field,
    define_field,
    name_for,
    reinstate_field,
)
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.asking import Dialog, add_choice, add_line, add_text
from mlops_desktop.ui.pages.rules.fields import FieldLine, name_of
from mlops_desktop.ui.pages.rules.said import say


class FieldForm(Dialog):
    """Asks for a field; of a known one for what can still be changed."""

    def __init__(self, context: Context, known: FieldDefinition | None, parent: QWidget) -> None:
        named = {"field": known.labels.say(context.language.code)} if known is not None else {}
        act = "field_define" if known is None else "field_amend"
        super().__init__(context, act, parent, **named)
        self._known = known
        held = known or FieldDefinition("", Labels(""), FieldKind.TEXT)
        self.label = add_line(self, "label_en", held.labels.en)
        self.label_de = add_line(self, "label_de", held.labels.de or "")
        self.name: QLineEdit | None = None
        self.kind: QComboBox | None = None
        if known is None:
            self.name, self.kind = self._add_name(), self._add_kind()
        self.choices = add_text(self, "choices", "choices", lines=4)
        self.choices.setPlainText("\n".join(map(_line, held.offered)))
        help = held.help or Labels("")
        self.help = add_line(self, "help_en", help.en)
        self.help_de = add_line(self, "help_de", help.de or "")
        self.required = self._add_box("required", checked=held.is_required)
        self.covered = self._add_box("covered", checked=False) if known is None else None
        self._show_choices()
        self.be_wide()
        self.label.setFocus()

    def definition(self) -> FieldDefinition:
        """Return the field as it stands in the form."""
        return FieldDefinition(
            self.name.text().strip() if self.name else "",
            self._labels(self.label, self.label_de),
            self._kind(),
            self._choices(),
            self._labels(self.help, self.help_de),
            self.required.isChecked(),
            self.covered is not None and self.covered.isChecked(),
        )

    def amendment(self) -> Amendment:
        """Return what the form says of a known field."""
        return Amendment(
            self._labels(self.label, self.label_de),
            self._labels(self.help, self.help_de),
            self._choices() if self._kind() is FieldKind.CHOICE else None,
            self.required.isChecked(),
        )

    def _add_name(self) -> QLineEdit:
        line = add_line(self, "name", help="name")
        self.label.textChanged.connect(lambda text: line.setPlaceholderText(name_for(text)))
        return line

    def _add_kind(self) -> QComboBox:
        kinds = [(say(self.context, f"kind.{kind.value}"), kind.value) for kind in FieldKind]
        box = add_choice(self, "kind", kinds, "kind")
        box.currentIndexChanged.connect(lambda _: self._show_choices())
        return box

    def _add_box(self, name: str, *, checked: bool) -> QCheckBox:
        box = QCheckBox(say(self.context, f"help.{name}"))
        box.setChecked(checked)
        self.put(name, box)
        return box

    def _kind(self) -> FieldKind:
        if self._known is not None or self.kind is None:
            return self._known.kind if self._known else FieldKind.TEXT
        return FieldKind(str(self.kind.currentData()))

    def _show_choices(self) -> None:
        self.form.set_shown(self.choices, self._kind() is FieldKind.CHOICE)

    def _choices(self) -> tuple[Choice, ...]:
        if self._kind() is not FieldKind.CHOICE:
            return ()
        lines = (line.strip() for line in self.choices.text().splitlines())
        return tuple(self._choice(line) for line in lines if line)

    def _choice(self, line: str) -> Choice:
        """Read »Yes | Ja«; what was there before under either label keeps its key."""
        english, _, german = (part.strip() for part in line.partition("|"))
        known = self._known.choices if self._known is not None else ()
        by_english = (one.key for one in known if one.labels.en == english)
        by_german = (one.key for one in known if german and one.labels.de == german)
        key = next(by_english, None) or next(by_german, "")
        return Choice(key, Labels(english, german or None))

    def _labels(self, english: QLineEdit, german: QLineEdit) -> Labels:
        return Labels(english.text(), german.text() or None)


def _line(one: Choice) -> str:
    return f"{one.labels.en} | {one.labels.de}" if one.labels.de else one.labels.en


def ask_definition(context: Context, parent: QWidget) -> FieldForm:
    """Ask for a new field."""
    session, form = context.session, FieldForm(context, None, parent)

    def read() -> Callable[[], Recorded]:
        wanted = form.definition()
        return lambda: define_field(session, wanted)

    form.send(read)
    return form


def ask_amendment(context: Context, line: FieldLine, parent: QWidget) -> FieldForm:
    """Ask what is to be changed of a field."""
    session, form = context.session, FieldForm(context, line.field.definition, parent)

    def read() -> Callable[[], Recorded]:
        wanted = form.amendment()
        return lambda: amend_field(session, line.id, wanted)

    form.send(read)
    return form


def ask_archive(context: Context, line: FieldLine, parent: QWidget) -> Dialog:
    """Ask whether a field is to be offered no more."""
    return _with_reason(context, "field_archive", line, parent, archive_field)


def ask_reinstatement(context: Context, line: FieldLine, parent: QWidget) -> Dialog:
    """Ask whether a field is to be offered again."""
    return _with_reason(context, "field_reinstate", line, parent, reinstate_field)


def _with_reason(
    context: Context, act: str, line: FieldLine, parent: QWidget, do: Callable[..., Recorded]
) -> Dialog:
    session, number = context.session, context.language.number(line.held)
    dialog = Dialog(context, act, parent, field=name_of(context, line), n=number)
    reason = add_text(dialog, "reason", lines=2)

    def read() -> Callable[[], Recorded]:
        why = reason.text() or None
        return lambda: do(session, line.id, why)

    dialog.send(read)
    return dialog

"""The form of a model's record: to register, to edit, to take a candidate in."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from mlops_desktop.core.custom_fields import FieldDefinition
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import PERSON_FIELDS, SECTIONS
from mlops_desktop.services.called import Called
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.editors import Editor, field_help, make_editor
from mlops_desktop.ui.pages.models.own import help_of, label_of, make_own_editor, offered
from mlops_desktop.ui.pages.models.said import field_name
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.lines import DayLine, TextBox

Read = Callable[[], Callable[[], Recorded]]
"""Reads the form on the window's thread and returns what the write lane is to do."""


class ModelForm(FormDialog):
    """Every field of the record by section; what is refused is said beside its field."""

    def __init__(
        self, context: Context, title: str, verb: str, parent: QWidget, called: Called
    ) -> None:
        super().__init__(context, title, verb, parent)
        self._before: Mapping[str, str] = {}
        self._warned: tuple[str, ...] | None = None
        self._forms: dict[str, Form] = {}
        self._ground = QWidget()
        self._rows = QVBoxLayout(self._ground)
        self._rows.setContentsMargins(0, 0, 12, 0)
        self._editors: dict[str, Editor] = {}
        for section, fields in SECTIONS.items():
            self._add_section(section, fields, called)
        self._add_own(offered(called.own), called.people)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._ground)
        self.insert(self._area)
        self._column.setStretchFactor(self._area, 1)
        self.form.hide()
        self.resize(self.minimumWidth(), int(parent.window().height() * 0.86))
        self._align()
        self._editors["name"].widget.setFocus()

    def prefill(self, texts: Mapping[str, str]) -> None:
        """Show ``texts`` by field; only what differs from them is sent."""
        # A field may have been archived since the model was shown, or defined.
        known = {field: text for field, text in texts.items() if field in self._editors}
        for field, text in known.items():
            self._editors[field].set_text(text)
        self._before = {field: self._editors[field].text() for field in known}

    def add_circumstances(self) -> None:
        """Ask for the reason of a change and from when it holds."""
        form = self._add_form(tr("This change"))
        self.reason = form.add(tr("Reason"), TextBox(lines=2))
        self.effective = form.add(
            tr("Effective from"), DayLine(self.context), tr("Today unless you say otherwise.")
        )
        self._align(form)

    def _align(self, *more: Form) -> None:
        """Let the fields of every section begin below each other."""
        forms = (*self._forms.values(), *more)
        room = max(form.titles_room() for form in forms)
        for form in forms:
            form.begin_at(room)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as wide as the fields ask for once they are dressed: no section scrolls sideways."""
        super().showEvent(event)
        bar = self._area.verticalScrollBar().sizeHint().width()
        inside, sides = self._rows.contentsMargins(), self._column.contentsMargins()
        fields = max(form.minimumSizeHint().width() for form in self._ground.findChildren(Form))
        needed = fields + inside.left() + inside.right() + bar
        self._area.setMinimumWidth(needed)
        self.setMinimumWidth(max(self.minimumWidth(), needed + sides.left() + sides.right()))

    def fix(self, fields: tuple[str, ...], why: str) -> None:
        """Show these fields without letting them be changed, and say why."""
        for field in fields:
            widget = self._editors[field].widget
            self._forms[field].lock(widget)
            self._forms[field].explain(widget, why)

    def go_to(self, field: str) -> None:
        """Stand on a field, as soon as the form is shown."""
        if field in self._editors:
            widget = self._editors[field].widget
            widget.setFocus()
            QTimer.singleShot(0, widget, lambda: self._area.ensureWidgetVisible(widget, 0, 60))

    def changes(self) -> dict[str, str]:
        """Return the texts that differ from those before, by field."""
        now = {field: editor.text() for field, editor in self._editors.items()}
        return {field: text for field, text in now.items() if text != self._before.get(field, "")}

    def was_warned(self) -> bool:
        """Tell whether the person was warned of a likely duplicate and sends the same again."""
        return self._warned == self._identity()

    def _identity(self) -> tuple[str, ...]:
        return tuple(self._editors[field].text() for field in ("name", "register_id"))

    def run(self, name: str, read: Read, done: Callable[[Recorded], None]) -> None:
        """Open the form; each time it is sent, do what ``read`` returns in the write lane."""

        def send() -> None:
            do = read()

            def write(progress: Progress) -> Recorded:
                return do()

            self.context.jobs.submit_write(name, write, self._recorded, self.show_error)

        self._done = done
        self.submitted.connect(send)
        self.open()

    def is_complete(self) -> bool:
        """A name is needed, and a day must be a day."""
        for field in self._editors:
            self._say_wrong(field, "")
        wrong = [
            (field, tr("Please write a day, such as {day}.", day=editor.widget.placeholderText()))
            for field, editor in self._editors.items()
            if isinstance(editor.widget, DayLine) and not editor.widget.is_right()
        ]
        if not self._editors["name"].text():
            wrong.append(("name", tr("A model needs a name.")))
        for field, sentence in wrong:
            self._say_wrong(field, sentence)
        return not wrong

    def set_busy(self, busy: bool) -> None:
        """Keep the fields from being changed while the record is written."""
        super().set_busy(busy)
        self._ground.setEnabled(not busy)

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its field, above the form where it has none."""
        if error.code == "model.looks_alike":
            self._warned = self._identity()
        field = self._field_of(error)
        if field is None:
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self._say_wrong(field, "\n".join(part for part in (what, remedy) if part))

    def _recorded(self, recorded: Recorded) -> None:
        self.done_well()
        self._done(recorded)

    def _field_of(self, error: AppError) -> str | None:
        if error.where in self._editors:
            return error.where
        named = error.parameters.get("name")
        persons = (field for field in PERSON_FIELDS if self._editors[field].text() == named)
        return next(persons, None) if error.code.startswith("person.") else None

    def _say_wrong(self, field: str, sentence: str) -> None:
        widget = self._editors[field].widget
        self._forms[field].set_wrong(widget, sentence)
        if sentence:
            widget.setFocus()
            self._area.ensureWidgetVisible(widget, 0, 60)

    def _add_section(self, section: str, fields: tuple[str, ...], called: Called) -> None:
        form = self._add_form(self.context.say(f"models.section.{section}"))
        for field in fields:
            editor = make_editor(self.context, field, called)
            form.add(
                field_name(self.context, field), editor.widget, field_help(self.context, field)
            )
            self._editors[field], self._forms[field] = editor, form

    def _add_own(self, own: tuple[FieldDefinition, ...], names: tuple[str, ...]) -> None:
        """Ask for the fields of the workspace's own, if it has any."""
        form = self._add_form(self.context.say("models.section.own")) if own else Form()
        for one in own:
            editor = make_own_editor(self.context, one, names)
            form.add(label_of(self.context, one), editor.widget, help_of(self.context, one))
            self._editors[one.key], self._forms[one.key] = editor, form

    def _add_form(self, title: str) -> Form:
        form = Form()
        grid = form.layout()
        if isinstance(grid, QGridLayout):  # so that the fields of all sections stand in one line
            grid.setColumnMinimumWidth(0, self.fontMetrics().averageCharWidth() * 26)
        self._rows.addWidget(Label(title, strong=True))
        self._rows.addWidget(form)
        return form

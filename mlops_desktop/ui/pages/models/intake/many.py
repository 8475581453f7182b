"""One field for all selected rows: which, what, why and from when on."""

from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.called import Called, list_called
from mlops_desktop.services.many import ManyChanged, change_models
from mlops_desktop.services.model_fields import field_names
from mlops_desktop.services.session import effective_from
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.editors import Editor, make_editor
from mlops_desktop.ui.pages.models.own import label_of, make_own_editor, offered
from mlops_desktop.ui.pages.models.said import field_name, say_count
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.lines import DayLine, TextBox

_OF_ONE = ("name", "register_id")
"""What two models never share."""


class ChangeDialog(FormDialog):
    """A choice of a field with its editor; a refusal is said beside it."""

    def __init__(
        self, context: Context, ids: Iterable[str], called: Called, parent: QWidget
    ) -> None:
        self._ids = tuple(sorted(ids))
        title = say_count(context, "intake.many.title", len(self._ids))
        sentence = context.say("intake.many.sentence")
        super().__init__(context, title, context.say("intake.many.verb"), parent, sentence=sentence)
        self.field = self.form.add(context.say("intake.many.field"), QComboBox())
        self._editors: list[Editor] = []
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for title, editor in _choices(context, called):
            self.field.addItem(title, editor.field)
            self._editors.append(editor)
            editor.widget.setAccessibleName(context.say("intake.many.value"))
            column.addWidget(editor.widget)
        help = context.say("intake.many.blank")
        self.value = self.form.add(context.say("intake.many.value"), holder, help)
        self.reason = self.form.add(context.say("intake.many.reason"), TextBox(lines=2))
        self.effective = self.form.add(context.say("intake.many.effective"), DayLine(context))
        # A method as a slot, made before the signal is first used, loses the signal in PySide 6.11.
        self.submitted.connect(self._send)
        self.field.currentIndexChanged.connect(lambda _: self._show_editor())
        self._show_editor()
        self.field.setFocus()

    def editor(self) -> Editor:
        """Return the editor of the field that is chosen."""
        return self._editors[self.field.currentIndex()]

    def is_complete(self) -> bool:
        """A day must be a day."""
        is_right = self.effective.is_right()
        self.form.set_wrong(self.effective, "" if is_right else tr("Please write a day."))
        return is_right

    def show_error(self, error: AppError) -> None:
        """Say beside the value what was refused, above the form what concerns no value."""
        name = str(self.field.currentData())
        if error.where != name and not error.code.startswith(("person.", "entity.")):
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self.form.set_wrong(self.value, "\n".join(part for part in (what, remedy) if part))

    def _show_editor(self) -> None:
        for editor in self._editors:
            editor.widget.setVisible(editor is self.editor())

    def _send(self) -> None:
        session, ids, name = self.context.session, self._ids, str(self.field.currentData())
        text = self.editor().text()
        why, since = self.reason.text(), effective_from(self.effective.day())

        def write(progress: Progress) -> ManyChanged:
            return change_models(session, ids, name, text, reason=why, effective=since)

        words = self.context.say("intake.many.doing")
        self.context.jobs.submit_write(words, write, self._done, self.show_error)

    def _done(self, done: ManyChanged) -> None:
        self.done_well()
        self.context.toast(say_count(self.context, "intake.many.done", done.changed))


def _choices(context: Context, called: Called) -> Iterator[tuple[str, Editor]]:
    """Yield every field that can be changed, with its editor."""
    for name in field_names():
        if name not in _OF_ONE:
            yield field_name(context, name), make_editor(context, name, called)
    for one in offered(called.own):
        yield label_of(context, one), make_own_editor(context, one, called.people)


def ask_change(context: Context, ids: Iterable[str], parent: QWidget) -> None:
    """Open the dialog as soon as the names that complete it are here."""
    session = context.session

    def ask(progress: Progress) -> Called:
        return list_called(session)

    def open_dialog(called: Called) -> None:
        ChangeDialog(context, ids, called, parent).open()

    words = context.say("intake.many.doing")
    context.jobs.submit_read(words, ask, open_dialog, context.show_error, key="models:many")

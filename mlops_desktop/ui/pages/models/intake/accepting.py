"""Several candidates taken into the inventory at once: who owns them, and in which tier."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.called import Called, list_called
from mlops_desktop.services.candidates import ManyAccepted, accept_candidates
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.editors import make_editor
from mlops_desktop.ui.pages.models.own import label_of, make_own_editor, offered
from mlops_desktop.ui.pages.models.said import field_name, say_count
from mlops_desktop.ui.widgets.dialog import FormDialog

_ASKED = ("owner", "tier")


class AcceptDialog(FormDialog):
    """Asks for what all of them are given; a refusal is said beside its field."""

    def __init__(
        self, context: Context, ids: Iterable[str], called: Called, parent: QWidget
    ) -> None:
        self._ids = tuple(sorted(ids))
        title = say_count(context, "intake.accept.title", len(self._ids))
        sentence = context.say("intake.accept.sentence")
        verb = context.say("intake.accept.verb")
        super().__init__(context, title, verb, parent, sentence=sentence)
        self._editors = [make_editor(context, name, called) for name in _ASKED]
        for editor in self._editors:
            self.form.add(field_name(context, editor.field), editor.widget)
        for one in offered(called.own):
            if one.is_required:
                own = make_own_editor(context, one, called.people)
                self._editors.append(own)
                self.form.add(label_of(context, one), own.widget)
        self._editors[0].widget.setFocus()
        # A method as a slot, made before the signal is first used, loses the signal in PySide 6.11.
        self.submitted.connect(self._send)

    def show_error(self, error: AppError) -> None:
        """Say beside a field what was refused of it, above the form what concerns none."""
        about = error.where or ("owner" if error.code.startswith("person.") else "")
        found = next((one for one in self._editors if one.field == about), None)
        if found is None:
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self.form.set_wrong(found.widget, "\n".join(part for part in (what, remedy) if part))

    def _send(self) -> None:
        session, ids = self.context.session, self._ids
        texts = {one.field: one.text() for one in self._editors if one.text().strip()}

        def write(progress: Progress) -> ManyAccepted:
            return accept_candidates(session, ids, texts)

        words = self.context.say("intake.accept.doing")
        self.context.jobs.submit_write(words, write, self._done, self.show_error)

    def _done(self, done: ManyAccepted) -> None:
        self.done_well()
        self.context.toast(say_count(self.context, "intake.accept.done", done.accepted))


def ask_acceptance(context: Context, ids: Iterable[str], parent: QWidget) -> None:
    """Open the dialog as soon as the names that complete it are here."""
    session = context.session

    def ask(progress: Progress) -> Called:
        return list_called(session)

    def open_dialog(called: Called) -> None:
        AcceptDialog(context, ids, called, parent).open()

    words = context.say("intake.accept.doing")
    context.jobs.submit_read(words, ask, open_dialog, context.show_error, key="models:accept")

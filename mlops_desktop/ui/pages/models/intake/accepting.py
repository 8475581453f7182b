"""Several candidates taken into the inventory at once: who owns them, and in which tier."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.called import Called, list_called
from mlops_desktop.services.candidates import ManyAccepted, accept_candidates, list_candidates
from mlops_desktop.services.rows import ModelRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.editors import make_editor
from mlops_desktop.ui.pages.models.own import label_of, make_own_editor, offered
from mlops_desktop.ui.pages.models.said import field_name, say_count, say_source
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.label import Label

_ASKED = ("owner", "tier")
_MOST = 8
"""So many candidates are named; how many more there are is counted."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read for the dialog: names that complete it, and the undecided candidates."""

    called: Called
    rows: tuple[ModelRow, ...]


class AcceptDialog(FormDialog):
    """Asks for what all of them are given; a refusal is said beside its field."""

    def __init__(self, context: Context, ids: Iterable[str], read: _Read, parent: QWidget) -> None:
        self._ids, called = tuple(sorted(ids)), read.called
        title = say_count(context, "intake.accept.title", len(self._ids))
        sentence = say_count(context, "intake.accept.sentence", len(self._ids))
        verb = context.say("intake.accept.verb")
        super().__init__(context, title, verb, parent, sentence=sentence)
        self._name_them(read.rows)
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

    def _name_them(self, rows: tuple[ModelRow, ...]) -> None:
        say, wanted = self.context.say, {*self._ids}
        chosen = [row for row in rows if row.id in wanted or row.key in wanted]
        told = [
            say("intake.accept.candidate", id=row.id, name=row.name,
                source=say_source(self.context, row.source))
            for row in chosen[:_MOST]
        ]  # fmt: skip
        if (rest := len(chosen) - _MOST) > 0:
            told.append(say("intake.accept.more", n=rest))
        shown = Label("\n".join(told), wrap=True, selectable=True)
        self.form.add(say("intake.accept.chosen"), shown)

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

    def ask(progress: Progress) -> _Read:
        return _Read(list_called(session), list_candidates(session))

    def open_dialog(read: _Read) -> None:
        AcceptDialog(context, ids, read, parent).open()

    words = context.say("intake.accept.doing")
    context.jobs.submit_read(words, ask, open_dialog, context.show_error, key="models:accept")

"""The small dialogs about one model: moves along its life, and decisions about a candidate."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.candidates import Verdict
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.services.candidates import match_candidate, reject_candidate
from mlops_desktop.services.models import move_model
from mlops_desktop.services.people import with_passphrase
from mlops_desktop.services.rows import ModelRow
from mlops_desktop.services.session import Recorded, Session, effective_from
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.model_line import ModelLine
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.standing import say_standing
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.lines import DayLine, TextBox

NEEDS_REASON = (Move.RETIRE, Move.SUSPEND)


@dataclass(frozen=True, slots=True)
class MoveText:
    """What a move is called: the question, its verb, what it means, and what was done."""

    title: str
    verb: str
    sentence: str
    done: str


MOVES: dict[Move, MoveText] = {
    Move.VALIDATE: MoveText(
        later("Submit {model} for validation?"),
        later("Submit for validation"),
        later("Validation can begin. What runs in production keeps running."),
        later("{id} is in validation."),
    ),
    Move.REWORK: MoveText(
        later("Send {model} back to development?"),
        later("Send back"),
        later("Validation ends without a result."),
        later("{id} is in development again."),
    ),
    Move.SUSPEND: MoveText(
        later("Suspend {model}?"),
        later("Suspend"),
        later("The model must not be used until it is reactivated. Where it runs is not changed."),
        later("{id} is suspended."),
    ),
    Move.RETIRE: MoveText(
        later("Retire {model}?"),
        later("Retire"),
        later("The record with its whole history stays and can be shown at any time."),
        later("{id} is retired."),
    ),
    Move.REACTIVATE: MoveText(
        later("Reactivate {model}?"),
        later("Reactivate"),
        later("The model goes back to development and needs an approval before it is used."),
        later("{id} is in development again."),
    ),
}


class ModelDialog(FormDialog):
    """Does one thing to one model in the write lane; a refusal is said beside its field."""

    def __init__(
        self, context: Context, title: str, verb: str, parent: QWidget, sentence: str = ""
    ) -> None:
        super().__init__(context, title, verb, parent, sentence=sentence)
        self.fields: dict[str, QWidget] = {}
        self._said = ""
        self._secret: QLineEdit | None = None

    def add_key(self, *, is_needed: bool = False) -> Callable[[], Session]:
        """Ask for the passphrase of one's key; return what gives the session that signs with it.

        ``is_needed`` where nobody does it without a key.
        """
        line, session = QLineEdit(), self.context.session
        line.setEchoMode(QLineEdit.EchoMode.Password)
        ends = ("", "_needed" if is_needed else "_help")
        said, help = (self.context.say(f"signing.passphrase{end}") for end in ends)
        self.fields["passphrase"] = self.form.add(said, line, help)
        self._secret = line
        return lambda: with_passphrase(session, line.text())

    def add_reason(self, *, is_needed: bool) -> TextBox:
        """Ask why."""
        optional = tr("May stay empty; what is written here stays on record.")
        help = tr("Needed; it stays on record.") if is_needed else optional
        box = self.form.add(tr("Reason"), TextBox(), help)
        self.fields["reason"] = box
        return box

    def run(self, name: str, read: Callable[[], Callable[[], Recorded]], said: str) -> None:
        """Open; when sent, do what ``read`` returns in the write lane and then say ``said``."""
        self._said = said

        def send() -> None:
            do = read()

            def write(progress: Progress) -> Recorded:
                return do()

            self.context.jobs.submit_write(name, write, self._recorded, self.show_error)

        self.submitted.connect(send)
        self.open()

    def is_complete(self) -> bool:
        """A day must be a day that has come."""
        wrongs = {field: _wrong_day(field) for field in self.fields.values()}
        for field, wrong in wrongs.items():
            self.form.set_wrong(field, wrong)
        return not any(wrongs.values())

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its field, above the form where it has none.

        A passphrase that was typed is forgotten.
        """
        if self._secret is not None:
            self._secret.clear()
        field = self.fields.get(error.where or "")
        if field is None:
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self.form.set_wrong(field, "\n".join(part for part in (what, remedy) if part))

    def _recorded(self, recorded: Recorded) -> None:
        self.done_well()
        self.context.toast(self._said)


def _wrong_day(field: QWidget) -> str:
    """Return what is wrong with a day; nothing of any other field."""
    if not isinstance(field, DayLine):
        return ""
    if not field.is_right():
        return tr("Please write a day.")
    day = field.day()
    is_early = day is not None and day > clock.today() and not field.is_ahead
    return tr("This day lies in the future.") if is_early else ""


def ask_move(context: Context, shown: Shown, move: Move, parent: QWidget) -> ModelDialog:
    """Ask for what a move needs and make it."""
    text, session, row = MOVES[move], context.session, shown.sheet.row
    title = tr(text.title, model=row.name)
    dialog = ModelDialog(context, title, tr(text.verb), parent, tr(text.sentence))
    reason = dialog.add_reason(is_needed=move in NEEDS_REASON)
    successor = None
    if move is Move.RETIRE:
        for told in say_standing(context, shown):
            dialog.insert(Label(told, wrap=True))
        successor = dialog.form.add(tr("Replaced by"), ModelLine(context))
        dialog.fields["successor"] = successor
    effective = dialog.form.add(
        tr("Effective from"), DayLine(context), tr("Today unless you say otherwise.")
    )
    dialog.fields["effective"] = effective

    def read() -> Callable[[], Recorded]:
        why, since = reason.text(), effective_from(effective.day())
        heir = successor.named() if successor is not None else None
        return lambda: move_model(
            session, row.key, move, reason=why, successor=heir or None, effective=since
        )

    dialog.run(title, read, tr(text.done, id=row.id))
    return dialog


def ask_rejection(context: Context, row: ModelRow, parent: QWidget) -> ModelDialog:
    """Ask why a candidate is not taken into the inventory, and record it."""
    session = context.session
    title = tr("Do not take {model} into the inventory?", model=row.name)
    sentence = tr("The decision stays on record and can be taken back.")
    dialog = ModelDialog(context, title, tr("Do not take in"), parent, sentence)
    verdict = dialog.form.add(tr("Because it is"), QComboBox())
    for one in Verdict:
        verdict.addItem(context.say(f"models.verdict.{one.value}"), one.value)
    reason = dialog.add_reason(is_needed=True)

    def read() -> Callable[[], Recorded]:
        chosen, why = Verdict(str(verdict.currentData())), reason.text()
        return lambda: reject_candidate(session, row.key, chosen, why)

    dialog.run(title, read, tr("{id} was not taken in.", id=row.id))
    return dialog


def ask_match(context: Context, row: ModelRow, parent: QWidget) -> ModelDialog:
    """Ask which model a candidate is the same as, and record it."""
    session = context.session
    title = tr("Which model is {model}?", model=row.name)
    sentence = tr("The model takes over the candidate's entry and versions.")
    dialog = ModelDialog(context, title, tr("Match"), parent, sentence)
    line = dialog.form.add(tr("Model"), ModelLine(context))
    dialog.fields["model"] = line
    reason = dialog.add_reason(is_needed=False)
    line.setFocus()

    def read() -> Callable[[], Recorded]:
        named, why = line.named(), reason.text()
        return lambda: match_candidate(session, row.key, named, why)

    dialog.run(title, read, tr("{id} was matched.", id=row.id))
    return dialog

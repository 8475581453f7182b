"""The dialogs that define a retention rule, end it, and erase by it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.retention import Retained
from mlops_desktop.services.retention.erasing import Preview, preview_rule, run_rule
from mlops_desktop.services.retention.rules import define_rule, end_rule
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.rules.asking import (
    CheckList,
    Dialog,
    NumberBox,
    add_choice,
    add_line,
    add_text,
)
from mlops_desktop.ui.pages.rules.retention import RetentionLine
from mlops_desktop.ui.pages.rules.said import say
from mlops_desktop.ui.widgets.label import Label

_MOST_MONTHS, _USUAL_MONTHS = 1200, 60


def ask_define(context: Context, parent: QWidget) -> Dialog:
    """Ask for a rule: what it is about, how long it waits, and why."""
    dialog = Dialog(context, "retention_define", parent)
    id = add_line(dialog, "retention_id", help="retention_id")
    entries = [(say(context, f"retained.{one}"), one.value) for one in Retained]
    what = add_choice(dialog, "retained", entries)
    months = NumberBox(1, _MOST_MONTHS, _USUAL_MONTHS)
    dialog.put("after", months, "months")
    nouns = CheckList((context.say(f"item.{kind.noun}.many"), kind.noun) for kind in kinds())
    dialog.put("retained_kinds", nouns, "retained_kinds")
    reason, session = add_text(dialog, "reason", "needed"), context.session
    dialog.fields |= {"RULE": id, "months": months, "kind": nouns}

    def read() -> Callable[[], Recorded]:
        retained = Retained(str(what.currentData()))
        chosen = nouns.ticked() if retained is Retained.ITEMS else ()
        wanted = (id.text().strip(), retained, months.value(), reason.text().strip(), chosen)
        return lambda: define_rule(session, *wanted)

    dialog.send(read)
    return dialog


def ask_end(context: Context, line: RetentionLine, parent: QWidget) -> Dialog:
    """Ask why nothing is to be erased by a rule any more."""
    dialog = Dialog(context, "retention_end", parent, rule=line.id)
    reason, session = add_text(dialog, "reason", lines=2), context.session

    def read() -> Callable[[], Recorded]:
        why = reason.text().strip() or None
        return lambda: end_rule(session, line.id, why)

    dialog.send(read)
    return dialog


class EraseDialog(Dialog):
    """Shows what an erasure would take, for some things alone where asked, and takes just that."""

    def __init__(self, context: Context, line: RetentionLine, parent: QWidget) -> None:
        super().__init__(context, "retention_run", parent, rule=line.id)
        self._rule, self._is_purged, self._mark = line.id, True, ""
        self.only = add_line(self, "only", help="only")
        self.shown = Label(wrap=True, selectable=True)
        self.put("seen", self.shown)
        self.reason = add_text(self, "reason", "needed")
        self._hold = self.add_key()
        # A slot of its own would give the dialog other signals than its parents have.
        self.only.textChanged.connect(lambda _: self._look())
        self._look()
        self.send(self._wanted)

    def show_error(self, error: AppError) -> None:
        """Say what is wrong; what is no longer as it was shown is shown anew."""
        super().show_error(error)
        if error.code == "retention.not_as_shown":
            self._look()

    def _ids(self) -> tuple[str, ...]:
        return tuple(one.strip() for one in self.only.text().split(",") if one.strip())

    def _look(self) -> None:
        session, ids, rule = self.context.session, self._ids(), self._rule
        self._mark = ""

        def ask(progress: Progress) -> Preview:
            return preview_rule(session, rule, ids)

        name = say(self.context, "job.read")
        key = "retention:preview"
        self.context.jobs.submit_read(name, ask, self._show, self._show_nothing, key=key)

    def _show(self, found: Preview) -> None:
        self._mark = found.mark
        ids = [one.id for one in found.going]
        named = ", ".join(ids)  # every one: what goes is gone
        number = self.context.language.number(found.texts)
        words = "retention.going_of" if ids else "retention.nothing"
        self.shown.setText(say(self.context, words, texts=number, named=named))

    def _show_nothing(self, error: AppError) -> None:
        self.shown.setText(say(self.context, "retention.nothing"))

    def _wanted(self) -> Callable[[], Recorded]:
        why, session, mark = self.reason.text().strip(), self._hold(), self._mark
        ids = self._ids()
        return lambda: self._erase(session, why, ids, mark)

    def _erase(self, session: Session, reason: str, only: tuple[str, ...], mark: str) -> Recorded:
        done = run_rule(session, self._rule, reason, only, seen=mark)
        self._is_purged = done.is_purged
        return Recorded(self._rule, done.changes)

    def _recorded(self, recorded: Recorded) -> None:
        if not self._is_purged:
            self._said = say(self.context, "ask.retention_run.not_purged")
        super()._recorded(recorded)


def ask_run(context: Context, line: RetentionLine, parent: QWidget) -> Dialog:
    """Ask before erasing by a rule."""
    return EraseDialog(context, line, parent)

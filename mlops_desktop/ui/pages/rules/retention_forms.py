"""The dialogs that define a retention rule, end it, and erase by it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.retention import Retained
from mlops_desktop.services.retention.erasing import run_rule
from mlops_desktop.services.retention.rules import define_rule, end_rule
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.ui.context import Context
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
    reason, session = add_text(dialog, "reason"), context.session
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
    """Asks for the reason of an erasure, and whether it is for some things alone."""

    def __init__(self, context: Context, line: RetentionLine, parent: QWidget) -> None:
        super().__init__(context, "retention_run", parent, rule=line.id)
        self._rule, self._is_purged = line.id, True
        self.only = add_line(self, "only", help="only")
        self.reason = add_text(self, "reason")
        self.send(self._wanted)

    def _wanted(self) -> Callable[[], Recorded]:
        ids = tuple(one.strip() for one in self.only.text().split(",") if one.strip())
        why, session = self.reason.text().strip(), self.context.session
        return lambda: self._erase(session, why, ids)

    def _erase(self, session: Session, reason: str, only: tuple[str, ...]) -> Recorded:
        done = run_rule(session, self._rule, reason, only)
        self._is_purged = done.is_purged
        return Recorded(self._rule, done.changes)

    def _recorded(self, recorded: Recorded) -> None:
        if not self._is_purged:
            self._said = say(self.context, "ask.retention_run.not_purged")
        super()._recorded(recorded)


def ask_run(context: Context, line: RetentionLine, parent: QWidget) -> Dialog:
    """Ask before erasing by a rule."""
    return EraseDialog(context, line, parent)

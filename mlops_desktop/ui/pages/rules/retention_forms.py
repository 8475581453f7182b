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


def ask_run(context: Context, line: RetentionLine, parent: QWidget) -> Dialog:
    """Ask for the reason of an erasure, and whether it is for some things alone."""
    dialog = Dialog(context, "retention_run", parent, rule=line.id)
    only = add_line(dialog, "only", help="only")
    reason, session = add_text(dialog, "reason"), context.session

    def read() -> Callable[[], Recorded]:
        ids = tuple(one.strip() for one in only.text().split(",") if one.strip())
        why = reason.text().strip()
        return lambda: _erase(session, line.id, why, ids)

    dialog.send(read)
    return dialog


def _erase(session: Session, rule: str, reason: str, only: tuple[str, ...]) -> Recorded:
    return Recorded(rule, run_rule(session, rule, reason, only).changes)

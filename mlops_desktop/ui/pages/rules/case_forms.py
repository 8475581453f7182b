"""The dialogs about supervisors and emergencies."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from mlops_desktop.core import clock
from mlops_desktop.core.emergencies import DAYS
from mlops_desktop.core.permissions import Category, Outcome
from mlops_desktop.services.approvals import request_approval
from mlops_desktop.services.emergencies import NewEmergency, record_emergency
from mlops_desktop.services.oversight import EmergencySheet, PermissionSheet
from mlops_desktop.services.permissions import (
    NewPermission,
    Reply,
    answer_permission,
    apply_for_permission,
    meet_obligation,
    need_permission,
)
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_words
from mlops_desktop.ui.pages.approvals.conditions import Conditions
from mlops_desktop.ui.pages.models.environment_box import EnvironmentBox
from mlops_desktop.ui.pages.models.model_line import ModelLine
from mlops_desktop.ui.pages.rules.asking import (
    Dialog,
    NumberBox,
    add_choice,
    add_day,
    add_files,
    add_line,
    add_text,
)
from mlops_desktop.ui.pages.rules.said import say


def _add_subject(dialog: Dialog, model: str, version: str) -> Callable[[], tuple[str, str, str]]:
    """Ask which version of which model it is about, and where."""
    line = ModelLine(dialog.context)
    line.setText(model)
    dialog.put("model", line)
    label = add_line(dialog, "version", version)
    place = EnvironmentBox(dialog.context)
    dialog.put("environment", place)
    return lambda: (line.named(), label.text().strip(), place.code())


def ask_need(context: Context, parent: QWidget, model: str = "", version: str = "") -> Dialog:
    """Ask what a version needs from which supervisor."""
    dialog = Dialog(context, "permission_need", parent)
    subject = _add_subject(dialog, model, version)
    kinds = [(say(context, f"category.{one.value}"), one) for one in Category]
    category = add_choice(dialog, "kind", kinds)
    authority = add_line(dialog, "authority", help="authority")
    reason, hold = add_text(dialog, "reason", lines=2), dialog.add_key()

    def read() -> Callable[[], Recorded]:
        session, (named, label, place) = hold(), subject()
        kind, who = Category(category.currentData()), authority.text()
        wanted = NewPermission(label, place, kind, who, reason.text() or None)
        return lambda: need_permission(session, named, wanted)

    dialog.send(read)
    return dialog


def _on(day: date | None) -> date:
    return day or clock.today()


def ask_application(context: Context, sheet: PermissionSheet, parent: QWidget) -> Dialog:
    """Ask when the application or notification went out."""
    dialog = Dialog(context, "permission_apply", parent, **_named(sheet))
    day = add_day(dialog, "on", help="today")
    reference = add_line(dialog, "reference")
    file, hold = add_files(dialog, "file"), dialog.add_key()

    def read() -> Callable[[], Recorded]:
        on, told, files = _on(day.day()), reference.text() or None, file.read()
        session = hold()

        def do() -> Recorded:
            kept = files()
            return apply_for_permission(session, sheet.id, on, told, kept[0] if kept else None)

        return do

    dialog.send(read)
    return dialog


def ask_answer(context: Context, sheet: PermissionSheet, parent: QWidget) -> Dialog:
    """Ask what the supervisor answered, with obligations and their days."""
    dialog = Dialog(context, "permission_answer", parent, **_named(sheet))
    outcomes = [(say(context, f"permission.{one.value}"), one) for one in Outcome]
    outcome = add_choice(dialog, "outcome", outcomes)
    dialog.begin_open(outcome, "choose_answer")
    day = add_day(dialog, "on", help="today")
    terms = Conditions(context, "oversight.obligation")
    dialog.fields["obligation"] = dialog.put("obligations", terms, "obligations")
    file, hold = add_files(dialog, "file", help="answer_file"), dialog.add_key()
    outcome.setFocus()

    def read() -> Callable[[], Recorded]:
        session = hold()
        said, on = Outcome(outcome.currentData()), _on(day.day())
        obligations, files = terms.conditions(), file.read()

        def do() -> Recorded:
            kept = files()
            reply = Reply(said, on, obligations, kept[0] if kept else None)
            return answer_permission(session, sheet.id, reply)

        return do

    dialog.send(read)
    return dialog


def ask_fulfilment(context: Context, sheet: PermissionSheet, parent: QWidget) -> Dialog:
    """Ask which obligation is met, and for the file that shows it."""
    dialog = Dialog(context, "permission_meet", parent, **_named(sheet))
    number = add_choice(dialog, "number", _open_obligations(context, sheet))
    file = add_files(dialog, "file", help="evidence")
    comment, hold = add_text(dialog, "comment", lines=2), dialog.add_key()

    def read() -> Callable[[], Recorded]:
        session = hold()
        which, paths, told = int(number.currentData()), file.read(), comment.text() or None

        def do() -> Recorded:
            (kept,) = paths()
            return meet_obligation(session, sheet.id, which, kept, told)

        return do

    dialog.needed = file
    dialog.send(read)
    return dialog


def _open_obligations(context: Context, sheet: PermissionSheet) -> list[tuple[str, object]]:
    pairs = zip(sheet.row.permission.obligations, sheet.row.obligations, strict=True)
    return [
        (f"{one.number}: {say_words(context, told.text)}", one.number)
        for one, told in pairs
        if not one.is_met
    ]


def _named(sheet: PermissionSheet) -> dict[str, str]:
    authority = sheet.row.permission.authority
    return {"model": sheet.model.row.name, "version": sheet.label, "authority": authority}


def ask_emergency(context: Context, parent: QWidget, model: str = "", version: str = "") -> Dialog:
    """Ask which version went where before its approval, and why it could not wait."""
    dialog = Dialog(context, "emergency_declare", parent)
    subject = _add_subject(dialog, model, version)
    reason = add_text(dialog, "why", "needed")
    dialog.fields["reason"] = reason
    since = add_day(dialog, "since", help="now")
    days = NumberBox(1, 20, DAYS)
    dialog.put("days", days, "days")
    hold = dialog.add_key()

    def read() -> Callable[[], Recorded]:
        session, (named, label, place) = hold(), subject()
        wanted = NewEmergency(label, place, reason.text(), since.day(), days.value())
        return lambda: record_emergency(session, named, wanted)

    dialog.send(read)
    return dialog


def ask_ratification(context: Context, sheet: EmergencySheet, parent: QWidget) -> Dialog:
    """Ask for the approval that ratifies an emergency change."""
    session, one = context.session, sheet.stand.row.emergency
    named: dict[str, str] = {"model": sheet.model.row.name, "version": sheet.label}
    dialog = Dialog(context, "emergency_ratify", parent, **named)
    comment = add_text(dialog, "comment", "signers")

    def read() -> Callable[[], Recorded]:
        told = comment.text()
        key, label, place = sheet.model.row.key, sheet.label, one.environment
        return lambda: request_approval(session, key, label, place, told)

    dialog.send(read)
    return dialog

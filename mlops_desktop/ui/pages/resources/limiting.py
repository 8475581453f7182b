"""The form of what a workspace calls a bottleneck."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.resources.limits import NAMES, write_limit
from mlops_desktop.services.resources.limits import LimitsSheet, set_limits, show_limits
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.lines import TextBox


def ask_limits(context: Context, parent: QWidget, done: Callable[[], None]) -> None:
    """Read the limits in force, then ask for them."""
    session = context.session

    def ask(progress: Progress) -> LimitsSheet:
        return show_limits(session)

    def show(sheet: LimitsSheet) -> None:
        _ask(context, sheet, parent, done)

    context.jobs.submit_read(context.say("resources.limits.title"), ask, show, context.show_error)


def _ask(context: Context, sheet: LimitsSheet, parent: QWidget, done: Callable[[], None]) -> None:
    say = context.say
    title = say("resources.limits.title")
    dialog = FormDialog(context, title, say("item.verb.edit"), parent)
    fields = {
        name: dialog.form.add(
            say(f"resources.limits.{name}"),
            QLineEdit(write_limit(name, getattr(sheet.limits, name))),
            say(f"resources.limits.{name}_help"),
        )
        for name in NAMES
    }
    said, help = say("resources.limits.reason"), say("resources.limits.reason_help")
    reason = dialog.form.add(said, TextBox(lines=2), help)

    dialog.submitted.connect(lambda: _send(context, dialog, fields, reason, done))
    dialog.open()


def _send(
    context: Context,
    dialog: FormDialog,
    fields: dict[str, QLineEdit],
    reason: TextBox,
    done: Callable[[], None],
) -> None:
    session, why = context.session, reason.text()
    typed = {name: field.text() for name, field in fields.items()}

    def finish(_: Recorded) -> None:
        dialog.done_well()
        context.toast(context.say("resources.limits.done"))
        done()

    def refuse(error: AppError) -> None:
        dialog.set_busy(False)
        what, meaning, _ = context.explain(error)
        field = fields.get(error.where or "", fields[NAMES[0]])
        dialog.form.set_wrong(field, "\n".join(part for part in (what, meaning) if part))

    def work(progress: Progress) -> Recorded:
        return set_limits(session, typed, reason=why)

    context.jobs.submit_write(context.say("resources.limits.title"), work, finish, refuse)

"""The question how a conflict is settled: what counts stays, or the author does it again."""

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.events.copies import Settlement
from mlops_desktop.services.copies import settle
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.widgets.dialog import ConfirmDialog

_ACTS = {Settlement.KEPT: "keep", Settlement.DONE_AGAIN: "again"}


def ask_settlement(
    context: Context, event: str, settlement: Settlement, parent: QWidget
) -> ConfirmDialog:
    """Ask for a comment, and settle what was held back."""
    say, session, act = context.say, context.session, _ACTS[settlement]
    dialog = ConfirmDialog(
        context,
        say(f"sharing.ask.{act}.title"),
        say(f"sharing.ask.{act}.sentence"),
        say(f"sharing.ask.{act}.verb"),
        parent,
        reason=say("sharing.field.comment"),
    )

    def write(progress: Progress) -> Recorded:
        return settle(session, event, settlement, dialog.reason())

    def done(_: Recorded) -> None:
        dialog.done_well()
        context.toast(say(f"sharing.ask.{act}.done"))

    def send() -> None:
        name = say(f"sharing.ask.{act}.verb")
        context.jobs.submit_write(name, write, done, dialog.show_error)

    dialog.submitted.connect(send)
    dialog.open()
    return dialog

"""The question how a conflict is settled: what counts stays, or the author does it again."""

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.events.copies import Settlement
from mlops_desktop.services.copies import settle
from mlops_desktop.services.copies.sharing import Sides, read_sides
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.sharing.said import Line, groups, side_groups
from mlops_desktop.ui.widgets.dialog import ConfirmDialog
from mlops_desktop.ui.widgets.sections import Sections

_ACTS = {Settlement.KEPT: "keep", Settlement.DONE_AGAIN: "again"}


def ask_settlement(
    context: Context, line: Line, settlement: Settlement, parent: QWidget
) -> ConfirmDialog:
    """Show what was held back and what counts, ask for a comment, and settle it."""
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
        return settle(session, line.id, settlement, dialog.reason())

    def done(_: Recorded) -> None:
        dialog.done_well()
        context.toast(say(f"sharing.ask.{act}.done"))

    def send() -> None:
        name = say(f"sharing.ask.{act}.verb")
        context.jobs.submit_write(name, write, done, dialog.show_error)

    dialog.submitted.connect(send)
    _show_both(context, line, dialog)
    dialog.open()
    return dialog


def _show_both(context: Context, line: Line, dialog: ConfirmDialog) -> None:
    """Name above the form what was held back; what each side says follows once it was read."""
    session, conflict = context.session, line.conflict
    shown, told = Sections(context, "sharing.title.chosen"), groups(context, line)
    shown.show_groups(told)
    dialog.insert(shown)
    if conflict is None:
        return

    def ask(progress: Progress) -> Sides:
        return read_sides(session, conflict)

    def show(sides: Sides) -> None:
        noun = conflict.event.type.partition(".")[0]
        shown.show_groups((*told, *side_groups(context, sides, noun)))

    name = context.say("sharing.word.reading")
    context.jobs.submit_read(name, ask, show, dialog.bar.show_error, key="sharing:settling")

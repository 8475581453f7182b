"""Which import to look at again."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.services.imports import list_imports
from mlops_desktop.services.rows import ImportRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.widgets.dialog import FormDialog


def ask_past(context: Context, parent: QWidget, then: Callable[[str], None]) -> None:
    """Offer every import, newest first, and give the id of the one chosen to ``then``."""
    session = context.session

    def read(progress: Progress) -> tuple[ImportRow, ...]:
        return list_imports(session)

    def open_dialog(rows: tuple[ImportRow, ...]) -> None:
        if not rows:
            context.toast(context.say("intake.needs.imports"))
            return
        dialog = FormDialog(
            context, context.say("intake.past.title"), context.say("intake.past.verb"), parent
        )
        box = dialog.form.add(context.say("intake.past.which"), QComboBox())
        for row in rows:
            box.addItem(_said(context, row), row.key)
        dialog.submitted.connect(dialog.done_well)
        dialog.accepted.connect(lambda: then(str(box.currentData())))
        box.setFocus()
        dialog.open()

    words = context.say("intake.reading")
    context.jobs.submit_read(words, read, open_dialog, context.show_error, key="models:imports")


def _said(context: Context, row: ImportRow) -> str:
    return context.say(
        "intake.past.line",
        id=row.id,
        file=row.file,
        at=say_moment(context, row.at),
        person=row.person,
    )

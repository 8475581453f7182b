"""The dialog that takes in cases of feedback as they were copied from a spreadsheet."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mlops_desktop.services.feedback import paste_cases
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.widgets.lines import TextBox


def ask_cases(context: Context, shown: Shown, parent: QWidget) -> ModelDialog:
    """Ask for rows with their headings and record each as a feedback about the model."""
    say, session, row = context.say, context.session, shown.sheet.row
    title = say("feedback.paste_title", model=row.name)
    dialog = ModelDialog(context, title, say("feedback.paste_do"), parent, say("feedback.lead"))
    rows = dialog.form.add(say("feedback.paste_rows"), TextBox(lines=10))
    dialog.fields |= {"rows": rows}
    rows.setFocus()

    def read() -> Callable[[], Recorded]:
        text = rows.text()
        return lambda: paste_cases(session, row.key, text)

    dialog.run(title, read, say("feedback.pasted", model=row.id))
    return dialog

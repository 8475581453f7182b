"""The passphrase with which answers are signed, asked for once for all of them."""

from PySide6.QtWidgets import QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.dialog import FormDialog


class AnswersDialog(FormDialog):
    """Says how many answers are signed, and asks for the passphrase of one's key."""

    def __init__(self, context: Context, answers: int, parent: QWidget) -> None:
        number = context.language.number(answers)
        verb = context.say("attestations.mine.submit", n=number)
        sentence = context.say("attestations.mine.sign")
        super().__init__(context, verb, context.say("signing.verb"), parent, sentence=sentence)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.form.add(context.say("signing.passphrase"), self.line)

    def is_complete(self) -> bool:
        """The passphrase must be there."""
        told = "" if self.line.text() else self.context.say("errors.signing.secret_missing.message")
        self.form.set_wrong(self.line, told)
        return not told

    def show_error(self, error: AppError) -> None:
        """Explain, and forget the passphrase that was typed."""
        self.line.clear()
        super().show_error(error)

"""What is asked before a loss, and for a secret that no keyring keeps."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.session import Recorded
from mlops_desktop.services.source_edits import replace_secret
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.ways_forms import secret_line
from mlops_desktop.ui.widgets.dialog import ConfirmDialog, FormDialog


class SecretForm(FormDialog):
    """Asks for another password or token of a source; where no keyring keeps it, tells it."""

    keeps_draft = False  # an address can bear a password

    unkept = Signal(str)

    def __init__(self, context: Context, name: str, parent: QWidget) -> None:
        super().__init__(
            context, tr("Secret of {source}", source=name), tr("Replace"), parent,
            sentence=tr("It takes the place of the one before, which is shown nowhere."),
        )  # fmt: skip
        self._name = name
        self.line = self.form.add(
            tr("Password or token"),
            secret_line(),
            tr("Kept in this computer's keyring, never in the ledger."),
        )
        self.line.setFocus()
        self.submitted.connect(self._send)

    def is_complete(self) -> bool:
        """An empty secret is none."""
        self.form.set_wrong(self.line, "" if self.line.text() else tr("This is needed."))
        return bool(self.line.text())

    def _send(self) -> None:
        session, name, secret = self.context.session, self._name, self.line.text()

        def write(progress: Progress) -> Recorded:
            return replace_secret(session, name, secret)

        self.context.jobs.submit_write(
            tr("Replacing the secret of {source}", source=name), write, self._done, self._refused
        )

    def _done(self, recorded: Recorded) -> None:
        self.unkept.emit("")
        self.context.toast(tr("The secret of {source} is replaced.", source=self._name))
        self.done_well()

    def _refused(self, error: AppError) -> None:
        if error.code.startswith("keyring."):
            self.unkept.emit(self.line.text())
            self.done_well()
        else:
            self.show_error(error)


def confirm_removal(
    context: Context, name: str, parent: QWidget, then: Callable[[], None]
) -> ConfirmDialog:
    """Ask before a connection is removed."""
    title = tr("Remove the source {source}?", source=name)
    sentence = tr(
        "It is not read any more and its secret is forgotten. Everything it told stays on record."
    )
    return _ask(ConfirmDialog(context, title, sentence, tr("Remove"), parent), then)


def confirm_gone(
    context: Context, name: str, number: int, parent: QWidget, then: Callable[[], None]
) -> ConfirmDialog:
    """Ask before entries that vanished at once are believed to be gone."""
    title = say_count(context, "sources.held.confirm", number, source=name)
    sentence = context.say("sources.held.consequence")
    return _ask(ConfirmDialog(context, title, sentence, tr("They are gone"), parent), then)


def _ask(dialog: ConfirmDialog, then: Callable[[], None]) -> ConfirmDialog:
    def answer() -> None:
        dialog.done_well()
        then()

    dialog.submitted.connect(answer)
    dialog.open()
    return dialog

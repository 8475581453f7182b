"""What is asked before a loss, and for a secret that no keyring keeps."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.ways_forms import secret_line
from mlops_desktop.ui.widgets.dialog import ConfirmDialog, FormDialog


class SecretForm(FormDialog):
    """Asks for the password or token of a source."""

    given = Signal(str)

    def __init__(self, context: Context, name: str, parent: QWidget) -> None:
        super().__init__(
            context, tr("Secret of {source}", source=name), tr("Use it"), parent,
            sentence=tr("It is used until this window closes, and kept nowhere."),
        )  # fmt: skip
        self.line = self.form.add(tr("Password or token"), secret_line())
        self.submitted.connect(self._give)

    def is_complete(self) -> bool:
        """An empty secret is none."""
        self.form.set_wrong(self.line, "" if self.line.text() else tr("This is needed."))
        return bool(self.line.text())

    def _give(self) -> None:
        self.given.emit(self.line.text())
        self.done_well()


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

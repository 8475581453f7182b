"""Signed acts beside decisions: partiality, a paper confirmed, a condition met."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.standing import GRANTED
from mlops_desktop.services.conditions import Fulfilment, meet_condition
from mlops_desktop.services.documents import read_file
from mlops_desktop.services.papers import confirm_paper
from mlops_desktop.services.people import unlocker
from mlops_desktop.services.recusals import recuse
from mlops_desktop.services.reviews import RequestSheet
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.drops import Landing
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.sign_dialog import Meaning, SignDialog


class DeclarationDialog(SignDialog):
    """Says what is declared and asks for the passphrase; signs in the write lane."""

    def __init__(
        self, context: Context, sheet: RequestSheet, act: str, parent: QWidget, *, reason: bool
    ) -> None:
        title = context.say(f"approvals.act.{act}.title", id=sheet.row.id)
        said = context.say(f"approvals.act.{act}.meaning", id=sheet.row.id)
        covers = (
            (tr("Request"), sheet.row.id),
            (tr("Model"), f"{sheet.row.model_id} {sheet.row.model_name}"),
        )
        super().__init__(
            context, title, covers, (Meaning(said, said, needs_comment=reason),), parent
        )
        self._act = act
        (self.comment if reason else self.passphrase).setFocus()

    def run(self, read: Callable[[], Callable[[], Recorded]]) -> None:
        """Open; when signed, do what ``read`` returns in the write lane."""

        def send() -> None:
            do = read()

            def write(progress: Progress) -> Recorded:
                return do()

            self.context.jobs.submit_write(tr("Signing"), write, self._signed, self.show_error)

        self.submitted.connect(send)
        self.open()

    def _signed(self, recorded: Recorded) -> None:
        self.done_well()
        self.context.toast(self.context.say(f"approvals.act.{self._act}.done"))


def ask_recusal(context: Context, sheet: RequestSheet, parent: QWidget) -> DeclarationDialog:
    """Ask why the acting person is partial, and sign it."""
    session, key = context.session, sheet.row.key
    dialog = DeclarationDialog(context, sheet, "recuse", parent, reason=True)

    def read() -> Callable[[], Recorded]:
        given = dialog.signing()
        unlock = unlocker(session, lambda: given.passphrase)
        return lambda: recuse(session, key, given.comment, unlock)

    dialog.run(read)
    return dialog


def ask_confirmation(context: Context, sheet: RequestSheet, parent: QWidget) -> DeclarationDialog:
    """Ask a second person to sign that a record says what its paper says."""
    session, key = context.session, sheet.row.key
    dialog = DeclarationDialog(context, sheet, "confirm", parent, reason=False)

    def read() -> Callable[[], Recorded]:
        given = dialog.signing()
        return lambda: confirm_paper(session, key, unlocker(session, lambda: given.passphrase))

    dialog.run(read)
    return dialog


class FulfilmentDialog(DeclarationDialog):
    """Asks which condition is met, and for the file that shows it."""

    def __init__(self, context: Context, sheet: RequestSheet, parent: QWidget) -> None:
        super().__init__(context, sheet, "meet", parent, reason=False)
        self.number = QComboBox()
        for one in sheet.conditions:
            if one.met is None:
                self.number.addItem(f"{one.number}: {one.text or '…'}", one.number)
        self.form.add(context.say("approvals.say.conditions"), self.number)
        self.path = self.form.add(context.say("approvals.say.file"), QLineEdit())
        self.form.add_below(self.path, Button(tr("Choose…"), self._choose))

    def is_complete(self) -> bool:
        """What a signature needs, and a file that is there."""
        complete = super().is_complete()
        is_there = Path(self.path.text().strip()).is_file()
        wrong = "" if is_there else self.context.say("approvals.say.file_missing")
        self.form.set_wrong(self.path, wrong)
        return complete and is_there

    def land(self, paths: tuple[Path, ...]) -> Landing:
        """Take the file that shows it."""
        said = self.context.say("drops.form.file")
        return Landing(said, lambda files: self.path.setText(str(files[0])))

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.context.say("approvals.say.file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.path.setText)
        dialog.open()


def ask_fulfilment(context: Context, sheet: RequestSheet, parent: QWidget) -> FulfilmentDialog:
    """Ask which condition is met by which file, and sign it."""
    session, key = context.session, sheet.row.key
    dialog = FulfilmentDialog(context, sheet, parent)

    def read() -> Callable[[], Recorded]:
        given, path = dialog.signing(), Path(dialog.path.text().strip())
        number = int(dialog.number.currentData())
        unlock = unlocker(session, lambda: given.passphrase)

        def do() -> Recorded:
            done = Fulfilment(number, read_file(path), given.comment or None)
            return meet_condition(session, key, done, unlock)

        return do

    dialog.run(read)
    return dialog


def has_open_condition(sheet: RequestSheet | None) -> bool:
    """Tell whether a granted approval has a condition that is not met yet."""
    is_granted = sheet is not None and sheet.row.status in GRANTED
    return sheet is not None and is_granted and any(one.met is None for one in sheet.conditions)

"""The form of who was invited: the key is made here, and the fingerprint shown to read it out."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.own_key import KeyWanted, OwnKey, new_key
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.ways_forms import AskingForm, secret_line
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.label import EvenLabel

if TYPE_CHECKING:
    from mlops_desktop.services.accepting import Request

_ENDING = "request"


class AcceptForm(AskingForm):
    """Asks for the invitation and the passphrase of the key that is made."""

    accepted_as = Signal(str, str)
    """The place of the workspace and the person's name, as the invitation says them."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        say = context.say
        super().__init__(
            context, say("invited.title"), say("invited.verb"), parent,
            sentence=say("invited.sentence"),
        )  # fmt: skip
        self._above = parent
        self.file = self.form.add(say("invited.file"), QLineEdit())
        self.form.add_below(self.file, Button(tr("Choose…"), self._browse))
        self.secret, self.again = secret_line(), secret_line()
        self.key = OwnKey(context, self.form, self.secret, self.again)
        place = str(Path.home() / f"{say('invited.request_file')}.{_ENDING}")
        self.request = self.form.add(say("invited.request"), QLineEdit(place))
        self.form.add_below(self.request, Button(tr("Choose…"), self._browse_request))

        def make() -> None:
            self._make()

        self.submitted.connect(make)  # before any method is a slot, which loses the signal

    def needed(self) -> tuple[QLineEdit, ...]:
        return (self.file, *self.key.needed(), self.secret, self.request)

    def places(self) -> dict[str, QLineEdit]:
        return {
            "invitation.": self.file,
            "file.": self.request,
            "key_file.": self.key.file,
            "token.pin": self.secret,
            "token.no_key": self.key.label,
            "token.library": self.key.module,
            "token.": self.key.token,
            "passphrase.": self.secret,
            "person_key.": self.secret,
            "public_key.": self.key.label if not self.key.file.isVisible() else self.key.file,
        }

    def is_complete(self) -> bool:
        """Everything is there, and the passphrase twice the same."""
        is_there = super().is_complete()
        is_same = not self.key.is_made or self.secret.text() == self.again.text()
        self.form.set_wrong(self.again, "" if is_same else tr("The two passphrases differ."))
        return is_there and is_same

    def _make(self) -> None:
        file, key = Path(self.file.text().strip()).expanduser(), self.key.wanted()
        out = Path(self.request.text().strip()).expanduser()

        def make(progress: Progress) -> "tuple[str, str, Request]":
            return _accept(file, key, out)

        def done(made: "tuple[str, str, Request]") -> None:
            place, name, request = made
            self.accepted_as.emit(place, name)
            shown = FingerprintForm(self.context, request.fingerprint, out, self._above)
            self.done_well()
            shown.open()

        self.set_busy(True)
        name = self.context.say("invited.verb")
        self.context.jobs.submit_write(name, make, done, self.show_error)

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.windowTitle(), self.file.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.file.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _browse_request(self) -> None:
        dialog = QFileDialog(self, self.context.say("invited.request"), self.request.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_ENDING)
        dialog.fileSelected.connect(self.request.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _accept(file: Path, key: KeyWanted, out: Path) -> "tuple[str, str, Request]":
    """Make or take the key, write the request, and return where to, who, and the request."""
    from mlops_desktop.services.accepting import accept_invitation
    from mlops_desktop.services.files import write_file
    from mlops_desktop.services.invitations import read_invitation

    invitation = read_invitation(file)
    request = accept_invitation(invitation, new_key(key))
    write_file(out, request.pem.encode("ascii"))
    return invitation.place, invitation.name, request


class FingerprintForm(FormDialog):
    """Shows the fingerprint of one's key, to be read out to each custodian."""

    keeps_draft = False

    def __init__(self, context: Context, fingerprint: str, out: Path, parent: QWidget) -> None:
        say = context.say
        super().__init__(
            context, say("invited.fingerprint"), say("invited.understood"), parent,
            sentence=say("invited.read_out", path=str(out)),
        )  # fmt: skip
        label = EvenLabel(fingerprint, size="title", strong=True, wrap=True, selectable=True)
        label.setAccessibleName(say("invited.fingerprint"))
        self.insert(label)
        self._cancel.hide()  # the request is written: there is nothing to go back from

        def close() -> None:
            self.done_well()

        self.submitted.connect(close)

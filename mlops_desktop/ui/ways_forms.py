"""The forms of the ways into a workspace."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.dialog import FormDialog

if TYPE_CHECKING:
    from mlops_desktop.services.workspaces import NewWorkspace

_NOWHERE = "workspace_key.nowhere_to_store"


@dataclass(frozen=True, slots=True)
class Joining:
    """A team's server, its password, and who joins."""

    place: str
    password: str
    person: str

    def __repr__(self) -> str:
        return f"Joining({self.person}, …)"


def secret_line() -> QLineEdit:
    """Return a line whose text is not shown."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


class _AskingForm(FormDialog):
    """A form whose lines must be filled in."""

    def needed(self) -> tuple[QLineEdit, ...]:
        """Return the lines that must not stay empty."""
        return ()

    def is_complete(self) -> bool:
        """Say beside each empty line that it is needed."""
        empty = [line for line in self.needed() if not line.text().strip()]
        for line in reversed(self.needed()):
            self.form.set_wrong(line, tr("This is needed.") if line in empty else "")
        return not empty


class PassphraseForm(_AskingForm):
    """Asks for the passphrase that unlocks a workspace's key."""

    def __init__(self, context: Context, parent: QWidget, place: str) -> None:
        super().__init__(context, tr("Unlock the workspace"), tr("Open"), parent, sentence=place)
        self._line = self.form.add(tr("Passphrase of the workspace"), secret_line())

    def needed(self) -> tuple[QLineEdit, ...]:
        return (self._line,)

    def passphrase(self) -> str:
        """Return what was typed."""
        return self._line.text()


class TeamForm(_AskingForm):
    """Asks for a PostgreSQL workspace and who joins."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, tr("Join a team"), tr("Join"), parent)
        self._place = self.form.add(tr("Address"), QLineEdit("postgresql://"))
        self._password = self.form.add(
            tr("Password of the database"), secret_line(), tr("Used for this connection only.")
        )
        self._person = self.form.add(
            tr("Your name"), QLineEdit(), tr("As your administrator enrolled you.")
        )

    def needed(self) -> tuple[QLineEdit, ...]:
        return (self._place, self._person)

    def wanted(self) -> Joining:
        """Return what was typed."""
        return Joining(
            self._place.text().strip(), self._password.text(), self._person.text().strip()
        )


class NewForm(_AskingForm):
    """Asks for a place, a name, the first person and the passphrase of that person's key."""

    def __init__(self, context: Context, parent: QWidget, ending: str) -> None:
        sentence = tr("You become its first administrator and risk manager.")
        super().__init__(context, tr("New workspace"), tr("Make it"), parent, sentence=sentence)
        self._ending = ending
        self._name = self.form.add(tr("Name of the institution"), QLineEdit())
        self._place = QLineEdit(str(Path.home() / f"models{ending}"))
        self.form.add(tr("File"), self._place)
        self.form.add_below(self._place, Button(tr("Choose…"), self._browse))
        self._person = self.form.add(tr("Your name"), QLineEdit())
        self._first = self.form.add(
            tr("Passphrase of your key"),
            secret_line(),
            tr("You sign with it; nobody can reset it."),
        )
        self._again = self.form.add(tr("Passphrase again"), secret_line())
        self._key: QLineEdit | None = None

    def needed(self) -> tuple[QLineEdit, ...]:
        lines = (self._name, self._place, self._person, self._first, self._again)
        return (*lines, self._key) if self._key is not None else lines

    def is_complete(self) -> bool:
        """Both passphrases must be the same."""
        complete = super().is_complete()
        same = self._first.text() == self._again.text()
        if complete and not same:
            self.form.set_wrong(self._again, tr("The two passphrases differ."))
        return complete and same

    def wanted(self) -> "NewWorkspace":
        """Return what was typed."""
        from mlops_desktop.services.workspaces import NewWorkspace

        return NewWorkspace(
            place=self._place.text().strip(),
            name=self._name.text().strip(),
            person=self._person.text().strip(),
            passphrase=self._first.text(),
            key_passphrase=self._key.text() if self._key is not None else None,
        )

    def show_error(self, error: AppError) -> None:
        """Explain; where no keyring keeps the file's key, ask for a passphrase of its own."""
        if error.code == _NOWHERE and self._key is None:
            self._key = self.form.add(
                tr("Passphrase of the workspace"),
                secret_line(),
                tr("No keyring was found here, so this passphrase guards the file."),
            )
        super().show_error(error)

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("New workspace"), self._place.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self._ending.removeprefix("."))
        dialog.fileSelected.connect(self._place.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

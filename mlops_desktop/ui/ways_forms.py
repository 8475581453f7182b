"""The forms of the ways into a workspace."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.dialog import FormDialog

if TYPE_CHECKING:
    from mlops_desktop.services.workspace_card import PlaceWarning
    from mlops_desktop.services.workspaces import NewWorkspace

NOWHERE = "workspace_key.nowhere_to_store"
"""Nothing here can keep a new key."""
_IN_FILE = "file"
_WIDE = 104


def secret_line() -> QLineEdit:
    """Return a line whose text is not shown."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


class AskingForm(FormDialog):
    """A form whose lines must be filled in; a refusal stands beside the line it is about."""

    def places(self) -> dict[str, QLineEdit]:
        """Return the line for the beginning of an error's code."""
        return {}

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its line, above the form where it has none."""
        found = (line for start, line in self.places().items() if error.code.startswith(start))
        line = next(found, None)
        if line is None:
            super().show_error(error)
            return
        self.set_busy(False)
        self.form.set_wrong(line, "\n".join(filter(None, self.context.explain(error))))

    keeps_draft = False  # an address can bear a password

    def needed(self) -> tuple[QLineEdit, ...]:
        """Return the lines that must not stay empty."""
        return ()

    def is_complete(self) -> bool:
        """Say beside each empty line that it is needed."""
        empty = [line for line in self.needed() if not line.text().strip()]
        for line in reversed(self.needed()):
            self.form.set_wrong(line, tr("This is needed.") if line in empty else "")
        return not empty


class PassphraseForm(AskingForm):
    """Asks for the passphrase that unlocks a workspace's key."""

    def __init__(self, context: Context, parent: QWidget, place: str) -> None:
        super().__init__(context, tr("Unlock the workspace"), tr("Open"), parent, sentence=place)
        self._line = self.form.add(tr("Passphrase of the workspace"), secret_line())

    def needed(self) -> tuple[QLineEdit, ...]:
        return (self._line,)

    def passphrase(self) -> str:
        """Return what was typed."""
        return self._line.text()


class NewForm(AskingForm):
    """Asks for a place, a name, the first person and the passphrase of that person's key."""

    def __init__(self, context: Context, parent: QWidget, ending: str) -> None:
        sentence = tr("You become its first administrator and risk manager.")
        super().__init__(context, tr("New workspace"), tr("Make it"), parent, sentence=sentence)
        self._ending, self._key_hint = ending, ""
        self._name = self.form.add(tr("Name of the institution"), QLineEdit())
        self._place = QLineEdit(str(Path.home() / f"models{ending}"))
        self.form.add(tr("File"), self._place)
        self.form.add_below(self._place, Button(tr("Choose…"), self._browse))
        self._person = self.form.add(tr("Your name"), QLineEdit())
        self._pairs = [
            self._add_pair(
                tr("Passphrase of your key"),
                tr("Passphrase again"),
                tr("You sign with it; nobody can reset it."),
            )
        ]
        # A method itself as a slot, before the signal is first used, loses it in PySide 6.11.
        self._place.editingFinished.connect(partial(self._doubt))
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDE)
        self._name.setFocus()
        self._ask_key_place()

    def places(self) -> dict[str, QLineEdit]:
        shortest = min((pair[0] for pair in self._pairs), key=lambda line: len(line.text()))
        return {
            "workspace.": self._place,
            "file.": self._place,
            "person.": self._person,
            "passphrase.": shortest,
        }

    def _ask_key_place(self) -> None:
        """Say where the file's key will be kept; looking into the keyring may take its time."""

        def ask(progress: Progress) -> str:
            from mlops_desktop.services.workspace_card import key_keeping

            return key_keeping().value

        self.context.jobs.submit_read(
            tr("New workspace"), ask, self._show_key_place, self._ignore, key="ways:key"
        )

    def _show_key_place(self, place: str) -> None:
        say = self.context.say
        if place == _IN_FILE:
            self._ask_key_passphrase()
        else:
            self.form.explain(self._place, say(f"welcome.key.{place}"))
        self._key_hint = "" if place == _IN_FILE else say(f"welcome.key.{place}")

    def _ignore(self, error: AppError) -> None:
        """Making the workspace says what is wrong with its key."""

    def _doubt(self) -> None:
        """Warn of a folder that is elsewhere too, beside the line."""
        place = self._place.text().strip()

        def ask(progress: Progress) -> "PlaceWarning | None":
            from mlops_desktop.services.workspace_card import doubt_place

            return doubt_place(place)

        self.context.jobs.submit_read(
            tr("New workspace"), ask, self._show_doubt, self._ignore, key="ways:place"
        )

    def _show_doubt(self, found: "PlaceWarning | None") -> None:
        said = self._key_hint
        if found is not None:
            said = self.context.say(f"welcome.place.{found.code}", what=found.what)
        self.form.explain(self._place, said)

    def _add_pair(self, title: str, again: str, help: str) -> tuple[QLineEdit, QLineEdit]:
        """Ask for a secret twice, for nobody can tell it afterwards."""
        first = self.form.add(title, secret_line(), help)
        return first, self.form.add(again, secret_line())

    def needed(self) -> tuple[QLineEdit, ...]:
        secrets = (line for pair in self._pairs for line in pair)
        return (self._name, self._place, self._person, *secrets)

    def is_complete(self) -> bool:
        """Each passphrase must be the same twice."""
        complete = super().is_complete()
        for first, again in reversed(self._pairs):
            if complete and first.text() != again.text():
                self.form.set_wrong(again, tr("The two passphrases differ."))
                complete = False
        return complete

    def wanted(self) -> "NewWorkspace":
        """Return what was typed."""
        from mlops_desktop.services.workspaces import NewWorkspace

        return NewWorkspace(
            place=self._place.text().strip(),
            name=self._name.text().strip(),
            person=self._person.text().strip(),
            passphrase=self._pairs[0][0].text(),
            key_passphrase=self._key_passphrase(),
        )

    def made(self) -> str:
        """Return what is to be said once the workspace is made."""
        name, place = self._name.text().strip(), self._place.text().strip()
        if self._key_passphrase() is None:
            return tr("{name} is made: {place}", name=name, place=place)
        return tr(
            "{name} is made: {place}. It opens with the passphrase of the workspace.",
            name=name,
            place=place,
        )

    def show_error(self, error: AppError) -> None:
        """Explain; where no keyring keeps the file's key, ask for a passphrase of its own."""
        if error.code != NOWHERE or len(self._pairs) > 1:
            super().show_error(error)
            return
        self.set_busy(False)
        self._ask_key_passphrase()
        self._pairs[1][0].setFocus()

    def _ask_key_passphrase(self) -> None:
        if len(self._pairs) > 1:
            return
        pair = self._add_pair(
            tr("Passphrase of the workspace"),
            tr("Passphrase of the workspace again"),
            tr("It opens the file here and is asked for at every start; nobody can reset it."),
        )
        self._pairs.append(pair)
        say = self.context.say
        self.bar.say("info", say("welcome.key.file"), say("welcome.key.file_hint"))

    def _key_passphrase(self) -> str | None:
        return self._pairs[1][0].text() if len(self._pairs) > 1 else None

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("New workspace"), self._place.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self._ending.removeprefix("."))
        dialog.fileSelected.connect(self._place.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

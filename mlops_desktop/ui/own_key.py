"""Which key the invited signs with: made here, brought in a PKCS#12 file, or on a token."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.form import Form

if TYPE_CHECKING:
    from mlops_desktop.services.accepting import NewKey

MADE, FILE, TOKEN = "made", "file", "token"
_WAYS = (MADE, FILE, TOKEN)


@dataclass(frozen=True, slots=True)
class KeyWanted:
    """What was filled in; ``secret`` is the passphrase, or the token's PIN."""

    way: str
    secret: str
    file: Path
    token: tuple[str, str, str]

    def __repr__(self) -> str:
        return f"KeyWanted({self.way}, …)"


class OwnKey:
    """The lines of a form that say so; those of the other ways are hidden."""

    def __init__(self, context: Context, form: Form, secret: QLineEdit, again: QLineEdit) -> None:
        self._context, self._form, self._secret, self._again = context, form, secret, again
        say = context.say
        self.way = form.add(say("invited.key"), QComboBox())
        for way in _WAYS:
            self.way.addItem(say(f"invited.key_{way}"), way)
        self.file = form.add(say("invited.key_file"), QLineEdit())
        self.choose = Button(tr("Choose…"), lambda: self._browse(self.file, "invited.key_file"))
        form.add_below(self.file, self.choose)
        self.module = form.add(say("invited.module"), QLineEdit(), say("invited.module_help"))
        self.find = Button(tr("Choose…"), lambda: self._browse(self.module, "invited.module"))
        form.add_below(self.module, self.find)
        self.token, self.label = (
            form.add(say(f"invited.{name}"), QLineEdit()) for name in ("token", "token_key")
        )
        form.add(say("invited.secret_made"), secret)
        form.add(say("invited.again"), again)
        self.way.currentIndexChanged.connect(self._show)
        self._show(0)

    def needed(self) -> tuple[QLineEdit, ...]:
        """Return the lines of the chosen way that must not stay empty."""
        return {FILE: (self.file,), TOKEN: (self.module, self.token, self.label)}.get(
            self._chosen, ()
        )

    @property
    def is_made(self) -> bool:
        """Whether the key is made here, and its passphrase chosen here too."""
        return self._chosen == MADE

    def wanted(self) -> KeyWanted:
        """Return what was filled in."""
        token = (self.module.text().strip(), self.token.text().strip(), self.label.text().strip())
        file = Path(self.file.text().strip()).expanduser()
        return KeyWanted(self._chosen, self._secret.text(), file, token)

    @property
    def _chosen(self) -> str:
        return str(self.way.currentData())

    def _show(self, _: int) -> None:
        chosen = self._chosen
        self._form.set_shown(self.file, chosen == FILE)
        self.choose.setVisible(chosen == FILE)
        self.find.setVisible(chosen == TOKEN)
        for field in (self.module, self.token, self.label):
            self._form.set_shown(field, chosen == TOKEN)
        self._form.set_shown(self._again, chosen == MADE)
        self._form.rename(self._secret, self._context.say(f"invited.secret_{chosen}"))

    def _browse(self, line: QLineEdit, title: str) -> None:
        dialog = QFileDialog(line, self._context.say(title), line.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(line.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def new_key(wanted: KeyWanted) -> "NewKey":
    """Return the key to make or take; raises ``key_file.…``, ``passphrase.wrong``."""
    from mlops_desktop.services.accepting import NewKey
    from mlops_desktop.services.key_files import read_key_file
    from mlops_desktop.services.people import TokenPlace

    if wanted.way == TOKEN:
        return NewKey(wanted.secret, token=TokenPlace(*wanted.token))
    is_brought = wanted.way == FILE
    brought = read_key_file(wanted.file, wanted.secret) if is_brought else None
    return NewKey(wanted.secret, brought=brought)

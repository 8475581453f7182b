"""Joining a team: the address of its server, a login, and who joins."""

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.ways_forms import NOWHERE, AskingForm, secret_line
from mlops_desktop.ui.widgets.buttons import Button

LOCKED = "workspace_key.passphrase_needed"
"""The key lies under a passphrase that was not given."""
_WIDE = 112
"""In characters: an address is seen whole beside the button."""


@dataclass(frozen=True, slots=True)
class Joining:
    """A team's server, its password, and who joins."""

    place: str
    password: str
    person: str
    secret: str = ""
    """The passphrase of the person's key: it signs the device in where custodians let in."""
    key_passphrase: str = ""
    """Under which the key of the device lies where this computer has no keyring."""

    def __repr__(self) -> str:
        return f"Joining({self.person}, …)"


class TeamForm(AskingForm):
    """Asks for a PostgreSQL workspace and who joins."""

    def __init__(self, context: Context, parent: QWidget, place: str = "postgresql://") -> None:
        super().__init__(context, tr("Join a team"), tr("Join"), parent)
        wide = self.fontMetrics().averageCharWidth() * _WIDE
        self.setMinimumWidth(max(self.minimumWidth(), min(wide, parent.window().width())))
        self._place = self.form.add(
            tr("Address"), QLineEdit(place), context.say("welcome.join_help")
        )
        self._password = self.form.add(
            tr("Password of the database"), secret_line(), tr("Used for this connection only.")
        )
        self._person = self.form.add(
            tr("Your name"), QLineEdit(), tr("As your administrator enrolled you.")
        )
        say = context.say
        self._secret = self.form.add(
            say("invited.secret"), secret_line(), say("invited.secret_help")
        )
        self.accept_button = Button(say("invited.have"), self._accept)
        self.form.add_below(self._place, self.accept_button)
        self._key: list[QLineEdit] = []

    def needed(self) -> tuple[QLineEdit, ...]:
        return (self._place, self._person, *self._key)

    def is_complete(self) -> bool:
        """A new passphrase must be the same twice."""
        complete = super().is_complete()
        if complete and len({line.text() for line in self._key}) > 1:
            self.form.set_wrong(self._key[1], tr("The two passphrases differ."))
            return False
        return complete

    def show_error(self, error: AppError) -> None:
        """Ask for the passphrase of the device's key where no keyring keeps it, twice for a new."""
        if self._key or error.code not in {NOWHERE, LOCKED}:
            super().show_error(error)
            return
        self.set_busy(False)
        say = self.context.say
        help = say("welcome.device.help")
        self._key = [self.form.add(say("welcome.device.secret"), secret_line(), help)]
        if error.code == NOWHERE:
            self._key.append(self.form.add(say("welcome.device.again"), secret_line()))
        self.bar.say("info", say("welcome.key.file"), say("welcome.device.hint"))
        self._key[0].setFocus()

    def fill(self, place: str, person: str) -> None:
        """Write what an invitation says."""
        self._place.setText(place)
        self._person.setText(person)

    def _accept(self) -> None:
        from mlops_desktop.ui.ways_invited import AcceptForm

        form = AcceptForm(self.context, self)
        form.accepted_as.connect(self.fill)
        form.open()

    def places(self) -> dict[str, QLineEdit]:
        return {
            "joining.": self._secret,
            "person_key.": self._secret,
            "passphrase.": self._key[0] if self._key else self._secret,
            "workspace.login_refused": self._password,
            "workspace_key.": self._place,
            "workspace.": self._place,
            "person.": self._person,
        }

    def wanted(self) -> Joining:
        """Return what was typed."""
        return Joining(
            self._place.text().strip(),
            self._password.text(),
            self._person.text().strip(),
            self._secret.text(),
            self._key[0].text() if self._key else "",
        )

"""The secrets that the shared workspace wants, for one piece of work with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QLineEdit, QWidget

from mlops_desktop.services.copies import open_origin
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.sharing.forms import SharingForm

_WANTED = {
    "workspace.login_refused": "password",
    "workspace_key.passphrase_needed": "key_passphrase",
}
"""Which secret an error asks for."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What was given for one piece of work; each is offered for what it is, and nothing else."""

    password: str | None = None
    key_passphrase: str | None = None

    def missing(self, code: str) -> str | None:
        """Return the secret that an error asks for and that was not given yet."""
        name = _WANTED.get(code)
        return name if name is not None and getattr(self, name) is None else None

    def with_one(self, name: str, secret: str) -> "Secrets":
        """Return these and one more."""
        return replace(self, **{name: secret})

    @contextmanager
    def open(self, session: Session) -> Iterator[Session]:
        """Open the shared workspace of a copy; raises as :func:`open_origin`."""
        told = self.key_passphrase
        ask = None if told is None else lambda: told
        with open_origin(session, ask=ask, database_password=self.password) as team:
            yield team


class OriginForm(SharingForm):
    """Asks for one secret that the shared workspace wants."""

    def __init__(self, context: Context, wanted: str, parent: QWidget) -> None:
        super().__init__(context, "origin", parent)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.put(wanted, self.line)

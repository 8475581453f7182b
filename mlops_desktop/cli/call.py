"""One call of the program: the options common to all commands, and what they lead to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli import secrets
from mlops_desktop.core.errors import AppError

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session, Unlock

Ask = Callable[[], str]
ShowWindow = Callable[[str], int]
"""Shows the window on a workspace and returns its exit code."""

PERSON = "--person-secret-env"
AUTHORITY = "--authority-secret-env"
SOURCE = "--source-secret-env"
DATABASE = "--database-secret-env"
KEY = "--key-secret-env"
FILE = "--file-secret-env"


@dataclass(slots=True)
class Call:
    """The common options as given before or after the command; the later one counts."""

    workspace: str | None = None
    as_json: bool = False
    acting: str | None = None
    person_secret_env: str | None = None
    authority_secret_env: str | None = None
    source_secret_env: str | None = None
    database_secret_env: str | None = None
    key_secret_env: str | None = None
    file_secret_env: str | None = None
    print_to: Path | None = None
    print_lang: str = "en"
    show_window: ShowWindow | None = None

    def ask_person(self, question: str = "Passphrase of your key", *, twice: bool = False) -> Ask:
        """Return what asks for the passphrase of a person's key."""
        return secrets.asker(self.person_secret_env, PERSON, question, twice=twice)

    def ask_authority(self) -> Ask:
        """Return what asks for the passphrase of the workspace's authority."""
        question = "Passphrase of the workspace's authority (its founder's)"
        return secrets.asker(self.authority_secret_env, AUTHORITY, question)

    def ask_key(self, question: str = "Passphrase of the workspace", *, twice: bool = False) -> Ask:
        """Return what asks for the passphrase that wraps the workspace's key."""
        return secrets.asker(self.key_secret_env, KEY, question, twice=twice)

    def ask_file(self, file: Path, *, twice: bool = False) -> Ask:
        """Return what asks for the passphrase of a file that travels.

        Where no variable is named for it, the one of the workspace's key is taken for both.
        """
        question = f"Passphrase of the file {file}"
        if self.file_secret_env is None and self.key_secret_env is not None:
            return secrets.asker(self.key_secret_env, KEY, question)
        return secrets.asker(self.file_secret_env, FILE, question, twice=twice)

    def file_secret(self) -> str | None:
        """Return the passphrase of a file that travels if a variable holds it."""
        file = secrets.read_variable(self.file_secret_env, FILE)
        return file or secrets.read_variable(self.key_secret_env, KEY)

    def _ask_new_key(self) -> Ask:
        """Return what asks for a passphrase to keep a new device's key under; else the person's."""
        is_alone = self.key_secret_env is None and not secrets.can_ask()
        if is_alone and self.person_secret_env is not None:
            return self.ask_person()
        return self.ask_key(twice=True)

    def source_secret(self) -> str | None:
        """Return the source's password or token if a variable holds it."""
        return secrets.read_variable(self.source_secret_env, SOURCE)

    def database_secret(self) -> str | None:
        """Return the database's password if a variable holds it."""
        return secrets.read_variable(self.database_secret_env, DATABASE)

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """Open the workspace named, or the one opened last, and close it afterwards."""
        from mlops_desktop.services import workspaces

        place = self.place() or workspaces.last_place()
        session = self._open(place)
        _tell_moved(session)
        _tell_history(session)
        try:
            yield replace(session, unlock=self._unlock(session))
        finally:
            session.workspace.close()

    def _unlock(self, session: "Session") -> "Unlock":
        # Read only when a key is needed: what signs takes its time to import.
        return lambda person: _unlocker(session, self.ask_person())(person)  # noqa: PLW0108

    def place(self) -> str | None:
        """Return the workspace named.

        Raises ``workspace.address_holds_secret``, and ``workspace.url_refused`` for no address of a
        team's database.
        """
        from urllib.parse import urlsplit

        if self.workspace and "://" in self.workspace:
            address = urlsplit(self.workspace)
            if address.password:
                raise AppError(
                    "workspace.address_holds_secret", where="--workspace", option=DATABASE
                )
            if address.scheme not in {"postgresql", "postgres"}:
                raise AppError("workspace.url_refused", where="--workspace")
        return self.workspace

    def _open(self, place: str) -> "Session":
        from mlops_desktop.services.workspaces import Entrance, open_workspace

        password = self.database_secret()
        enter = partial(
            open_workspace,
            place,
            ask=self.ask_key(),
            acting=self.acting,
            entrance=Entrance(self.ask_person(), self._ask_new_key()),
        )
        try:
            return enter(database_password=password)
        except AppError as error:
            if error.code != "workspace.login_refused" or password or not secrets.can_ask():
                raise
        password = secrets.asker(None, DATABASE, "Password of the database")()
        return enter(database_password=password)


def _tell_moved(session: "Session") -> None:
    """Warn who opens the place that a workspace left."""
    if session.workspace.moved_to is not None:
        from mlops_desktop.services.wording import read_words

        place = session.workspace.moved_to
        click.echo(read_words("en").text("care.moved", place=place), err=True)


def _tell_history(session: "Session") -> None:
    """Warn who opens a workspace that is not the one last seen here: an older copy, another."""
    from mlops_desktop.services.ledger import check_history

    try:
        check_history(session)
    except AppError as error:
        from mlops_desktop.services.wording import explain

        message, meaning, remedy = explain(error, "en")
        click.echo(f"Warning: {message} {meaning}\n{remedy}", err=True)


def _unlocker(session: "Session", ask: Ask) -> "Unlock":
    from mlops_desktop.services.people import unlocker

    return unlocker(session, ask)


pass_call = click.make_pass_decorator(Call)

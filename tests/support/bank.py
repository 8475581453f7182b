"""A small bank on both databases: its workspace, its people, their keys."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.identity import Role
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import people, workspaces
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.session import Session
from mlops_desktop.services.workspaces import NewWorkspace
from tests.support.canaries import canary
from tests.support.postgres import new_database

_NUMBERS = count(1)
PASSPHRASE = canary("a person's passphrase", "Kanarie-elbe-und-alster-1")
FOUNDER = "Dr. Katrin Feddersen"
STAFF = {
    "Corinna Wolters": Role.OWNER,
    "Mateusz Kowalczyk": Role.DEVELOPER,
    "Jonas Brandt": Role.VALIDATOR,
    "Miriam Sander": Role.COMPLIANCE,
}


@dataclass(frozen=True)
class Bank:
    """An open workspace and its people."""

    session: Session
    place: str
    ids: dict[str, str] = field(default_factory=dict)

    def as_(self, name: str) -> Session:
        """Return the session with another person acting."""
        acting = replace(self.session, actor=replace(self.session.actor, person=self.ids[name]))
        return _unlocked(acting)

    def read_only(self) -> Session:
        """Return the session of a profile without a person, as of who was given a file to read."""
        return replace(self.session, actor=replace(self.session.actor, person=""))

    def unlock(self, name: str, passphrase: str = PASSPHRASE) -> Unlock:
        """Return what unlocks the key of the person who acts."""
        return people.unlocker(self.as_(name), lambda: passphrase)


@dataclass(frozen=True)
class Prepared:
    """A bank made once a run: where its home and database lie, its key and people."""

    home: Path
    place: str
    key: str
    ids: dict[str, str]


def _unlocked(session: Session, passphrase: str = PASSPHRASE) -> Session:
    """Return the session in which the acting person's key is unlocked when it is needed."""
    return replace(session, unlock=people.unlocker(session, lambda: passphrase))


def _prepare(home: Path, place: str) -> Prepared:
    """Found a bank with its people; keys are real and take their time, so once is enough."""
    key = canary("a workspace's key", secrets.token_hex(32))
    # Made by the true clock, whichever the first test that asks for it has set.
    with pytest.MonkeyPatch.context() as patch, clock.reading(lambda: datetime.now(UTC)):
        patch.setenv("MLOPS_DESKTOP_HOME", str(home))
        patch.setenv(VARIABLE, key)
        wanted = NewWorkspace(place, "Elbmark Bank AG", FOUNDER, PASSPHRASE)
        session = workspaces.create_workspace(wanted)
        ids = {FOUNDER: session.actor.person}
        for name, role in STAFF.items():
            enrolment = people.Enrolment(name, (role,), PASSPHRASE)
            ids[name] = people.enrol_person(session, enrolment, lambda: PASSPHRASE).id
        session.workspace.close()
    return Prepared(home, place, key, ids)


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A bank in a file."""
    folder = tmp_path_factory.mktemp("prepared-file")
    return _prepare(folder / "home", str(folder / "bank.mrm"))


@pytest.fixture(scope="session")
def prepared_team(_postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A bank in a PostgreSQL database that serves as the template of the tests' own."""
    with psycopg.connect(_postgres, autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE bank_template")
    place = _postgres.replace("/postgres?", "/bank_template?").replace(":@/", "@/")
    return _prepare(tmp_path_factory.mktemp("prepared-team") / "home", place)


def open_prepared(prepared: Prepared, place: str, home: Path, patch: pytest.MonkeyPatch) -> Bank:
    shutil.copytree(prepared.home, home, dirs_exist_ok=True)
    patch.setenv("MLOPS_DESKTOP_HOME", str(home))
    patch.setenv(VARIABLE, prepared.key)
    return Bank(_unlocked(workspaces.open_workspace(place)), place, dict(prepared.ids))


@pytest.fixture
def file_bank(
    prepared_file: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bank]:
    """Return a bank in a file, for what cannot depend on the database."""
    place = tmp_path / "bank.mrm"
    shutil.copy(prepared_file.place, place)
    bank = open_prepared(prepared_file, str(place), tmp_path / "bank-home", monkeypatch)
    yield bank
    bank.session.workspace.close()


NewBank = Callable[[Path], AbstractContextManager[Bank]]
"""Makes one more bank in a PostgreSQL database of its own, with its home in that folder."""


@pytest.fixture
def new_team_bank(
    prepared_team: Prepared, _postgres: str, monkeypatch: pytest.MonkeyPatch
) -> NewBank:
    """Return what makes a bank, for a test that needs many."""

    @contextmanager
    def make(folder: Path) -> Iterator[Bank]:
        with new_database(_postgres, f"bank_{next(_NUMBERS)}", "bank_template") as place:
            bank = open_prepared(prepared_team, place, folder / "bank-home", monkeypatch)
            yield bank
            bank.session.workspace.close()

    return make


@pytest.fixture
def team_bank(new_team_bank: NewBank, tmp_path: Path) -> Iterator[Bank]:
    """Return a bank in a PostgreSQL database of its own."""
    with new_team_bank(tmp_path) as bank:
        yield bank


@pytest.fixture(params=["file_bank", "team_bank"])
def bank(request: pytest.FixtureRequest) -> Bank:
    """Return a bank, once on each database."""
    found: Bank = request.getfixturevalue(request.param)
    return found

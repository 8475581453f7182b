"""A team's workspace with roles and logins on the wheel's PostgreSQL, made once a module."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

from mlops_desktop.core.identity import Role
from mlops_desktop.core.teams import Group
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import people, teams, workspaces
from mlops_desktop.services.session import Session
from mlops_desktop.services.teams import NewLogin, NewTeam
from mlops_desktop.services.workspaces import NewWorkspace
from tests.support.canaries import canary

_NUMBERS = count(1)
PASSPHRASE = canary("a person's passphrase of a team", "Kanarie-hafen-und-speicher-9")
KEEPER, MEMBER, READER = "Katrin Feddersen", "Jonas Brandt", "Rita Revision"


@dataclass(frozen=True)
class Team:
    """The workspace: an administrator's address, its roles' prefix, whose login is whose."""

    admin: str
    prefix: str
    home: Path
    logins: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def place(self, name: str) -> str:
        """Return the address for a person's login; the wheel's server trusts whoever asks."""
        return self.admin.replace("postgres@", f"{self.logins[name]}@")

    @contextmanager
    def session(self, name: str) -> Iterator[Session]:
        """Open the workspace as a person, on a device of his own."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MLOPS_DESKTOP_HOME", str(self.home / self.logins[name]))
            session = workspaces.open_workspace(self.place(name), acting=name)
            yield session
            session.workspace.close()

    @contextmanager
    def connect(self, name: str | None = None) -> Iterator[psycopg.Connection]:
        """Connect past the program, as a person or as the superuser."""
        place = self.place(name) if name else self.admin
        with psycopg.connect(place, autocommit=True) as connection:
            yield connection


def _empty(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.replace("/postgres?", f"/{name}?").replace(":@/", "@/")


def make(server: str, home: Path) -> Team:
    """Make a team of a keeper, a member and a reader."""
    number = next(_NUMBERS)
    prefix, admin = f"elbe{number}", _empty(server, f"elbe_{number}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLOPS_DESKTOP_HOME", str(home / f"{prefix}_feddersen"))
        wanted = NewWorkspace(admin, "Elbmark Bank AG", KEEPER, PASSPHRASE)
        made = teams.create_team(NewTeam(wanted, prefix, f"{prefix}_feddersen"))
        team = Team(admin, prefix, home, {KEEPER: made.founder.login.login})
        team.people[KEEPER] = made.session.actor.person
        for name, role in ((MEMBER, Role.DEVELOPER), (READER, Role.AUDITOR)):
            known = people.Enrolment(name, (role,), None)
            team.people[name] = people.enrol_person(made.session, known, lambda: PASSPHRASE).id
        made.session.workspace.close()
    for name, group in ((MEMBER, Group.MEMBER), (READER, Group.READER)):
        login = f"{prefix}_{name.split()[1].lower()}"
        team.logins[name] = teams.add_login(admin, None, NewLogin(name, login, group)).login.login
    return team


def drop_roles(place: str, prefix: str) -> None:
    """Remove roles, which are the server's and outlive a test's database."""
    with psycopg.connect(place, autocommit=True) as connection:
        query = "SELECT rolname FROM pg_roles WHERE rolname LIKE %s ORDER BY rolcanlogin DESC"
        for (name,) in connection.execute(query, (f"{prefix}%",)).fetchall():
            connection.execute(f"DROP OWNED BY {name} CASCADE".encode())
            connection.execute(f"DROP ROLE {name}".encode())


@pytest.fixture(scope="module")
def team(_postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A team's workspace with roles, shared by a module's tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, canary("a workspace's key", secrets.token_hex(32)))
        made = make(_postgres, tmp_path_factory.mktemp("team"))
        yield made
    with psycopg.connect(_postgres, autocommit=True) as connection:
        name = made.admin.split("@/")[1].partition("?")[0]
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

"""A team's workspace on a real PostgreSQL that wants TLS, passwords and roles."""

import secrets
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import trustme
from psycopg import sql

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import ledger, models, people, teams, workspaces
from mlops_desktop.services.care.housing import Housing
from mlops_desktop.services.care.moving import Moving, move_workspace
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.session import Session
from mlops_desktop.services.teams import NewLogin, NewTeam
from mlops_desktop.services.workspaces import NewWorkspace
from tests.peers.postgres_tls import TlsPostgres
from tests.support.canaries import canary

OWNER = ("risk", canary("the password of a database", "Elbe & Alster/1"))
READER = ("revision", canary("the password of a database", "Nur Lesen/2"))


@pytest.fixture(scope="module")
def database(postgres_tls: TlsPostgres) -> str:
    for name, password in (OWNER, READER):
        postgres_tls.add_role(name, password)
    return postgres_tls.add_database(OWNER[0])


def place(server: TlsPostgres, role: str, database: str) -> str:
    """Return the URL without a password: that comes from elsewhere."""
    return server.url(role, "", database).replace(f"{role}:@", f"{role}@")


@pytest.fixture(scope="module")
def founded(
    postgres_tls: TlsPostgres, database: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """A workspace with one model; returns its home and key."""
    home, key = tmp_path_factory.mktemp("home"), secrets.token_hex(32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLOPS_DESKTOP_HOME", str(home))
        patch.setenv(VARIABLE, key)
        where = place(postgres_tls, OWNER[0], database)
        wanted = NewWorkspace(
            where, "Elbmark", "Katrin Feddersen", "elbe-alster", database_password=OWNER[1]
        )
        session = workspaces.create_workspace(wanted)
        models.register_model(session, {"name": "PD Mittelstand"})
        session.workspace.close()
    with psycopg.connect(postgres_tls.url(*OWNER, database)) as connection:
        grant = sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}")
        connection.execute(grant.format(sql.Identifier(READER[0])))
    return home, key


@pytest.fixture(autouse=True)
def _profile(founded: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(founded[0]))
    monkeypatch.setenv(VARIABLE, founded[1])


def open_as(server: TlsPostgres, who: tuple[str, str], database: str) -> Session:
    where = place(server, who[0], database)
    return workspaces.open_workspace(where, database_password=who[1])


def test_a_member_writes_and_the_ledger_verifies(postgres_tls: TlsPostgres, database: str) -> None:
    session = open_as(postgres_tls, OWNER, database)
    models.edit_model(session, "M-00001", {"business_line": secrets.token_hex(4)})
    assert ledger.verify_ledger(session).is_ok
    session.workspace.close()


def test_a_reader_reads_and_is_told_why_he_cannot_write(
    postgres_tls: TlsPostgres, database: str
) -> None:
    session = open_as(postgres_tls, READER, database)
    assert models.count_models(session, ModelFilter()) == 1
    with pytest.raises(AppError) as refused:
        models.edit_model(session, "M-00001", {"tier": "1"})
    assert refused.value.code == "workspace.right_missing"
    session.workspace.close()


def test_a_wrong_password_is_told_without_repeating_it(
    postgres_tls: TlsPostgres, database: str
) -> None:
    with pytest.raises(AppError) as refused:
        open_as(postgres_tls, (OWNER[0], "falsch/geheim"), database)
    assert refused.value.code == "workspace.login_refused"
    assert "geheim" not in str(refused.value)


def test_a_strange_authority_ends_the_connection(
    postgres_tls: TlsPostgres, database: str, tmp_path: Path
) -> None:
    strange = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(strange))
    where = place(postgres_tls, OWNER[0], database)
    where = where.replace(str(postgres_tls.ca_file), str(strange))
    with pytest.raises(AppError, match=r"workspace\.certificate_unknown"):
        workspaces.open_workspace(where, database_password=OWNER[1])


ADMIN = ("verwaltung", canary("the password of a database", "Rollen & Rechte/3"))


def test_a_team_with_roles_by_passwords_over_tls(
    postgres_tls: TlsPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An administrator who is no superuser makes it; a member writes; nobody else's name passes."""
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "founder"))
    postgres_tls.add_role(*ADMIN)
    database = postgres_tls.add_database(ADMIN[0])
    with psycopg.connect(postgres_tls.admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} CREATEROLE").format(sql.Identifier(ADMIN[0])))
    where = place(postgres_tls, ADMIN[0], database)
    wanted = NewWorkspace(
        where, "Elbmark", "Katrin Feddersen", "elbe-alster", database_password=ADMIN[1]
    )
    made = teams.create_team(NewTeam(wanted, "elbmark", "gruenderin"))
    founder = made.session.actor.person
    people.enrol_person(
        made.session, people.Enrolment("Jonas Brandt", (), None), lambda: "elbe-alster"
    )
    assert ledger.verify_ledger(made.session).is_ok
    made.session.workspace.close()
    login = teams.add_login(where, ADMIN[1], NewLogin("Jonas Brandt", "pruefer"))
    assert login.password is not None
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "member"))
    session = workspaces.open_workspace(
        place(postgres_tls, "pruefer", database), database_password=login.password
    )
    models.register_model(session, {"name": "PD Mittelstand"})
    with pytest.raises(AppError, match=r"team\.not_your_person"):
        models.register_model(
            replace(session, actor=replace(session.actor, person=founder)), {"name": "LGD"}
        )
    assert ledger.verify_ledger(session).is_ok
    session.workspace.close()
    assert teams.check_team(place(postgres_tls, "pruefer", database), login.password) == ()
    weak = where.replace("verify-full", "require").replace("localhost", "db.bank.example")
    with pytest.raises(AppError, match=r"workspace\.tls_too_weak"):
        workspaces.open_workspace(weak, database_password=ADMIN[1])
    with psycopg.connect(postgres_tls.admin_url) as connection:
        kept = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = 'pruefer'"
        ).fetchone()
    assert kept is not None
    assert kept[0].startswith("SCRAM-SHA-256$")


def _root(session: Session) -> str:
    with session.workspace.read() as view:
        return view.head().root().hex()


MOVER = ("umzug", canary("the password of a database", "Kisten & Karton/5"))


def test_a_file_moves_into_a_team_with_roles_and_back(
    postgres_tls: TlsPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An administrator who is no superuser, TLS, passwords; the heads are the same everywhere."""
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "mover"))
    postgres_tls.add_role(*MOVER)
    database = postgres_tls.add_database(MOVER[0])
    with psycopg.connect(postgres_tls.admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} CREATEROLE").format(sql.Identifier(MOVER[0])))
    file = NewWorkspace(str(tmp_path / "risk.mrm"), "Elbmark", "Katrin Feddersen", "elbe-alster")
    session = workspaces.create_workspace(file)
    models.register_model(session, {"name": "PD Mittelstand"})
    wanted = Moving(place(postgres_tls, MOVER[0], database), MOVER[1], Housing("umzug_elbmark"))
    moved = move_workspace(session, wanted)
    session.workspace.close()
    assert moved.login is not None
    password = moved.login.password
    there = workspaces.open_workspace(moved.place, database_password=password)
    assert _root(there) == moved.root
    assert teams.check_team(moved.place, password) == ()
    models.register_model(there, {"name": "LGD Leasing"})
    assert ledger.verify_ledger(there, whole=True).is_ok
    with pytest.raises(AppError, match=r"place\.database_taken"):
        move_workspace(there, Moving(wanted.place, MOVER[1]))
    back = move_workspace(there, Moving(str(tmp_path / "back.mrm")))
    there.workspace.close()
    home = workspaces.open_workspace(back.place)
    assert _root(home) == back.root
    assert ledger.verify_ledger(home, whole=True).is_ok
    home.workspace.close()

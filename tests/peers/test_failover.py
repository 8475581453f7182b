"""A team goes on where its server is lost: a standby is read, then takes its place."""

import secrets
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.teams import Group
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import ledger, many, models, people, teams, workspaces
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.session import Session
from mlops_desktop.services.teams import NewLogin, NewTeam
from mlops_desktop.services.workspaces import NewWorkspace
from tests.peers.postgres_standby import Standby, following
from tests.peers.postgres_tls import running_postgres
from tests.support.canaries import canary

ADMIN = ("verwaltung", canary("the password of a database", "Standby & Co/1"))
PASSPHRASE = "elbe-alster"


@pytest.fixture(scope="module")
def standby() -> Iterator[Standby]:
    with running_postgres() as primary, following(primary) as found:
        yield found


def found_team(standby: Standby) -> str:
    """Make a team of two and return its database."""
    standby.primary.add_role(*ADMIN)
    database = standby.primary.add_database(ADMIN[0])
    with psycopg.connect(standby.primary.admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} CREATEROLE").format(sql.Identifier(ADMIN[0])))
    where = standby.url_of_both(ADMIN[0], database)
    wanted = NewWorkspace(
        where, "Elbmark", "Katrin Feddersen", PASSPHRASE, database_password=ADMIN[1]
    )
    made = teams.create_team(NewTeam(wanted, "elbmark", "gruenderin")).session
    for name in ("Jonas Brandt", "Henning Groß"):
        people.enrol_person(made, people.Enrolment(name, (), None), lambda: PASSPHRASE)
    made.workspace.close()
    return database


def test_nothing_that_was_answered_is_lost_with_the_server(
    standby: Standby, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, secrets.token_hex(32))
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "founder"))
    database = found_team(standby)
    both = standby.url_of_both(ADMIN[0], database)
    member = teams.add_login(both, ADMIN[1], NewLogin("Jonas Brandt", "pruefer"))
    reader = teams.add_login(both, ADMIN[1], NewLogin("Henning Groß", "revision", Group.READER))
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "member"))
    session = open_at(standby.url_of_both("pruefer", database), member.password)
    models.register_model(session, {"name": "PD Mittelstand"})

    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "reader"))
    at_standby = standby.server.url("revision", "", database).replace("revision:@", "revision@")
    copy = open_at(at_standby, reader.password)
    assert models.count_models(copy, ModelFilter()) == 1
    assert ledger.verify_ledger(copy).is_ok
    with pytest.raises(AppError, match=r"workspace\.right_missing"):
        models.register_model(copy, {"name": "LGD"})
    copy.workspace.close()

    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "member"))
    beside = open_at(at_standby.replace("revision@", "pruefer@"), member.password)
    acts: tuple[Callable[[], object], ...] = (
        partial(models.register_model, beside, {"name": "LGD"}),  # reads, then locks and writes
        partial(models.edit_model, beside, "M-00001", {"methodology": "logit"}),  # rehearses
        partial(many.change_models, beside, ("M-00001",), "methodology", "logit"),  # locks
    )
    for act in acts:
        with pytest.raises(AppError, match=r"workspace\.read_only"):
            act()
    beside.workspace.close()

    models.edit_model(session, "M-00001", {"business_line": "answered last"})
    standby.fail_over()
    with pytest.raises(AppError) as refused:  # the connection at hand ended with the server
        models.edit_model(session, "M-00001", {"business_line": "never answered"})
    assert refused.value.code == "workspace.unreachable"
    models.edit_model(session, "M-00001", {"methodology": "after the failover"})
    assert ledger.verify_ledger(session).is_ok
    details = models.show_model(session, "M-00001").state.details
    assert details.business_line == "answered last"
    session.workspace.close()


def open_at(where: str, password: str | None) -> Session:
    assert password is not None
    return workspaces.open_workspace(where, database_password=password)

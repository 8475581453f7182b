"""A team's rights on a real PostgreSQL: what each may, and what nobody may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from mlops_desktop.core import clock
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.candidates import Verdict
from mlops_desktop.core.events.copies import Arrival, Fate, OutboxReceived
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.identity import Actor
from mlops_desktop.core.retention import Retained
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import candidates, copies, declarations, ledger, models, teams
from mlops_desktop.services.copies.taking import CopyKind
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.retention.erasing import run_rule
from mlops_desktop.services.retention.rules import define_rule
from mlops_desktop.services.session import Session
from mlops_desktop.services.teams import NewLogin, NewTeam
from mlops_desktop.services.workspaces import NewWorkspace
from mlops_desktop.store import envelopes, outcome
from tests.support.team import KEEPER, MEMBER, PASSPHRASE, READER, Team

_AROUND = (
    "UPDATE events SET body = body",
    "DELETE FROM events",
    "TRUNCATE events",
    "INSERT INTO events SELECT * FROM events LIMIT 0",
    "UPDATE head SET size = 0",
    "SELECT 1 FROM head FOR UPDATE",
    "DELETE FROM checkpoints",
    "INSERT INTO checkpoints VALUES (999, '')",
    "DELETE FROM disclosures",
    "INSERT INTO disclosures VALUES ('x', 'y')",
    "UPDATE evidence SET size = 0",
    "DELETE FROM series_chunks",
    "UPDATE meta SET value = 'x'",
    "DO 'BEGIN LOCK TABLE meta IN SHARE UPDATE EXCLUSIVE MODE; END'",
    "INSERT INTO news VALUES (1, 'x')",
    "DELETE FROM news",
    "INSERT INTO logins VALUES ('postgres', 'x')",
    "UPDATE logins SET person = 'x'",
    "DROP TABLE models",
    "ALTER TABLE events DISABLE ROW LEVEL SECURITY",
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE OR REPLACE FUNCTION public.ledger_lock(text) RETURNS void LANGUAGE sql AS 'SELECT'",
    "SET session_replication_role = replica",
    "SELECT public.ledger_signed()",
)


def _fails(connection: psycopg.Connection, statement: str) -> None:
    with pytest.raises((errors.InsufficientPrivilege, errors.FeatureNotSupported)):
        connection.execute(statement.encode())


def test_a_member_writes_through_the_function_and_by_no_way_around_it(team: Team) -> None:
    with team.session(MEMBER) as session:
        models.register_model(session, {"name": "PD Mittelstand"})
        assert ledger.verify_ledger(session).is_ok
    for name in (MEMBER, KEEPER):
        with team.connect(name) as connection:
            for statement in (*_AROUND, f'SET ROLE "{team.prefix}_owner"'):
                _fails(connection, statement)
    with team.connect(MEMBER) as connection:
        _fails(connection, "SELECT public.ledger_erase('{x}')")
        _fails(connection, f'SET ROLE "{team.logins[KEEPER]}"')
        assert connection.execute(b"SELECT count(*) FROM logins").fetchone() == (1,)


def test_a_member_cannot_act_as_another_and_a_keeper_can(team: Team) -> None:
    for name, acting in ((MEMBER, KEEPER), (KEEPER, MEMBER)):
        with team.session(name) as session:
            other = replace(session.actor, person=team.people[acting])
            if name == KEEPER:
                models.register_model(replace(session, actor=other), {"name": "Von anderen"})
                continue
            with pytest.raises(AppError) as refused:
                models.register_model(replace(session, actor=other), {"name": "LGD"})
            assert refused.value.code == "team.not_your_person"


def test_what_a_copy_brings_and_is_held_back_is_kept_under_no_kind(team: Team) -> None:
    with team.session(MEMBER) as session:
        copy, now = new_id(), clock.now()
        brought = Envelope(
            new_id(), now, now, session.actor, session.workspace.id, PersonLocked("x", 3)
        )
        held = Arrival(brought.id, Fate.STALE_BASE)
        with session.workspace.write(session.actor) as work:
            base = Seen(work.before.size, work.before.root().hex())
            work.record(OutboxReceived(copy, session.actor.person, base, (held,)))
            work.adopt(envelopes.to_body(brought), {})
        with team.connect() as connection:
            query = "SELECT type FROM events WHERE id = %s"
            assert connection.execute(query, (brought.id,)).fetchone() == (envelopes.HELD,)
        assert ledger.verify_ledger(session).is_ok


def test_a_reader_reads_and_writes_nothing(team: Team) -> None:
    with team.session(READER) as session:
        assert session.actor == Actor(team.people[READER], "")
        models.count_models(session, ModelFilter())
        assert ledger.verify_ledger(session).is_ok
        with pytest.raises(AppError) as refused:
            models.register_model(session, {"name": "LGD"})
        assert refused.value.code == "workspace.right_missing"
    with team.connect(READER) as connection:
        for statement in (*_AROUND, "DELETE FROM models", "SELECT public.ledger_lock('x')"):
            _fails(connection, statement)


def test_what_cannot_be_made_leaves_nothing_behind(
    team: Team, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A role that is taken, a database in use, a founding that fails at its last step."""

    def create(place: str, prefix: str) -> str:
        wanted = NewWorkspace(place, "Bank", KEEPER, PASSPHRASE)
        with pytest.raises(AppError) as refused:
            teams.create_team(NewTeam(wanted, prefix, "founder_of_none"))
        return refused.value.code

    assert create(postgres_url, team.prefix) == "team.role_exists"
    assert create(team.admin, "other") == "workspace.exists"
    assert create(postgres_url, "Nicht so") == "team.name_refused"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        with monkeypatch.context() as patch:

            def fail(*_: object) -> None:
                raise AppError("device.none")

            patch.setattr("mlops_desktop.outside.devices.create_device_key", fail)
            assert create(postgres_url, "whole") == "device.none"
        count = "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'whole%' OR rolname LIKE 'found%'"
        assert connection.execute(count.encode()).fetchone() == (0,)
        assert connection.execute(
            b"SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (0,)
        connection.execute(b"CREATE TABLE other (id int)")
    assert create(postgres_url, "whole") == "team.database_not_empty"


def test_logins_are_bound_listed_and_dropped(team: Team) -> None:
    login = f"{team.prefix}_zweit"
    added = teams.add_login(team.admin, None, NewLogin(MEMBER, login))
    assert (added.name, bool(added.password)) == (MEMBER, True)
    assert str(added.password) not in repr(added)
    for person, name, code in (
        (MEMBER, login, "team.login_there"),
        (READER, login, "team.login_taken"),
        (MEMBER, "postgres", "team.role_exists"),
    ):
        with pytest.raises(AppError) as refused:
            teams.add_login(team.admin, None, NewLogin(person, name))
        assert refused.value.code == code
    found = {one.login.login: one for one in teams.list_logins(team.admin, None)}
    assert set(found) == {*team.logins.values(), login}
    assert teams.drop_login(team.admin, None, login).name == MEMBER
    with pytest.raises(AppError, match=r"team\.login_unknown"):
        teams.drop_login(team.admin, None, login)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(team.admin.replace("postgres@", f"{login}@"))


def test_what_an_administrator_does_is_refused_to_others_as_such(team: Team) -> None:
    for name in (KEEPER, MEMBER, READER):
        place = team.place(name)
        for act in (
            lambda place=place: teams.add_login(place, None, NewLogin(MEMBER, "own")),
            lambda place=place: teams.drop_login(place, None, team.logins[READER]),
            lambda place=place: teams.upgrade_team(place, None),
        ):
            with pytest.raises(AppError, match=r"team\.not_administrator"):
                act()


def test_a_superusers_edit_is_found_by_verification(team: Team) -> None:
    with team.session(MEMBER) as session:
        models.register_model(session, {"name": "Vor der Änderung"})
        with team.connect() as connection:
            take = b"UPDATE events SET body = replace(encode(body, 'escape'), 'Vor', 'Nach')::bytea"
            last = b" WHERE position = (SELECT max(position) FROM events)"
            kept = connection.execute(
                b"SELECT position, body FROM events ORDER BY position DESC LIMIT 1"
            ).fetchone()
            connection.execute(take + last)
            assert not ledger.verify_ledger(session).is_ok
            assert kept is not None
            back = "UPDATE events SET body = %s WHERE position = %s"
            connection.execute(back, (kept[1], kept[0]))
        assert ledger.verify_ledger(session).is_ok


def test_a_reader_takes_no_copy_that_could_record_nothing(team: Team, tmp_path: Path) -> None:
    with team.session(READER) as session:
        with pytest.raises(AppError) as refused:
            copies.take(session, copies.Wanted(tmp_path / "copy.mlops"))
        assert refused.value.code == "copy.only_read"
        assert not (tmp_path / "copy.mlops").exists()
        read = copies.Wanted(tmp_path / "copy.mlops", CopyKind.AUDITOR)
        assert copies.take(session, read).kind is CopyKind.AUDITOR


def _kept(connection: psycopg.Connection, text: str) -> list[str]:
    """Return the digests of the texts in the table that hold ``text``."""
    found = connection.execute(b"SELECT digest, disclosure FROM disclosures").fetchall()
    return [digest for digest, told in found if text in str(Erasable(digest, told).text)]


def test_a_keeper_erases_by_rule_and_a_member_does_not(team: Team) -> None:
    secret = "Sachbearbeiterin Meyer-Quitzow"
    with team.session(KEEPER) as session:
        declarations.declare_candidate(session, "Rechner.xlsx", "R:/Rechner.xlsx")
        (found,) = candidates.list_candidates(session)
        define_rule(session, "reasons", Retained.CANDIDATES, 6, "Löschkonzept 4.2", ())
        candidates.reject_candidate(session, found.id, Verdict.OUT_OF_SCOPE, secret)
        later = clock.now() + timedelta(days=400)
    with team.connect() as connection, clock.reading(lambda: later):
        assert len(_kept(connection, secret)) == 1
        with team.session(MEMBER) as session, pytest.raises(AppError) as refused:
            run_rule(session, "reasons", "Frist abgelaufen")
        assert refused.value.code == "workspace.right_missing"
        assert len(_kept(connection, secret)) == 1
        with team.session(KEEPER) as session:
            gone = run_rule(session, "reasons", "Frist abgelaufen")
            assert [one.id for one in gone.preview.going] == [found.id]
            assert ledger.verify_ledger(session, whole=True).is_ok
        assert _kept(connection, secret) == []


def test_a_members_commit_whose_answer_is_lost_is_looked_up(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The looking up needs no right that a member does not have."""
    monkeypatch.setattr(outcome, "_PAUSES", (0.0, 0.0))
    with team.session(MEMBER) as session:
        dialect, lost = session.workspace.engine.dialect, list[str]()
        real: Callable[[Any], None] = dialect.do_commit

        def commit(connection: Any) -> None:
            real(connection)
            if not lost:
                lost.append("lost")
                connection.dbapi_connection.close()
                raise psycopg.OperationalError("server closed the connection unexpectedly")

        before = _size(session)
        with session.workspace.write(session.actor) as work:
            work.record(PersonLocked(session.actor.person, 3))
            monkeypatch.setattr(dialect, "do_commit", commit)
        assert lost == ["lost"]
        assert _size(session) == before + 1
        assert ledger.verify_ledger(session).is_ok


def _size(session: Session) -> int:
    with session.workspace.read() as view:
        return view.head().size

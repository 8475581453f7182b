"""A team's rights on a real PostgreSQL: what each may, and what nobody may."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
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
from mlops_desktop.store.forms import current_form
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
    for name, code in ((login, "team.login_taken"), ("postgres", "team.role_exists")):
        with pytest.raises(AppError) as refused:
            teams.add_login(team.admin, None, NewLogin(MEMBER, name))
        assert refused.value.code == code
    found = {one.login.login: one for one in teams.list_logins(team.admin, None)}
    assert set(found) == {*team.logins.values(), login}
    assert teams.drop_login(team.admin, None, login).name == MEMBER
    with pytest.raises(AppError, match=r"team\.login_unknown"):
        teams.drop_login(team.admin, None, login)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(team.admin.replace("postgres@", f"{login}@"))


def test_rights_that_grew_are_named_and_an_upgrade_takes_them_back(team: Team) -> None:
    """An owner's and a superuser's doings: found in the catalogue, and in the ledger."""

    def found(place: str) -> set[str]:
        return {one.code for one in teams.check_team(place, None)}

    keeper = team.place(KEEPER)
    assert found(keeper) == set()
    assert "superuser" in found(team.admin)
    with team.connect() as connection:
        for statement in (
            f'GRANT UPDATE ON events TO "{team.prefix}_member"',
            "ALTER TABLE events NO FORCE ROW LEVEL SECURITY",
            "DROP TRIGGER head_is_signed ON head",
            """CREATE OR REPLACE FUNCTION public.ledger_tell(recorded bigint) RETURNS void
            LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT'""",
            "GRANT EXECUTE ON FUNCTION public.ledger_append TO PUBLIC",
        ):
            connection.execute(statement.encode())
    grown = {"table_right", "no_row_rules", "trigger_off", "function_altered", "function_public"}
    assert found(keeper) == grown
    assert not teams.upgrade_team(team.admin, None)
    assert found(keeper) == set()
    with team.connect() as connection:
        connection.execute(b"CREATE FUNCTION ledger_lock() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        assert found(keeper) == {"function_altered"}
        connection.execute(b"DROP FUNCTION ledger_lock()")
        connection.execute(f'GRANT "{team.prefix}_owner" TO "{team.logins[MEMBER]}"'.encode())
        assert found(keeper) == {"owner_member"}
        connection.execute(f'REVOKE "{team.prefix}_owner" FROM "{team.logins[MEMBER]}"'.encode())


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


_EARLIER = """UPDATE meta SET value = '0-old' WHERE name = 'projection';
DROP FUNCTION ledger_tell, ledger_lock, ledger_append;
DROP TABLE news;
CREATE FUNCTION ledger_lock() RETURNS bytea LANGUAGE sql AS 'SELECT frontier FROM public.head';
CREATE FUNCTION ledger_append(bigint, text[], text[], text[], text[], text[], text[], bytea[],
    bytea[], text[], text[], bytea, text, text) RETURNS void LANGUAGE sql AS ''"""
"""What makes a team's database one of an earlier program, as far as functions go."""


def test_members_wait_for_an_upgrade_that_the_administrator_runs(team: Team) -> None:
    with team.connect() as connection:
        connection.execute(f'SET ROLE "{team.prefix}_owner"'.encode())
        connection.execute(_EARLIER.encode())
        with pytest.raises(AppError) as refused, team.session(MEMBER):
            pass
        assert refused.value.code == "team.upgrade_needed"
        assert teams.upgrade_team(team.admin, None)
    with team.session(MEMBER) as session:
        models.register_model(session, {"name": "Danach"})
        assert ledger.verify_ledger(session).is_ok
    assert teams.check_team(team.place(KEEPER), None) == ()


def test_a_program_open_through_an_upgrade_says_what_happened(team: Team) -> None:
    """It would write rows of their earlier form, ask for a column or a function that is gone."""
    changes = (
        ("UPDATE meta SET value = '1-x' WHERE name = 'projection'", None),
        ("ALTER TABLE models RENAME TO models_", "ALTER TABLE models_ RENAME TO models"),
        (
            "ALTER FUNCTION ledger_lock RENAME TO lock_",
            "ALTER FUNCTION lock_ RENAME TO ledger_lock",
        ),
    )
    with team.session(MEMBER) as session, team.connect() as connection:
        for change, back in changes:
            connection.execute(change.encode())
            with pytest.raises(AppError) as refused:
                models.register_model(session, {"name": "Mit alten Tabellen"})
            assert refused.value.code == "workspace.form_changed"
            if back is None:
                told = "UPDATE meta SET value = %s WHERE name = 'projection'"
                connection.execute(told, (current_form(),))
            else:
                connection.execute(back.encode())
        models.register_model(session, {"name": "Nach der Umstellung"})
        assert ledger.verify_ledger(session).is_ok


def test_a_reader_takes_no_copy_that_could_record_nothing(team: Team, tmp_path: Path) -> None:
    with team.session(READER) as session:
        with pytest.raises(AppError) as refused:
            copies.take(session, copies.Wanted(tmp_path / "copy.mlops"))
        assert refused.value.code == "copy.only_read"
        assert not (tmp_path / "copy.mlops").exists()
        read = copies.Wanted(tmp_path / "copy.mlops", CopyKind.AUDITOR)
        assert copies.take(session, read).kind is CopyKind.AUDITOR


def test_an_upgrade_and_writers_wait_for_each_other_and_never_both(team: Team) -> None:
    with team.session(MEMBER) as session, ThreadPoolExecutor() as pool:
        before = ledger.verify_ledger(session).size

        def write() -> None:
            for _ in range(8):
                with session.workspace.write(session.actor) as work:
                    work.record(PersonLocked("x", 3))

        writing = [pool.submit(write) for _ in range(3)]
        for _ in range(3):
            assert not teams.upgrade_team(team.admin, None)
        for one in writing:
            one.result()
        found = ledger.verify_ledger(session)
        assert (found.is_ok, found.size) == (True, before + 24)


_WAITS = b"SELECT count(*) FROM pg_locks WHERE NOT granted"


def test_an_upgrade_is_tried_again_where_a_reader_stood_in_its_way(team: Team) -> None:
    with team.connect() as reader, team.connect() as other, ThreadPoolExecutor() as pool:
        reader.execute(b"BEGIN")
        reader.execute(b"SELECT count(*) FROM events")
        upgrading = pool.submit(teams.upgrade_team, team.admin, None)
        deadline = time.monotonic() + 20
        while other.execute(_WAITS).fetchone() == (0,):
            assert time.monotonic() < deadline
        with suppress(errors.DeadlockDetected):  # on a busy machine the server may end this one
            reader.execute(b"SELECT size FROM head")  # each waits for the other now
        reader.execute(b"ROLLBACK")
        assert not upgrading.result()


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

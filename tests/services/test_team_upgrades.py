"""A team's database is upgraded: who waits for whom, and what its rights are afterwards."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from psycopg import errors

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.services import ledger, models, teams
from mlops_desktop.store.forms import current_form
from tests.support.team import KEEPER, MEMBER, Team


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


_register_early = models.register_model.__wrapped__  # type: ignore[attr-defined] # locks first


def test_a_program_open_through_an_upgrade_says_what_happened(team: Team) -> None:
    """It would write rows of their earlier form, ask for a column or a function that is gone."""
    changes = (
        ("UPDATE meta SET value = '1-x' WHERE name = 'projection'", None),
        ("ALTER TABLE models RENAME TO models_", "ALTER TABLE models_ RENAME TO models"),
        ("ALTER FUNCTION ledger_hold RENAME TO old", "ALTER FUNCTION old RENAME TO ledger_hold"),
        ("ALTER FUNCTION ledger_lock RENAME TO old", "ALTER FUNCTION old RENAME TO ledger_lock"),
    )
    with team.session(MEMBER) as session, team.connect() as connection:
        for change, back in changes:
            register = _register_early if "ledger_lock" in change else models.register_model
            connection.execute(change.encode())
            with pytest.raises(AppError) as refused:
                register(session, {"name": "Mit alten Tabellen"})
            assert refused.value.code == "workspace.form_changed"
            if back is None:
                told = "UPDATE meta SET value = %s WHERE name = 'projection'"
                connection.execute(told, (current_form(),))
            else:
                connection.execute(back.encode())
        models.register_model(session, {"name": "Nach der Umstellung"})
        assert ledger.verify_ledger(session).is_ok


def test_an_upgrade_and_writers_wait_for_each_other_and_never_both(team: Team) -> None:
    with team.session(MEMBER) as session, ThreadPoolExecutor() as pool:
        before = ledger.verify_ledger(session).size

        def write() -> None:
            for _ in range(8):
                with session.workspace.write(session.actor) as work:
                    work.record(PersonLocked("x", 3))

        def register(place: int) -> None:
            for number in range(8):  # each reads, and rehearses nothing
                models.register_model(
                    session, {"name": f"Beim Umstellen {place}.{number}"}, anyway=True
                )

        writing = [pool.submit(write), *(pool.submit(register, place) for place in range(2))]
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

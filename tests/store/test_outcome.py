"""A commit whose answer is lost is looked up: recorded, not recorded, or not to be known now."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.services.wording import explain
from mlops_desktop.store import log, outcome, rebuild
from mlops_desktop.store.outcome import Outcome
from mlops_desktop.store.tables.ledger import events
from tests.store.desks import ACTOR, Desk

Commit = Callable[[Any], None]
EVENT = PersonLocked("wolters", 3)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "_PAUSES", (0.0, 0.0))
    monkeypatch.setattr(outcome, "_PATIENCE", "200ms")


def broken(desk: Desk) -> Exception:
    """Return what the driver raises where the connection is gone."""
    driver = desk.workspace.engine.dialect.loaded_dbapi
    gone: Exception = driver.OperationalError("server closed the connection unexpectedly")
    return gone


def failing(
    desk: Desk, patch: pytest.MonkeyPatch, *, after: bool, closes: bool = False
) -> list[str]:
    """Let the driver's next commit fail, before or after it has happened."""
    dialect, done = desk.workspace.engine.dialect, list[str]()
    real: Commit = dialect.do_commit

    def commit(connection: Any) -> None:
        if done:
            real(connection)
            return
        done.append("failed")
        if after:
            real(connection)
        if closes:
            connection.dbapi_connection.close()
        raise broken(desk)

    patch.setattr(dialect, "do_commit", commit)
    return done


def size(desk: Desk) -> int:
    with desk.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []
        return view.head().size


def refusal(desk: Desk) -> AppError:
    with pytest.raises(AppError) as raised:
        desk.record(EVENT, EVENT)
    return raised.value


@pytest.mark.parametrize("closes", [False, True], ids=["answer lost", "connection lost"])
def test_a_commit_that_happened_is_recorded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, closes: bool
) -> None:
    told: list[int] = []
    before = size(desk)
    heard = replace(desk.workspace, on_commit=lambda frontier, note: told.append(frontier.size))
    done = failing(desk, monkeypatch, after=True, closes=closes)
    with heard.write(ACTOR) as work:
        work.record(EVENT)
        work.record(EVENT)
    assert done == ["failed"]
    assert work.changes.kinds == {"person"}
    assert told == [before + 2] == [size(desk)]
    desk.record(EVENT)
    assert size(desk) == before + 3


@pytest.mark.parametrize("closes", [False, True], ids=["answer lost", "connection lost"])
def test_a_commit_that_did_not_happen_is_not_recorded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, closes: bool
) -> None:
    before = size(desk)
    failing(desk, monkeypatch, after=False, closes=closes)
    error = refusal(desk)
    assert (error.code, error.recovery) == ("workspace.not_recorded", Recovery.RETRY)
    assert size(desk) == before
    desk.record(EVENT)
    assert size(desk) == before + 1


def test_what_the_database_says_no_with_stays_the_reason(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = desk.workspace.engine.dialect.loaded_dbapi

    def full(connection: Any) -> None:
        raise driver.OperationalError("database or disk is full")

    monkeypatch.setattr(desk.workspace.engine.dialect, "do_commit", full)
    assert refusal(desk).code == "workspace.disk_full"


@pytest.mark.parametrize("after", [False, True])
def test_where_nobody_can_be_asked_the_outcome_is_unknown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    before, asked = size(desk), []

    def look(engine: sa.Engine, event: str, lock: object) -> bool:
        asked.append(event)
        raise sa.exc.OperationalError("", {}, broken(desk))

    monkeypatch.setattr(outcome, "_look", look)
    failing(desk, monkeypatch, after=after)
    error = refusal(desk)
    assert (error.code, error.recovery) == ("workspace.outcome_unknown", Recovery.RETRY)
    assert len(asked) == 2
    assert size(desk) == before + (2 if after else 0)


@pytest.mark.parametrize("code", ["workspace.not_recorded", "workspace.outcome_unknown"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_both_are_said_in_words(code: str, language: str) -> None:
    message, _, remedy = explain(AppError(code, path="bank.mrm"), language)
    assert "bank.mrm" in message
    assert remedy


def test_a_server_that_ends_the_connection_is_asked_again(team_desk: Desk) -> None:
    before, engine = size(team_desk), team_desk.workspace.engine
    with pytest.raises(AppError, match=r"workspace\.not_recorded"):
        end_before_commit(team_desk, engine)
    assert size(team_desk) == before


def end_before_commit(desk: Desk, engine: sa.Engine) -> None:
    """Record something, and let the server end the session when all but the commit is done."""
    with desk.workspace.write(ACTOR) as work:
        work.record(EVENT)
        (pid,) = work.connection.exec_driver_sql("SELECT pg_backend_pid()").one()
        real = work.connection.commit

        def commit() -> None:
            with engine.connect() as other:
                other.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
            real()

        work.connection.commit = commit  # type: ignore[method-assign]


def test_a_server_still_busy_with_the_commit_is_not_taken_for_an_answer(team_desk: Desk) -> None:
    engine = team_desk.workspace.engine
    with engine.connect() as other:
        log.read_head(other, lock=True)
        assert outcome.find_outcome(engine, "any") is Outcome.UNKNOWN
        newest = sa.select(events.c.id).order_by(events.c.position.desc()).limit(1)
        id = other.execute(newest).scalar_one()
        other.rollback()
    assert outcome.find_outcome(engine, id) is Outcome.RECORDED
    assert outcome.find_outcome(engine, "any") is Outcome.NOT_RECORDED


def test_what_is_found_is_on_the_disk_before_it_is_told(desk: Desk) -> None:
    """A team's commit can be read before its flush: whoever looks it up waits for the disk too."""
    desk.record(EVENT)
    engine = desk.workspace.engine
    with engine.connect() as connection:
        event: str = connection.execute(sa.select(events.c.id)).scalars().all()[-1]
    written = ""
    if engine.dialect.name == "postgresql":
        waits = {"options": "-c synchronous_commit=on"}  # the tests' server waits for no disk
        engine = sa.create_engine(engine.url, connect_args=waits, poolclass=sa.NullPool)
        with engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            connection.exec_driver_sql("SELECT pg_logical_emit_message(true, 'not flushed', '')")
        with engine.connect() as connection:
            asked = connection.exec_driver_sql("SELECT pg_current_wal_insert_lsn()::text")
            written = str(asked.scalar_one())
    assert outcome.find_outcome(engine, event) is Outcome.RECORDED
    if written:
        with engine.connect() as connection:
            asked = connection.exec_driver_sql(
                f"SELECT pg_current_wal_flush_lsn() >= '{written}'::pg_lsn"
            )
            assert asked.scalar_one() is True

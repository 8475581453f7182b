"""What a team's members record is told to all, once, and only when the disk has it."""

import os
import select
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.services import ledger
from mlops_desktop.services.session import Session
from mlops_desktop.store import log, pens
from mlops_desktop.store.line import Line
from mlops_desktop.store.listening import Heard, Listener
from tests.support.team import KEEPER, MEMBER, Team


def record(session: Session) -> None:
    with session.workspace.write(session.actor) as work:
        work.record(PersonLocked(session.actor.person, 3))


def size(session: Session) -> int:
    with session.workspace.read() as view:
        return log.read_head(view.connection).size


@contextmanager
def listening(session: Session) -> Iterator[Listener]:
    listener = Listener(session.workspace.engine)
    yield listener
    listener.close()


def heard(listener: Listener, seconds: float = 2.0) -> tuple[Heard, ...]:
    select.select([listener], [], [], seconds)
    return listener.drain()


def untold(connection: psycopg.Connection) -> int:
    row = connection.execute(b"SELECT count(*) FROM news").fetchone()
    assert row is not None
    return int(row[0])


def test_one_tells_for_all_who_wait_and_each_returns_only_then(team: Team) -> None:
    with team.session(MEMBER) as one, team.session(KEEPER) as two, team.connect() as turn:
        before, writers = (
            size(one),
            [threading.Thread(target=record, args=(it,)) for it in (one, two)],
        )
        with listening(one) as listener:
            with turn.transaction():
                turn.execute(b"LOCK TABLE meta IN SHARE UPDATE EXCLUSIVE MODE")
                for writer in writers:
                    writer.start()
                until = time.monotonic() + 20
                while size(one) < before + 2 and time.monotonic() < until:
                    time.sleep(0.01)
                assert heard(listener, 0.3) == ()
                assert untold(turn) == 2
                assert all(writer.is_alive() for writer in writers)
            for writer in writers:
                writer.join(20)
            assert [found.size for found in heard(listener)] == [before + 1, before + 2]
            assert untold(turn) == 0
            assert heard(listener, 0.1) == ()


def test_what_a_writer_left_untold_is_told_by_the_next(team: Team) -> None:
    with team.session(MEMBER) as session, team.connect() as connection:
        before = size(session)
        left = '{"size":1,"kinds":["model"],"device":"gone"}'
        connection.execute("INSERT INTO news VALUES (1, %s)", (left,))
        with listening(session) as listener:
            record(session)
            found = heard(listener)
        assert found[0] == Heard(1, ("model",), "gone")
        assert [one.size for one in found] == [1, before + 1]


def test_where_telling_fails_the_commit_before_it_has_happened(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with team.session(MEMBER) as session:
        before = size(session)
        monkeypatch.setattr(pens, "_TELL", "SELECT public.ledger_nobody($1)")
        record(session)
        assert size(session) == before + 1


def _killed(team: Team, *, is_answered: bool) -> None:
    """Let a program of its own record, and die before or after the server's answer comes."""
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        child = os.fork()
    if child:
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        return
    settle = Line.settle

    def dying(line: Line) -> Any:
        is_last = any("ledger_append" in text for text in line._sent)
        if is_last and not is_answered:
            line._server.pipeline_sync()
            line._server.flush()
        elif is_last:
            settle(line)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return settle(line)

    try:
        with pytest.MonkeyPatch.context() as patch, team.session(MEMBER) as session:
            patch.setattr(Line, "settle", dying)
            record(session)
    finally:
        os._exit(0)


@pytest.mark.parametrize("is_answered", [False, True])
def test_what_a_killed_program_had_sent_is_there_whole_and_told(
    team: Team, is_answered: bool
) -> None:
    with team.session(MEMBER):
        pass  # his device is enrolled
    with team.session(KEEPER) as other, listening(other) as listener:
        before = size(other)
        _killed(team, is_answered=is_answered)
        found = [*heard(listener)]
        written = size(other) - before
        assert written == 1 or (written == 0 and not is_answered)  # whole or not at all
        with team.session(MEMBER) as again:  # what is left untold is told with what comes next
            record(again)
        found += heard(listener)
        wanted = range(before + 1, before + written + 2)
        assert [one.size for one in found if one.size > before] == [*wanted]
        assert ledger.verify_ledger(other).is_ok

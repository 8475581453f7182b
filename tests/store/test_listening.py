"""What one window records, another hears within two seconds, and nobody asks the server for it."""

import os
import select
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.store.listening import EVERY_KIND, PRESENCE, Heard, Listener, list_present
from tests.store.desks import Desk


def waited(listener: Listener, seconds: float = 2.0) -> tuple[Heard, ...]:
    """Wait as a window does: for the descriptor, not for the clock."""
    until = time.monotonic() + seconds
    while select.select([listener], [], [], max(0, until - time.monotonic()))[0]:
        if heard := listener.drain():
            return heard
    return ()


def model(number: int) -> ModelRegistered:
    return ModelRegistered(f"m{number}", ModelDetails(name=f"PD {number}"))


def test_two_windows_write_and_a_third_hears_both_in_time(team_desk: Desk) -> None:
    listener = Listener(team_desk.workspace.engine)
    with team_desk.opened_again() as other:
        for number, desk in enumerate((team_desk, other)):
            begun = time.monotonic()
            desk.record(model(number))
            (heard,) = waited(listener)
            assert time.monotonic() - begun < 2
            assert (heard.size, heard.device) == (3 + number, "desk")
            assert "model" in heard.kinds
    assert waited(listener, 0) == ()
    listener.close()
    assert listener.fileno() == -1


def test_a_rolled_back_session_is_not_heard(team_desk: Desk) -> None:
    listener = Listener(team_desk.workspace.engine)
    with pytest.raises(AppError):
        team_desk.record(model(1), ModelRegistered("m", ModelDetails(name="x" * 300_000)))
    assert waited(listener, 0.1) == ()
    listener.close()


def test_after_the_server_went_away_it_listens_again_and_says_so(team_desk: Desk) -> None:
    listener = Listener(team_desk.workspace.engine)
    with psycopg.connect(team_desk.place, autocommit=True) as connection:
        connection.execute(
            b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
            b"pg_backend_pid() AND datname = current_database()"
        )
    (missed,) = waited(listener)
    assert missed == Heard(2, (EVERY_KIND,), "")
    with team_desk.opened_again() as other:
        other.record(model(1))
    assert [heard.size for heard in waited(listener)] == [3]
    listener.close()


def test_a_notice_that_is_none_is_a_hint_at_most(team_desk: Desk) -> None:
    listener = Listener(team_desk.workspace.engine)
    with psycopg.connect(team_desk.place, autocommit=True) as connection:
        for text in ("", "[]", '{"size": "x"}', "{"):
            connection.execute("SELECT pg_notify('mlops_desktop', %s)", (text,))
            assert waited(listener) == (Heard(0, (EVERY_KIND,), ""),)
    listener.close()


def test_who_listens_is_seen_by_others_and_told_when_he_comes(team_desk: Desk) -> None:
    engine = team_desk.workspace.engine
    first = Listener(engine, "feddersen")
    second = Listener(engine, "kowalczyk")
    (came,) = waited(first)
    assert came.kinds == (PRESENCE,)
    with team_desk.workspace.read() as view:
        assert list_present(view.connection) == {"feddersen", "kowalczyk"}
    first.close()
    second.close()


def present(desk: Desk) -> frozenset[str]:
    with desk.workspace.read() as view:
        return list_present(view.connection)


def test_who_leaves_is_told_and_no_longer_here_within_two_seconds(team_desk: Desk) -> None:
    engine = team_desk.workspace.engine
    first, second = Listener(engine, "feddersen"), Listener(engine, "kowalczyk")
    assert [one.kinds for one in waited(first)] == [(PRESENCE,)]
    for number in range(50):  # what nobody fetched lies on the line when it is closed
        team_desk.record(model(number))
    assert waited(first)
    begun = time.monotonic()
    second.leave()
    assert second.fileno() == -1
    kinds = [one.kinds for one in waited(first)]
    assert time.monotonic() - begun < 2
    assert kinds[-1] == (PRESENCE,)
    assert present(team_desk) == {"feddersen"}
    second.leave()
    first.close()


def test_nobody_who_leaves_waits_for_a_server_that_does_not_answer(team_desk: Desk) -> None:
    listener = Listener(team_desk.workspace.engine, "feddersen")
    with psycopg.connect(team_desk.place, autocommit=True) as connection:
        query = b"SELECT pid FROM pg_stat_activity WHERE application_name LIKE '%feddersen'"
        (found,) = connection.execute(query).fetchall()
        os.kill(found[0], signal.SIGSTOP)
        try:
            begun = time.monotonic()
            listener.leave()
            assert time.monotonic() - begun < 2
        finally:
            os.kill(found[0], signal.SIGCONT)
    assert listener.fileno() == -1


_KILLED = """
import sys, time
from mlops_desktop.store import engine
from mlops_desktop.store.listening import Listener
listener = Listener(engine.open_team(sys.argv[1]), "kowalczyk")
print("here", flush=True)
time.sleep(60)
"""


def test_who_was_killed_is_gone_when_anything_is_heard(team_desk: Desk) -> None:
    """Nobody can say goodbye for him; the list is read again with the next thing heard."""
    listener = Listener(team_desk.workspace.engine, "feddersen")
    command = [sys.executable, "-c", _KILLED, team_desk.place]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"here\n"
        assert [one.kinds for one in waited(listener)] == [(PRESENCE,)]
        assert present(team_desk) == {"feddersen", "kowalczyk"}
        other.kill()
    team_desk.record(model(1))
    assert waited(listener)
    assert present(team_desk) == {"feddersen"}
    listener.close()

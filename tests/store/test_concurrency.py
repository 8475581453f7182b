"""Writers wait for each other, readers see whole transactions, a killed writer loses nothing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.store import log, rebuild
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import models
from tests.store.desks import ACTOR, Desk
from tests.support.surroundings import ROOT


@contextmanager
def writer(desk: Desk, name: str, *most: int) -> Iterator[subprocess.Popen[str]]:
    """Another program that records events into the same workspace."""
    private = desk.device.private_bytes_raw().hex()
    command = [sys.executable, "-m", "tests.store.writer", desk.place, desk.key.hex(), private]
    with subprocess.Popen(
        [*command, name, *map(str, most)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def check_whole(desk: Desk) -> list[str]:
    """Check positions, leaves, head and rows, and return the ids of all models in order."""
    with desk.workspace.read() as view:
        size = view.head().size
        positions = view.connection.execute(sa.select(events.c.position).order_by("position"))
        assert list(positions.scalars()) == list(range(size))
        assert list(rebuild.compare(view.connection)) == []
        found = view.connection.execute(sa.select(models.c.id).order_by(models.c.number))
        return list(found.scalars())


def test_two_programs_write_at_once_and_positions_stay_contiguous(desk: Desk) -> None:
    with writer(desk, "a", 12) as one, writer(desk, "b", 12) as other:
        told = [process.communicate(timeout=60)[0].split() for process in (one, other)]
        assert [process.returncode for process in (one, other)] == [0, 0]
    assert sorted(check_whole(desk)) == sorted([*told[0], *told[1]])
    assert len(told[0]) == len(told[1]) == 12


def test_a_second_writer_waits_until_the_first_has_finished(desk: Desk) -> None:
    order: list[str] = []
    started = Event()

    def second() -> None:
        with desk.opened_again() as again:
            started.set()
            with again.workspace.write(ACTOR) as work:
                order.append(f"second begins at {work.before.size}")
                work.record(PersonLocked("brandt", 2))

    with desk.workspace.write(ACTOR) as work:
        thread = Thread(target=second)
        thread.start()
        assert started.wait(30)
        thread.join(0.3)
        work.record(PersonLocked("brandt", 1))
        order.append("first ends")
    thread.join(30)
    assert order == ["first ends", "second begins at 3"]
    check_whole(desk)


def test_what_a_rule_read_cannot_change_before_its_event_is_written(desk: Desk) -> None:
    """Two sessions that each want to be the first to register a name: only one is."""

    def register(number: int) -> None:
        with desk.opened_again() as again, again.workspace.write(ACTOR) as work:
            taken = work.connection.execute(sa.select(models.c.id).where(models.c.name == "LGD"))
            if taken.first() is None:
                work.record(ModelRegistered(f"m{number}", ModelDetails(name="LGD")))

    threads = [Thread(target=register, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(check_whole(desk)) == 1


def test_a_reader_keeps_its_view_while_another_writes(desk: Desk) -> None:
    with desk.workspace.read() as view:
        before = view.head()
        desk.record(PersonLocked("brandt", 1))
        assert view.head() == before
        assert len(list(log.read_events(view.connection))) == before.size
    with desk.workspace.read() as view:
        assert view.head().size == before.size + 1


def test_a_read_session_cannot_write(team_desk: Desk) -> None:
    with team_desk.workspace.read() as view, pytest.raises(sa.exc.DBAPIError, match="read-only"):
        log.write_head(view.connection, view.head())


def test_a_killed_program_loses_nothing_it_had_acknowledged(desk: Desk) -> None:
    """SIGKILL at another moment each time; what was told is there, and no half of a commit."""
    rounds = 4 if desk.workspace.engine.dialect.name == "sqlite" else 2
    told: list[str] = []
    for number in range(rounds):
        with writer(desk, f"k{number}") as process:
            assert process.stdout is not None
            told += [process.stdout.readline().strip() for _ in range(3 + number)]
            process.kill()
            told += process.stdout.read().split()
    kept = check_whole(desk)
    assert all(told)
    assert set(told) <= set(kept)
    # At most the one commit of each round that nobody was told about any more.
    assert len(kept) <= len(told) + rounds
    desk.record(PersonLocked("brandt", 1))
    check_whole(desk)

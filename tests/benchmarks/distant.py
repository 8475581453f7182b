"""For how long somebody far from a team's server keeps the others waiting.

A relay holds back what goes either way for five milliseconds, as a network of ten would. Beside
the act a connection next to the server looks, as often as it can, whether the head is locked. An
act that locks first is what programs did until they read first; it is still what they do where
others write meanwhile.
"""

import asyncio
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from threading import Event, Thread

import psycopg
import sqlalchemy as sa

from mlops_desktop.services import models, teams
from mlops_desktop.services.session import Session
from mlops_desktop.services.teams import NewTeam
from mlops_desktop.services.workspaces import NewWorkspace
from tests.benchmarks._crowd import durable_postgres
from tests.benchmarks.measuring import Line
from tests.benchmarks.workspaces import own_folder

_EACH_WAY = 0.005
_ROUNDS, _ACTS = 3, 10
_LOCKED = (
    b"SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'head'::regclass"
    b" AND mode = 'ShareRowExclusiveLock' AND granted)"
)
_register_first = models.register_model.__wrapped__  # type: ignore[attr-defined] # locks first
_edit_first = models.edit_model.__wrapped__  # type: ignore[attr-defined] # locks first


@dataclass(frozen=True)
class _Took:
    """Milliseconds an act took, and how many of them the head was locked."""

    whole: float
    locked: float


def measure() -> list[Line]:
    """Let each act take its turns, and look at the head meanwhile."""
    with durable_postgres() as server, own_folder(), _founded(server) as session:
        socket = session.workspace.engine.url.query["host"]
        with _relay(Path(str(socket)) / ".s.PGSQL.5432") as port:
            return list(_lines(_moved(session, port), server.replace("/postgres?", "/bench?")))


@contextmanager
def _founded(server: str) -> Iterator[Session]:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE bench")
    wanted = NewWorkspace(server.replace("/postgres?", "/bench?"), "Bank", "Anna", "elbe-alster-9")
    session = teams.create_team(NewTeam(wanted, "bench", "anna")).session
    yield session
    session.workspace.close()


def _moved(session: Session, port: int) -> Session:
    """Return the session with the relay between it and its server."""
    url = session.workspace.engine.url.difference_update_query(["host"])
    far = sa.create_engine(url.set(host="127.0.0.1", port=port), pool_size=2)
    moved = replace(session.workspace, engine=far, on_commit=lambda _head, _note: None)
    return replace(session, workspace=moved)


@contextmanager
def _relay(socket: Path) -> Iterator[int]:
    """Give the port of a process that passes everything on to a socket, each way later."""
    fork = multiprocessing.get_context("fork")
    told = fork.SimpleQueue()
    process = fork.Process(target=lambda: asyncio.run(_pass_on(socket, told.put)), daemon=True)
    process.start()
    yield told.get()
    process.terminate()
    process.join()


async def _pass_on(socket: Path, tell: Callable[[int], None]) -> None:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(str(socket))
        await asyncio.gather(_delay(reader, back), _delay(there, writer))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    tell(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _delay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    loop = asyncio.get_running_loop()
    while part := await reader.read(65_536):
        loop.call_later(_EACH_WAY, writer.write, part)
    loop.call_later(_EACH_WAY, writer.close)


def _lines(session: Session, near: str) -> Iterator[Line]:
    model = models.register_model(session, {"name": "PD Mittelstand"}).id
    numbers = count()

    def register(act: Callable[..., object]) -> None:
        act(session, {"name": f"Model {next(numbers)}"}, anyway=True)

    def edit(act: Callable[..., object]) -> None:
        act(session, model, {"purpose": f"Text {next(numbers)}"})

    acts = {
        "a registration that locks first": lambda: register(_register_first),
        "a registration": lambda: register(models.register_model),
        "an edit that locks first": lambda: edit(_edit_first),
        "an edit": lambda: edit(models.edit_model),
    }
    rounds: dict[str, list[_Took]] = {name: [] for name in acts}
    with psycopg.connect(near, autocommit=True) as looking:
        for _ in range(_ROUNDS):
            for name, act in acts.items():
                rounds[name].append(_spend(act, looking))
    took = {
        name: _Took(
            statistics.median(one.whole for one in found),
            statistics.median(one.locked for one in found),
        )
        for name, found in rounds.items()
    }
    for name, one in took.items():
        first = took.get(f"{name} that locks first")
        told = f"{one.whole:.0f} ms, of which the head is locked for {one.locked:.1f}"
        yield Line(name, told, None if first is None else one.locked / first.locked, 0.5, 0.1)


def _spend(act: Callable[[], object], looking: psycopg.Connection) -> _Took:
    seen, ends = [0, 0], Event()

    def look() -> None:
        while not ends.is_set():
            found = looking.execute(_LOCKED).fetchone()
            seen[found == (True,)] += 1

    thread = Thread(target=look)
    thread.start()
    begun = time.perf_counter()
    for _ in range(_ACTS):
        act()
    whole = (time.perf_counter() - begun) * 1_000 / _ACTS
    ends.set()
    thread.join()
    return _Took(whole, whole * seen[1] / sum(seen))

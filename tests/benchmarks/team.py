"""Twenty writers at one PostgreSQL, among 200 clients, against plain inserts of the same rows.

A plain insert is the driver alone: one event's row, with the same indexes, committed. Beside it the
whole write session of a team's member: lock, what a rule reads, canonical bytes, leaf, the server's
function, signed head, commit. Both wait for the disk (fsync on); each takes its turn, and the
median of the rounds counts. Both are measured in three shapes: one event a transaction, as a person
writes, a hundred, as a short list or a change of many, and a thousand, as reading a portfolio's
list in or synchronising. What writers lose against each other is looked for in the log: each event
says the size of the ledger that its writer had read, which must be its position. What a chain costs
without all that is read, checked and signed is measured beside them, and what a prototype reaches
that seals the events of waiting writers together.
"""

import secrets
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import psycopg
import sqlalchemy as sa

from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import teams
from mlops_desktop.services.ledger import verify_ledger
from mlops_desktop.services.session import Session
from mlops_desktop.services.teams import NewTeam
from mlops_desktop.services.workspaces import NewWorkspace
from mlops_desktop.store import log
from mlops_desktop.store.listening import Listener
from tests.benchmarks._chained import chaining, found_chain
from tests.benchmarks._crowd import Begin, Step, commits, durable_postgres, events_table
from tests.benchmarks._sealed_together import found_queue, sealing_together
from tests.benchmarks.measuring import Line
from tests.benchmarks.workspaces import own_folder

_WRITERS, _CLIENTS = 20, 200
_MANY, _BULK = 100, 1_000
_ROUNDS, _SECONDS = 3, 4.0
_BODY = 300
_PLAIN = "INSERT INTO plain (id, type, at, effective, person, subject, leaf, body) VALUES "
_FLOOR = f"{_PLAIN}(%s, 'person.locked', %s, %s, %s, '', %s, %s)"


def measure() -> list[Line]:
    """Let writers work in turns while the other clients listen, then count and verify."""
    with durable_postgres() as server, own_folder(), ExitStack() as stack:
        session = _found(server)
        stack.callback(session.workspace.close)
        listeners = [Listener(session.workspace.engine) for _ in range(_CLIENTS - _WRITERS)]
        for listener in listeners:
            stack.callback(listener.close)
        session.workspace.engine.dispose()
        kinds = {
            "floor": _plain(server, 1),
            "bare chain": chaining(server, _BODY + 300),
            "sealed together": sealing_together(server),
            "event": _writer(session, 1),
            "floor of many": _plain(server, _MANY),
            "many": _writer(session, _MANY),
            "many models": _registrar(session),
            "floor of bulk": _plain(server, _BULK),
            "bulk": _writer(session, _BULK),
            "edit": _editor(session),
            "alone": _writer(session, 1),
        }
        rates: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(_ROUNDS):
            for name, begin in kinds.items():
                writers = 1 if name == "alone" else _WRITERS
                rates[name].append(commits(begin, writers, _SECONDS))
        heard = sum(bool(listener.drain()) for listener in listeners)
        lost = _lost(session)
        assert verify_ledger(session).is_ok
    return list(
        _lines({name: statistics.median(found) for name, found in rates.items()}, heard, lost)
    )


def _found(server: str) -> Session:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE bench")
        for statement in events_table("plain", "bigserial"):
            connection.execute(statement.encode())
    found_chain(server)
    found_queue(server)
    wanted = NewWorkspace(server.replace("/postgres?", "/bench?"), "Bank", "Anna", "elbe-alster-9")
    return teams.create_team(NewTeam(wanted, "bench", "anna")).session


def _plain(server: str, rows: int) -> Begin:
    def begin() -> Step:
        connection = psycopg.connect(server)
        body, leaf = secrets.token_bytes(_BODY + 300), secrets.token_bytes(32)
        at = "2026-11-28T12:00:00.000000Z"

        def step() -> None:
            with connection.cursor() as cursor:
                given = [(new_id(), at, at, "x" * 36, leaf, body) for _ in range(rows)]
                if rows == 1:  # as one statement; executemany would send a pipeline around it
                    cursor.execute(_FLOOR, given[0])
                else:
                    cursor.executemany(_FLOOR, given)
            connection.commit()

        return step

    return begin


def _bare(session: Session) -> Session:
    """Leave out the head remembered in a file of the profile: every writer has its own."""
    engine = sa.create_engine(session.workspace.engine.url, pool_size=1)
    bare = replace(session.workspace, engine=engine, on_commit=lambda _head, _note: None)
    return replace(session, workspace=bare)


def _writer(session: Session, events: int) -> Begin:
    def begin() -> Step:
        own = _bare(session)

        def step() -> None:
            with own.workspace.write(own.actor) as work:
                for place in range(events):
                    work.record(PersonLocked("x" * _BODY, work.before.size + place))

        return step

    return begin


def _registrar(session: Session) -> Begin:
    """Register models as a list is read in: rows, states and the index of names beside events."""

    def begin() -> Step:
        own = _bare(session)

        def step() -> None:
            with own.workspace.write(own.actor) as work:
                for place in range(_MANY):
                    work.record(ModelRegistered(new_id(), ModelDetails(name=f"Model {place}")))

        return step

    return begin


def _editor(session: Session) -> Begin:
    def begin() -> Step:
        own, model = _bare(session), new_id()
        with own.workspace.write(own.actor) as work:
            work.record(ModelRegistered(model, ModelDetails(name="PD Mittelstand")))

        def step() -> None:
            with own.workspace.write(own.actor) as work:
                work.record(ModelEdited(model, ModelDetails(tier=1 + work.before.size % 3)))

        return step

    return begin


def _lost(session: Session) -> tuple[int, int]:
    """Return how many events there are, and how many say another size than their position."""
    lost = 0
    with session.workspace.read() as view:
        for stored in log.read_events(view.connection):
            payload = log.read_envelope(view.connection, stored.body).payload
            lost += isinstance(payload, PersonLocked) and payload.failures != stored.position
        return view.head().size, lost


def _events(name: str) -> int:
    """Return how many events a transaction of a shape has."""
    return _BULK if "bulk" in name else _MANY if "many" in name else 1


def _lines(rates: dict[str, float], heard: int, lost: tuple[int, int]) -> Iterator[Line]:
    def plain(what: str, name: str) -> Line:
        return Line(what, f"{rates[name] * _events(name):,.0f} events a second")

    def line(what: str, name: str, floor: str, limits: tuple[float, float] | None = None) -> Line:
        events, (limit, goal) = _events(name), limits or (None, None)
        slower = rates[floor] / rates[name]
        told = f"{rates[name] * events:,.0f} events a second, {1 / slower:.2f} of plain"
        return Line(what, told, slower, limit, goal)

    asked, many = (2.5, 2.0), f"{_WRITERS} writers, {_MANY} events a transaction"
    yield plain(f"floor: {_WRITERS} writers, plain inserts", "floor")
    bare = f"{_WRITERS} writers, one event each, hashed and chained alone"
    yield line(bare, "bare chain", "floor")
    together = f"{_WRITERS} writers, one event each, sealed together, asking no rule: a prototype"
    yield line(together, "sealed together", "floor")
    yield line(f"{_WRITERS} writers, one event each that changes no row", "event", "floor", asked)
    yield line(f"{_WRITERS} writers, one edit of a model each", "edit", "floor")
    yield plain(f"floor: {_WRITERS} writers, {_MANY} rows a transaction", "floor of many")
    yield line(f"{many} that change no row", "many", "floor of many", asked)
    yield line(f"{many} that register models", "many models", "floor of many")
    yield plain(f"floor: {_WRITERS} writers, {_BULK:,} rows a transaction", "floor of bulk")
    bulk = f"{_WRITERS} writers, {_BULK:,} events a transaction that change no row"
    yield line(bulk, "bulk", "floor of bulk", asked)
    yield plain("one writer alone, one event", "alone")
    others = _CLIENTS - _WRITERS
    yield Line(f"other clients connected, that heard of it, of {others}", f"{heard}")
    size, gone = lost
    what = f"events that rest on another state than their writer read, of {size:,}"
    yield Line(what, f"{gone}", float(gone), 0.0, 0.0)

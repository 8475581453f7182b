"""One durable event at a time, against committing one row of the same length.

Both into encrypted files in WAL mode with synchronous FULL. An append is the whole session: lock,
canonical bytes, leaf, rows, signed head, reading back and hashing again, commit. Ratios are of the
clock, since a commit is mostly waiting for the disk; each kind takes its turn, and the median of
many counts.
"""

import secrets
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.session import Session
from mlops_desktop.store.engine import open_file
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder

_ROUNDS = 400
_MODELS = 2_000
_BODY = 600


def measure() -> list[Line]:
    """Commit and append in turns, and compare."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        fill(session, _MODELS)
        # The head remembered outside the file is another file's affair, not the append's.
        bare = replace(session.workspace, on_commit=lambda _head, _note: None)
        session = replace(session, workspace=bare)
        engine = _plain(folder)
        spent = _take_turns({"floor": _committer(engine), **_appends(session)})
        engine.dispose()
        session.workspace.close()
    return list(_lines(spent))


def _plain(folder: Path) -> sa.Engine:
    engine = open_file(folder / "plain.mrm", secrets.token_bytes(32), str(uuid.uuid4()))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE log (position INTEGER PRIMARY KEY, body BLOB)")
    return engine


def _committer(engine: sa.Engine) -> Callable[[], None]:
    held = engine.raw_connection()  # the driver alone, held open
    cursor = held.cursor()

    def commit() -> None:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO log (body) VALUES (?)", (secrets.token_bytes(_BODY),))
        cursor.execute("COMMIT")

    return commit


def _appends(session: Session) -> dict[str, Callable[[], None]]:
    with session.workspace.write(session.actor) as work:
        work.record(ModelRegistered(model := new_id(), ModelDetails(name="PD Mittelstand")))

    def append(make: Callable[[], PersonLocked | ModelRegistered | ModelEdited]) -> None:
        with session.workspace.write(session.actor) as work:
            work.record(make())

    return {
        "event": lambda: append(lambda: PersonLocked("x" * _BODY, 5)),
        "edit": lambda: append(lambda: ModelEdited(model, ModelDetails(tier=2))),
        "model": lambda: append(lambda: ModelRegistered(new_id(), ModelDetails(name="LGD"))),
    }


def _take_turns(works: dict[str, Callable[[], None]]) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(_ROUNDS):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            spent[name].append(time.perf_counter() - begun)
    return {name: statistics.median(found) for name, found in spent.items()}


def _lines(spent: dict[str, float]) -> Iterator[Line]:
    floor = spent["floor"]

    def line(what: str, name: str, limit: float | None = None, goal: float | None = None) -> Line:
        return Line(what, milliseconds(spent[name]), spent[name] / floor, limit, goal)

    yield Line(f"floor: commit one row of {_BODY} bytes", milliseconds(floor))
    yield line("append one event that changes no row", "event", 2.22, 1.11)
    yield line("append one edit of a model: its row, its history, its search index", "edit")
    yield line("append one new model: as before, and seven sort orders", "model")

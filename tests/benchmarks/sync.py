"""Sync of 10,000 models with 30,000 versions, and again without and with changes.

The floor is the same rows through the driver alone, ready as tuples, into an equal encrypted file
in one transaction. Ratios are of processor time: on a shared machine the clock tells mostly how
busy the neighbours are. Fetching (a real reader without the sockets) is part of every figure
unless said.
"""

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from mlops_desktop.services import sources
from mlops_desktop.services.session import Session
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import sync_source
from mlops_desktop.services.sync.reading import read_streams
from tests.benchmarks.measuring import Line, Spent, median, milliseconds, spend
from tests.benchmarks.raw import Content, RawFile, read_content
from tests.benchmarks.registry import BigRegistry, make_registry, open_reader
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS, _VERSIONS_EACH = 10_000, 3
_ROUNDS = 3
_SOURCE = "registry"
_PROJECTED = ("models", "model_states", "entries", "versions", "deployments")
_NUMBERS = count()


def measure() -> list[Line]:
    """Sync and insert in turns, and compare."""
    registry = make_registry(_MODELS, _VERSIONS_EACH)
    with own_folder() as folder:
        content = _content(folder, registry)
        rounds = [dict(_round(folder, registry, content)) for _ in range(_ROUNDS)]
    spent = {name: median([one[name] for one in rounds]) for name in rounds[0]}
    return list(_lines(spent, content))


def _new_bank(folder: Path) -> Session:
    session = found_bank(folder / f"bank-{next(_NUMBERS)}.mrm")
    sources.add_source(session, NewSource("mlflow", _SOURCE, "http://registry.invalid"))
    return session


def _content(folder: Path, registry: BigRegistry) -> Content:
    session = _new_bank(folder)
    _sync(session, registry)
    found = read_content(session.workspace)
    session.workspace.close()
    return found


def _sync(session: Session, registry: BigRegistry) -> Spent:
    with closing(open_reader(registry)) as reader:
        return spend(lambda: sync_source(session, _SOURCE, reader, _quiet))


def _quiet(step: str, done: int, total: int | None) -> None:
    """Watch nothing."""


def _round(folder: Path, registry: BigRegistry, content: Content) -> Iterator[tuple[str, Spent]]:
    session = _new_bank(folder)
    yield "first", _sync(session, registry)
    yield "raw", _fill(folder, content)
    yield "same", _sync(session, registry)
    yield "fetch", _fetch(registry)
    yield "raw projected", _fill(folder, content.only(_PROJECTED))
    changed = make_registry(_MODELS, _VERSIONS_EACH)
    changed.change(every=100)
    yield "changed", _sync(session, changed)
    session.workspace.close()


def _fill(folder: Path, content: Content) -> Spent:
    file = RawFile(folder, content)
    spent = spend(file.fill)
    file.close()
    return spent


def _fetch(registry: BigRegistry) -> Spent:
    with closing(open_reader(registry)) as reader:
        return spend(lambda: list(read_streams(reader, _quiet, {})))


def _lines(spent: dict[str, Spent], content: Content) -> Iterator[Line]:
    raw, projected = spent["raw"].processor, spent["raw projected"].processor

    def said(name: str) -> str:
        one = spent[name]
        return f"{milliseconds(one.processor)} of processor, {milliseconds(one.wall)} of clock"

    def ratio(name: str, floor: float = raw) -> float:
        return spent[name].processor / floor

    rows = content.only(_PROJECTED).number
    events = len(content.rows["events"])
    yield Line(
        f"floor: {rows:,} projected rows, {events:,} events, search index, evidence", said("raw")
    )
    yield Line(
        f"floor without events, search index and evidence: {rows:,} rows", said("raw projected")
    )
    yield Line("first sync", said("first"), ratio("first"), 7.2, 3.6)
    yield Line("first sync, against the projected rows alone", "", ratio("first", projected))
    yield Line("sync again, nothing changed, with fetching", said("same"), ratio("same"))
    yield Line("of that, fetching: HTTP client, page order, SHA-256", said("fetch"), ratio("fetch"))
    net = max(0.0, ratio("same") - ratio("fetch"))
    yield Line("sync again, nothing changed, ours alone", "", net, 0.06, 0.05)
    yield Line("sync again, 1 % changed", said("changed"), ratio("changed"), 1.56, 0.78)

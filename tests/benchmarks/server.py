"""Sync with a real MLflow 3 server of 2,000 models, 6,000 versions and the runs they came from.

The floor is fetching the same answers bare, with the standard library, and doing nothing with
them; the server needs most of that time. What is ours is told by processor time, which the
server's does not count into. Ten times cheaper means: of ours.
"""

import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from mlops_desktop.outside.http import Answer, HttpClient, Sent
from mlops_desktop.outside.http_address import Address
from mlops_desktop.services import ledger, sources
from mlops_desktop.services.session import Session
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import SyncResult, sync_source
from mlops_desktop.sources.mlflow.reader import Mlflow
from mlops_desktop.sources.mlflow.requests import READING_POSTS
from tests.benchmarks._seeding import seed
from tests.benchmarks.measuring import Line, Spent, milliseconds, spend
from tests.benchmarks.workspaces import found_bank, own_folder
from tests.support.mlflow import MlflowServer, running_mlflow

_MODELS, _VERSIONS_EACH = 2_000, 3
_SOURCE = "registry"
_PLAN = 11
"""The registry in 4 requests and its runs in 7, as measured when the way of asking was chosen."""


class _Counting(HttpClient):
    """The client itself; what it asks is kept, to ask the same bare."""

    asked: list[tuple[str, str, str | None]]

    def _ask(self, method: str, target: str, body: Sent | None) -> Answer:
        self.asked.append((method, target, body.shown if body else None))
        return super()._ask(method, target, body)


@dataclass(frozen=True)
class _Sync:
    spent: Spent
    asked: list[tuple[str, str, str | None]]
    result: SyncResult


def measure() -> list[Line]:
    """Read the server, then again without changes and bare, in turns."""
    with running_mlflow() as server, own_folder() as folder:
        seed(server.database, _MODELS, _VERSIONS_EACH)
        session = found_bank(folder / "bank.mrm")
        sources.add_source(session, NewSource("mlflow", _SOURCE, server.url))
        first = _sync(session, server)
        before = len(ledger.read_log(session))
        again, bare = list[_Sync](), list[Spent]()
        for _ in range(3):
            again.append(_sync(session, server))
            bare.append(spend(lambda: _fetch(server.url, first.asked)))
        written = (len(ledger.read_log(session)) - before) / len(again)
        session.workspace.close()
    assert all(one.result.is_unchanged for one in again)
    return list(_lines(first, min(again, key=lambda one: one.spent.wall), _least(bare), written))


def _sync(session: Session, server: MlflowServer) -> _Sync:
    client, results = _Counting(Address(server.url), reads=READING_POSTS), list[SyncResult]()
    client.asked = []
    with closing(Mlflow(client)) as reader:
        spent = spend(lambda: results.append(sync_source(session, _SOURCE, reader, _quiet)))
    return _Sync(spent, client.asked, results[0])


def _quiet(step: str, done: int, total: int | None) -> None:
    """Watch nothing."""


def _fetch(base: str, asked: list[tuple[str, str, str | None]]) -> int:
    size = 0
    for method, target, body in asked:
        request = urllib.request.Request(f"{base}{target}", method=method)  # noqa: S310 - our own server
        if body is not None:
            request.data = body.encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - as above
            size += len(answer.read())
    return size


def _least(found: list[Spent]) -> Spent:
    return min(found, key=lambda one: one.wall)


def _lines(first: _Sync, again: _Sync, bare: Spent, written: float) -> Iterator[Line]:
    counts = first.result.counts
    read = f"{counts.read:,} facts, {len(first.asked)} requests"
    yield Line(f"floor: {len(first.asked)} answers fetched bare", milliseconds(bare.wall))
    yield _clock(f"first sync: {read}", first, bare)
    yield _clock("sync again, nothing changed", again, bare)
    yield Line(
        "requests, against the plan of 4 for the registry and 7 for its runs",
        f"{len(first.asked)} and {len(again.asked)}",
        max(len(first.asked), len(again.asked)) / _PLAN,
        1.0,
        1.0,
    )
    ours = again.spent.processor / first.spent.processor
    measured = f"{milliseconds(again.spent.processor)} of processor"
    yield Line("sync again, of ours, against the first sync", measured, ours, 0.1, 0.05)
    yield Line("events written by a sync without changes: its account", f"{written:g}")


def _clock(what: str, sync: _Sync, bare: Spent) -> Line:
    measured = f"{milliseconds(sync.spent.wall)}, {milliseconds(sync.spent.processor)} of processor"
    return Line(what, measured, sync.spent.wall / bare.wall)

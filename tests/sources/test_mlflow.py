"""The MLflow source against a server that does everything wrong, with real recorded answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from mlops_desktop import paths
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.sources import rest
from mlops_desktop.sources.base import Source, SourceFailure
from mlops_desktop.sources.mlflow.reader import Mlflow
from mlops_desktop.sources.mlflow.requests import READING_POSTS
from mlops_desktop.sources.observations import (
    Completion,
    Failure,
    FailureCode,
    ObservedVersion,
    Page,
    Stream,
)
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject
from tests.sources.hostile_server import Asked, Reply, serving

_API = "/api/2.0/mlflow"
_PATHS = {
    Stream.MODELS: f"{_API}/registered-models/search",
    Stream.VERSIONS: f"{_API}/model-versions/search",
    Stream.RUNS: f"{_API}/runs/search",
    Stream.CHECKS: f"{_API}/logged-models/search",
}
_FIELDS = {
    "logged-models": "models",
    "registered-models": "registered_models",
    "model-versions": "model_versions",
    "runs": "runs",
    "experiments": "experiments",
}
_PAGE = 10


_SERVER = Path(__file__).parent / "captures"


def _recorded(name: str) -> bytes:
    if name == "logged-models":
        return (_SERVER / "mlflow-3.17.2_2026-11-23_logged-models.json").read_bytes()
    return paths.resource("demo", "mlflow", f"{name}-search-1.json").read_bytes()


def _page(name: str, token: str) -> Reply:
    """One page of a recorded listing, which the server had given whole."""
    field = _FIELDS[name]
    rows: list[Any] = json.loads(_recorded(name))[field]
    start = int(token or 0)
    page: dict[str, Any] = {field: rows[start : start + _PAGE]}
    more = start + _PAGE < len(rows)
    # MLflow says that there is no more by leaving the token out, or by an empty one.
    token = str(start + _PAGE) if more else ""
    return Reply(json.dumps(page | {"next_page_token": token}).encode())


def healthy(asked: Asked) -> Reply:
    """Answer as the recorded server does, ten rows a page."""
    if asked.path == "/version":
        return Reply(b"3.17.2", headers={"Content-Type": "text/html; charset=utf-8"})
    name = asked.path.removeprefix(f"{_API}/").removesuffix("/search")
    if name not in _FIELDS:
        return Reply(b"<!doctype html><title>404 Not Found</title>", 404)
    if "is_prompt" in asked.query.get("filter", ""):
        return Reply(b"{}")
    posted = json.loads(asked.body) if asked.body else {}
    return _page(name, posted.get("page_token", "") or asked.query.get("page_token", ""))


def _lists(asked: Asked, stream: Stream) -> bool:
    return asked.path == _PATHS[stream]


class TestMlflow(SourceConformance):
    subject = Subject(
        open=Mlflow,
        reads=READING_POSTS,
        healthy=healthy,
        lists=_lists,
        facts={Stream.MODELS: 22, Stream.VERSIONS: 77, Stream.RUNS: 99, Stream.CHECKS: 32},
        repeated_page=b'{"registered_models": [], "next_page_token": "same"}',
    )


def _open(url: str, limits: Limits | None = None) -> Source:
    return Mlflow(HttpClient(Address(url), reads=READING_POSTS, limits=limits))


def test_endless_paging_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest, "_MOST_PAGES", 5)
    number = 0

    def respond(asked: Asked) -> Reply:
        nonlocal number
        number += 1
        return Reply(json.dumps({"registered_models": [], "next_page_token": str(number)}).encode())

    with serving(respond) as server:
        source = _open(server.url)
        *pages, last = source.pull(Stream.MODELS)
        source.close()
    assert len(pages) == 5
    assert isinstance(last, Failure)
    assert last.reason == "endless_paging"


def test_the_base_path_of_the_address_is_kept() -> None:
    def respond(asked: Asked) -> Reply:
        return healthy(Asked("GET", asked.target.removeprefix("/ml"), asked.headers, asked.body))

    with serving(respond) as server:
        source = _open(f"{server.url}/ml/")
        found = [one for stream in source.streams for one in source.pull(stream)]
        source.close()
        assert all(asked.target.startswith("/ml/") for asked in server.asked)
    assert sum(isinstance(one, Completion) for one in found) == len(source.streams)
    assert isinstance(found[0], Page)
    assert found[0].evidence.request.startswith("GET /ml/api/2.0/mlflow/registered-models/search?")


def test_a_whole_reading_asks_for_nothing_twice() -> None:
    with serving(healthy) as server:
        source = _open(server.url)
        found = [one for stream in source.streams for one in source.pull(stream)]
        source.close()
    asked = [(one.method, one.target, one.body) for one in server.asked]
    assert len(asked) == len(set(asked))
    assert sum(isinstance(one, Completion) for one in found) == len(source.streams)
    told_for = {stream: [one for one in asked if one[1].startswith(_PATHS[stream])]
                for stream in _PATHS}  # fmt: skip
    assert {stream: len(some) for stream, some in told_for.items()} == {
        Stream.MODELS: 4,
        Stream.VERSIONS: 8,
        Stream.RUNS: 10,
        Stream.CHECKS: 2,
    }


def test_a_gateway_without_a_version_page_is_read_all_the_same() -> None:
    with serving(lambda a: Reply(b"", 404) if a.path == "/version" else healthy(a)) as server:
        source = _open(server.url)
        first, *_, last = source.pull(Stream.MODELS)
        source.close()
    assert isinstance(first, Page)
    assert first.evidence.source_version is None
    assert last == Completion(Stream.MODELS)


def test_a_signature_is_read_on_demand() -> None:
    mlmodel = b'signature:\n  inputs: \'[{"name": "a", "type": "double"}]\'\n  outputs: null\n'
    version = ObservedVersion("Modell Ü/7", "Modell Ü", "7")
    with serving(lambda a: Reply(mlmodel) if "get-artifact" in a.path else healthy(a)) as server:
        source = Mlflow(HttpClient(Address(server.url)))
        read = source.read_signature(version)
        server.respond = lambda _: Reply(b"a: &x [1]\nb: *x")
        with pytest.raises(SourceFailure) as refused:
            source.read_signature(version)
        source.close()
    assert read.signature == '{"inputs":[{"name":"a","type":"double"}]}'
    assert read.raw == mlmodel
    assert server.asked[-1].query == {"name": "Modell Ü", "version": "7", "path": "MLmodel"}
    assert refused.value.failure.code is FailureCode.PROTOCOL

"""The Marquez source against answers of the documented shape (Marquez API, spec/openapi.yml)."""

import json
from typing import Any

from mlops_desktop.core.events.datasets import Column, DatasetDetails
from mlops_desktop.core.events.pipeline_runs import DatasetUse, PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject as About
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.marquez.reader import Choice, Marquez, open_source
from mlops_desktop.sources.observations import Completion, ObservedThing, Stream
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject, facts_of
from tests.sources.hostile_server import Asked, Reply, serving

_VERSION = "d224dac0-35d7-4d9b-bbbe-6fff1a8485ad"
_FIELDS = [{"name": "a", "type": "INTEGER", "tags": []}, {"name": "b", "type": "TIMESTAMP"}]


def _dataset(namespace: str, name: str, **told: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "type": "DB_TABLE",
        "physicalName": f"public.{name}",
        "sourceName": "dwh",
        "createdAt": "2019-05-09T19:49:24.201361Z",
        "updatedAt": "2019-05-09T19:49:24.201361Z",
        "fields": _FIELDS,
        "tags": ["PII"],
        "lastModifiedAt": None,
        "description": "Kontoumsätze",
        "facets": {},
        "currentVersion": _VERSION,
    }
    id = {"namespace": namespace, "name": name}
    return {"id": id, "name": name, "namespace": namespace, **plain, **told}


def _job(namespace: str, name: str, **told: Any) -> dict[str, Any]:
    run: dict[str, Any] = {
        "id": f"0e89b60a-{name}",
        "createdAt": "2026-11-27T02:00:00.620763Z",
        "updatedAt": "2026-11-27T02:08:41.461122Z",
        "nominalStartTime": None,
        "state": "COMPLETED",
        "startedAt": "2026-11-27T02:00:33.245492Z",
        "endedAt": "2026-11-27T02:08:41.461122Z",
        "durationMs": 488216,
        "args": {},
        "inputVersions": [{"namespace": namespace, "name": "umsaetze", "version": _VERSION}],
    }
    names = {"inputs": [{"namespace": namespace, "name": "umsaetze"}],
             "outputs": [{"namespace": namespace, "name": f"{name}-out"}]}  # fmt: skip
    location = "https://git.example.com/jobs/blob/124f6089"
    plain = {"type": "BATCH", **names, "location": location, "description": "Nachtlauf"}
    return {"name": name, "namespace": namespace, **plain, "latestRun": run, **told}


_ROWS: dict[str, list[Any]] = {
    "dwh/datasets": [_dataset("dwh", f"t{number}") for number in range(3)],
    "dwh/jobs": [_job("dwh", f"j{number}") for number in range(3)],
    "lake:s3/datasets": [_dataset("lake:s3", "old", deleted=True)],
    "lake:s3/jobs": [_job("lake:s3", "never", latestRun=None)],
}


def healthy(asked: Asked) -> Reply:
    """Answer as documented: ``limit`` rows from ``offset``."""
    if asked.path == "/api/v1/namespaces":
        names = [{"name": "dwh"}, {"name": "lake:s3"}, {"name": "gone", "isHidden": True}]
        return Reply(json.dumps({"namespaces": names}).encode())
    key = asked.path.removeprefix("/api/v1/namespaces/").replace("%3A", ":")
    start, size = int(asked.query["offset"]), int(asked.query["limit"])
    rows = _ROWS[key]
    name = key.rpartition("/")[2]
    told = {name: rows[start : start + size], "totalCount": len(rows)}
    return Reply(json.dumps(told).encode())


class TestMarquez(SourceConformance):
    subject = Subject(
        open=lambda client: Marquez(client, Choice(size=2)),
        reads=frozenset(),
        healthy=healthy,
        lists=lambda asked, stream: asked.path.endswith(
            "/datasets" if stream is Stream.DATASETS else "/jobs"
        ),
        facts={Stream.DATASETS: 3, Stream.LINEAGE: 3},
        repeated_page=json.dumps({"datasets": [_dataset("dwh", "t")] * 2}).encode(),
        has_version=False,
    )


def _things(stream: Stream, choice: Choice) -> dict[str, Any]:
    with serving(healthy) as server:
        source = Marquez(HttpClient(Address(server.url)), choice)
        found = list(source.pull(stream))
        source.close()
    assert found[-1] == Completion(stream)
    return {one.native_id: one.details for one in facts_of(found) if isinstance(one, ObservedThing)}


def test_a_dataset_has_its_version_columns_and_place() -> None:
    told = _things(Stream.DATASETS, Choice())[f"dwh/t0@{_VERSION}"]
    assert isinstance(told, DatasetDetails)
    assert (told.name, told.namespace, told.digest) == ("t0", "dwh", _VERSION)
    assert told.columns == (Column("a", "INTEGER"), Column("b", "TIMESTAMP"))
    assert told.path == "datasets/dwh/t0"
    assert told.labels == (Pair("tag", "PII"),)


def test_a_run_says_what_it_read_and_wrote_and_which_model_it_trained() -> None:
    choice = Choice(models=(Pair("j1*", "credit-pd"),))
    runs = _things(Stream.LINEAGE, choice)
    told = runs["0e89b60a-j1"]
    assert isinstance(told, PipelineRunDetails)
    assert told.inputs == (DatasetUse("umsaetze", "dwh", _VERSION),)
    assert told.outputs == (DatasetUse("j1-out", "dwh"),)
    assert told.subjects == (About("credit-pd"),)
    assert (told.status, told.pipeline, told.step) == ("COMPLETED", "dwh", "j1")
    assert runs["0e89b60a-j0"].subjects == ()


def test_only_the_named_namespaces_are_read() -> None:
    with serving(healthy) as server:
        settings = (Pair("namespaces", "lake:s3"), Pair("models.x", "y"))
        connection = Connection("m", "marquez", server.url, settings=settings)
        source = open_source(connection, Credentials(), lambda: False)
        found = facts_of(list(source.pull(Stream.DATASETS)))
        source.close()
    assert found == []
    assert [one.path for one in server.asked] == ["/api/v1/namespaces/lake%3As3/datasets"]

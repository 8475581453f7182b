"""Registries that cannot be run here, against answers in their documented form."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial

import pytest

from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.sources.azure_ml.reader import AzureMl
from mlops_desktop.sources.base import Source
from mlops_desktop.sources.catalog import describe
from mlops_desktop.sources.databricks.reader import Databricks
from mlops_desktop.sources.huggingface.reader import Huggingface
from mlops_desktop.sources.kubeflow.reader import Kubeflow
from mlops_desktop.sources.observations import (
    Failure,
    FailureCode,
    ObservedThing,
    Pair,
    Stream,
)
from mlops_desktop.sources.vertex.reader import Vertex
from mlops_desktop.sources.wandb.reader import READING_POSTS, Wandb
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject as Tried
from tests.sources.contracts import contract, cut, page, reply
from tests.sources.hostile_server import Asked, Reply, Respond, serving
from tests.sources.pulling import read_facts, read_models, read_versions

_UC = "/api/2.1/unity-catalog/models"


def databricks(asked: Asked) -> Reply:
    told = contract("databricks")
    rows, query = told["registered_models"], asked.query
    if asked.path == _UC:
        return page("registered_models", rows, query.get("page_token", ""), "next_page_token")
    name = asked.path.removeprefix(f"{_UC}/").removesuffix("/versions")
    (row,) = [one for one in rows if one["full_name"] == name]
    if asked.path.endswith("/versions"):
        versions = [one | {"model_name": row["name"]} for one in told["model_versions"]]
        return page("model_versions", versions, query.get("page_token", ""), "next_page_token")
    return reply(row | {"aliases": told["aliases"]} if query.get("include_aliases") else row)


def azure(asked: Asked) -> Reply:
    told, token = contract("azure-ml"), asked.query.get("$skip", "")
    assert asked.query["api-version"] == "2025-12-01"
    last = asked.path.rpartition("/")[2]
    rows, more = cut(told["endpoints" if last == "onlineEndpoints" else last], token)
    place = f"https://management.azure.com{asked.path}?api-version=2025-12-01"
    return reply({"value": rows} | ({"nextLink": f"{place}&$skip={more}"} if more else {}))


def vertex(asked: Asked) -> Reply:
    told, token = contract("vertex"), asked.query.get("pageToken", "")
    if asked.path.endswith(":listVersions"):
        id = asked.path.split("/")[-1].partition(":")[0]
        (row,) = [one for one in told["models"] if one["name"].endswith(f"/{id}")]
        versions = [row | {"versionId": number} for number in ("1", "2", "3")]
        return page("models", versions, token, "nextPageToken")
    field = asked.path.removeprefix("/")
    return page(field, told[field], token, "nextPageToken")


def huggingface(asked: Asked) -> Reply:
    told = contract("huggingface")
    if asked.path.endswith("/refs"):
        return reply(told["refs"])
    assert asked.query["author"] == "elbmark"
    rows, more = cut(told["models"], asked.query.get("cursor", ""))
    link = f'<https://huggingface.co/api/models?author=elbmark&cursor={more}>; rel="next"'
    return reply(rows, **({"Link": link} if more else {}))


def kubeflow(asked: Asked, version: str = "v1") -> Reply:
    told, (spoken, field) = contract("kubeflow"), asked.path.split("/")[-2:]
    if spoken != version:
        return Reply(b'{"code": "", "message": "not found"}', 404)
    rows, more = cut(told[field], asked.query.get("nextPageToken", ""))
    return reply({"items": rows, "nextPageToken": more, "pageSize": 2, "size": len(rows)})


def wandb(asked: Asked) -> Reply:
    sent = json.loads(asked.body)
    is_versions = "RegistryVersions" in sent["query"]
    field = "artifactMemberships" if is_versions else "artifactCollections"
    rows, more = cut(contract("wandb")[field], sent["variables"]["cursor"] or "")
    info = {"endCursor": more or None, "hasNextPage": bool(more)}
    found = {"pageInfo": info, "edges": [{"node": row} for row in rows]}
    return reply({"data": {"organization": {"orgEntity": {field: found}}}})


def _asks(**paths: Callable[[Asked], bool]) -> Callable[[Asked, Stream], bool]:
    return lambda asked, stream: paths[stream.value](asked)


class TestDatabricks(SourceConformance):
    subject = Tried(
        open=Databricks,
        reads=frozenset(),
        healthy=databricks,
        lists=_asks(
            models=lambda asked: "include_aliases" in asked.query,
            versions=lambda asked: asked.path.endswith("/versions"),
        ),
        facts={Stream.MODELS: 5, Stream.VERSIONS: 10},
    )


class TestAzureMl(SourceConformance):
    subject = Tried(
        open=AzureMl,
        reads=frozenset(),
        healthy=azure,
        lists=_asks(
            models=lambda asked: asked.path == "/models",
            deployments=lambda asked: asked.path.startswith("/onlineEndpoints"),
        ),
        facts={Stream.MODELS: 5, Stream.DEPLOYMENTS: 6},
        repeated_page=b'{"value": [], "nextLink": "https://x/models?$skip=1"}',
    )


class TestVertex(SourceConformance):
    subject = Tried(
        open=Vertex,
        reads=frozenset(),
        healthy=vertex,
        lists=_asks(
            models=lambda asked: asked.path == "/models",
            deployments=lambda asked: asked.path == "/endpoints",
        ),
        facts={Stream.MODELS: 5, Stream.DEPLOYMENTS: 2},
        repeated_page=b'{"models": [], "nextPageToken": "same"}',
    )


class TestHuggingface(SourceConformance):
    subject = Tried(
        open=partial(Huggingface, author="elbmark"),
        reads=frozenset(),
        healthy=huggingface,
        lists=_asks(models=lambda asked: asked.path == "/api/models"),
        facts={Stream.MODELS: 5},
    )


class TestKubeflow(SourceConformance):
    subject = Tried(
        open=Kubeflow,
        reads=frozenset(),
        healthy=kubeflow,
        lists=_asks(
            models=lambda asked: asked.path.endswith("/registered_models"),
            versions=lambda asked: asked.path.endswith("/model_versions"),
        ),
        facts={Stream.MODELS: 5, Stream.VERSIONS: 6},
        repeated_page=b'{"items": [], "nextPageToken": "same"}',
    )


_SAME = {"pageInfo": {"endCursor": "same", "hasNextPage": True}, "edges": []}


class TestWandb(SourceConformance):
    subject = Tried(
        open=partial(Wandb, organization="elbmark"),
        reads=READING_POSTS,
        healthy=wandb,
        lists=_asks(
            models=lambda asked: b"RegistryCollections" in asked.body,
            versions=lambda asked: b"RegistryVersions" in asked.body,
        ),
        facts={Stream.MODELS: 5, Stream.VERSIONS: 6},
        repeated_page=json.dumps(
            {"data": {"organization": {"orgEntity": {"artifactCollections": _SAME}}}}
        ).encode(),
    )


Open = Callable[[HttpClient], Source]
READ: dict[str, tuple[Respond, Open, frozenset[str]]] = {
    "databricks": (databricks, Databricks, frozenset()),
    "azure-ml": (azure, AzureMl, frozenset()),
    "vertex": (vertex, Vertex, frozenset()),
    "huggingface": (huggingface, partial(Huggingface, author="elbmark"), frozenset()),
    "kubeflow": (kubeflow, Kubeflow, frozenset()),
    "wandb": (wandb, partial(Wandb, organization="elbmark"), READING_POSTS),
}
NAMES = {
    "databricks": "risiko.modelle.ausfall_ratenkredit",
    "azure-ml": "ausfall_ratenkredit",
    "vertex": "ausfall_ratenkredit",
    "huggingface": "elbmark/ausfall_ratenkredit",
    "kubeflow": "ausfall_ratenkredit",
    "wandb": "modelle/ausfall_ratenkredit",
}


@pytest.mark.parametrize("kind", list(READ))
def test_every_version_belongs_to_a_model_and_nothing_is_asked_for_twice(kind: str) -> None:
    respond, open_reader, reads = READ[kind]
    with serving(respond) as server:
        source = open_reader(HttpClient(Address(server.url), reads=reads))
        with closing(source):
            models, versions = read_models(source), read_versions(source)
            for stream in set(source.streams) - {Stream.MODELS, Stream.VERSIONS}:
                assert read_facts(source, stream)
    asked = [(one.method, one.target, one.body) for one in server.asked]
    assert len(set(asked)) == len(asked)
    assert NAMES[kind] in models
    ids = {one.native_id for one in models.values()}
    assert {one.model_native_id for one in versions.values()} <= ids
    assert len({(one.model_native_id, one.version) for one in versions.values()}) == len(versions)
    assert all(one.created_at for one in models.values() if kind != "wandb")
    assert describe(kind).tested == "recorded"


def _facts(kind: str, stream: Stream, respond: Respond | None = None) -> dict[str, ObservedThing]:
    healthy, open_reader, reads = READ[kind]
    with serving(respond or healthy) as server:
        source = open_reader(HttpClient(Address(server.url), reads=reads))
        with closing(source):
            found = read_facts(source, stream)
    return {one.native_id: one for one in found if isinstance(one, ObservedThing)}


def _serving_of(kind: str, id: str) -> ServingDetails:
    details = _facts(kind, Stream.DEPLOYMENTS)[id].details
    assert isinstance(details, ServingDetails)
    return details


def test_what_serves_where_and_for_which_share() -> None:
    green = _serving_of("azure-ml", "antrag/green")
    assert (green.share, green.replicas, green.region) == ("0.1", 1, "germanywestcentral")
    assert green.subjects == (Subject("ausfall_ratenkredit", "2"),)
    blue = _serving_of("vertex", "770/1")
    assert (blue.share, blue.endpoint, blue.replicas) == ("0.8", "antrag", 2)
    assert blue.subjects == (Subject("900", "1"),)
    service = _serving_of("kubeflow", "1")
    assert (service.environment, service.status) == ("produktion", "DEPLOYED")
    assert service.subjects == (Subject("1", "v2"),)


def test_databricks_tells_owner_aliases_run_and_tables() -> None:
    with serving(databricks) as server, closing(_at(server.url, Databricks)) as source:
        model = read_models(source)[NAMES["databricks"]]
        version = read_versions(source)[f"{NAMES['databricks']}/2"]
    assert Pair("owner", "modellrisiko@elbmark.example") in model.tags
    assert model.aliases == (Pair("challenger", "1"), Pair("champion", "2"))
    assert version.run_id == f"{2:032x}"
    assert version.artifact == f"dbfs:/databricks/mlflow-tracking/3/{2:032x}/artifacts/model"
    assert Pair("table", "risiko.daten.antraege") in version.tags


def _at(url: str, open_reader: Open) -> Source:
    return open_reader(HttpClient(Address(url)))


def test_azure_tells_stage_job_archive_and_who_made_it() -> None:
    with serving(azure) as server, closing(_at(server.url, AzureMl)) as source:
        models, versions = read_models(source), read_versions(source)
    assert Pair("is_archived", "true") in models["adresse_lgd"].tags
    assert Pair("created_by", "M. Kowalczyk") in models["adresse_lgd"].tags
    second = versions["adresse_lgd/2"]
    assert (second.stage, second.run_id) == ("Production", "job-2")
    assert second.created_at == datetime(2026, 3, 2, 8, 15, 30, 123456, UTC)
    assert {Pair("release", "v2"), Pair("freigabe", "erteilt")} <= set(second.tags)


def test_vertex_tells_every_version_with_its_lineage() -> None:
    with serving(vertex) as server, closing(_at(server.url, Vertex)) as source:
        model, versions = read_models(source)["kuendigung"], read_versions(source)
    assert model.aliases == (Pair("champion", "2"), Pair("default", "2"))
    assert len(versions) == 15
    told = versions[f"{model.native_id}@3"]
    assert told.run_id == "projects/812/locations/europe-west3/trainingPipelines/553"
    assert any(tag.name == "metadata_artifact" for tag in told.tags)


def test_a_branch_that_moves_on_the_hub_is_another_artifact() -> None:
    opened = READ["huggingface"][1]
    with serving(huggingface) as server, closing(_at(server.url, opened)) as source:
        model = read_models(source)["elbmark/kuendigung"]
        versions = read_versions(source)
    assert Pair("base_model", "bert-base-german-cased") in model.tags
    main = versions["elbmark/kuendigung@refs/heads/main"]
    assert (main.version, main.artifact) == ("main", f"hf://elbmark/kuendigung@{'1' * 40}")
    assert versions["elbmark/kuendigung@refs/tags/v1.0"].version == "v1.0"


def test_a_page_of_the_hub_that_names_itself_is_told() -> None:
    link = '<https://huggingface.co/api/models?author=elbmark&cursor=1>; rel="next"'
    with (
        serving(lambda _: reply([], Link=link)) as server,
        closing(_at(server.url, READ["huggingface"][1])) as source,
    ):
        *_, last = source.pull(Stream.MODELS)
    assert isinstance(last, Failure)
    assert last.reason == "repeated_page"


def test_an_older_registry_of_kubeflow_is_spoken_to_in_its_own_version() -> None:
    respond = partial(kubeflow, version="v1alpha3")
    with serving(respond) as server, closing(_at(server.url, Kubeflow)) as source:
        models, probe = read_models(source), source.probe()
    assert probe.version == "v1alpha3"
    tags = {tag.name: tag.value for tag in models["ausfall_ratenkredit"].tags}
    assert tags["owner"] == "modellrisiko"
    assert (tags["tier"], tags["stufe"], tags["kritisch"]) == ("2", "3", "true")
    assert Pair("state", "ARCHIVED") in models["adresse_lgd"].tags
    told = [asked for asked in server.asked if "/v1/" in asked.path]
    assert len(told) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"errors": [{"message": "no such field"}], "data": None}, FailureCode.REJECTED),
        ({"data": {"organization": None}}, FailureCode.FORBIDDEN),
    ],
)
def test_a_refusal_inside_a_good_answer_is_told(body: object, code: FailureCode) -> None:
    opened = READ["wandb"][1]
    with serving(lambda _: reply(body)) as server:
        client = HttpClient(Address(server.url), reads=READING_POSTS)
        with closing(opened(client)) as source:
            (failure,) = source.pull(Stream.MODELS)
    assert isinstance(failure, Failure)
    assert failure.code is code


def test_wandb_tells_digest_aliases_and_where_a_version_came_from() -> None:
    respond, opened, reads = READ["wandb"]
    with serving(respond) as server:
        client = HttpClient(Address(server.url), reads=reads)
        with closing(opened(client)) as source:
            versions = read_versions(source)
    tags = {tag.name: tag.value for tag in versions["modelle/ausfall_ratenkredit:v1"].tags}
    assert tags["aliases"] == "latest, production"
    assert tags["digest"] == f"{1:032x}"
    assert tags["origin"] == "training-scorekarte"

"""Vertex AI over REST v1: models and endpoints of one project and location, which the address is.

``https://<location>-aiplatform.googleapis.com/v1/projects/<project>/locations/<location>``. A list
tells a model's default version alone, so versions are asked for model by model. Field names:
Model, Endpoint and DeployedModel of google.cloud.aiplatform.v1.
"""

from functools import partial

import msgspec

from mlops_desktop.core.events.servings import ServingDetails, ServingRole
from mlops_desktop.core.inventory import Pair as Label
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import Answer
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.observations import (
    Fact,
    ObservedModel,
    ObservedThing,
    ObservedVersion,
    Stream,
)
from mlops_desktop.sources.registries.paging import Paging, token_in
from mlops_desktop.sources.registries.reader import RegistryReader, Told
from mlops_desktop.sources.registries.values import from_iso, pairs, read
from mlops_desktop.sources.rest import open_client

_A_PAGE = "100"


class _Model(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    display_name: str = ""
    description: str = ""
    version_id: str = ""
    version_aliases: list[str] = []
    version_create_time: str | None = None
    version_update_time: str | None = None
    version_description: str = ""
    create_time: str | None = None
    update_time: str | None = None
    labels: dict[str, str] = {}
    artifact_uri: str = ""
    training_pipeline: str = ""
    pipeline_job: str = ""
    metadata_artifact: str = ""


class _Models(msgspec.Struct, frozen=True):
    models: list[_Model] = []


class _Resources(msgspec.Struct, frozen=True, rename="camel"):
    min_replica_count: int | None = None


class _Deployed(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    model: str = ""
    model_version_id: str = ""
    display_name: str = ""
    create_time: str | None = None
    dedicated_resources: _Resources | None = None


class _Endpoint(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    display_name: str = ""
    deployed_models: list[_Deployed] = []
    traffic_split: dict[str, int] = {}


class _Endpoints(msgspec.Struct, frozen=True):
    endpoints: list[_Endpoint] = []


class Vertex(RegistryReader):
    """A reader of one project and location."""

    kind = "vertex"
    api = "v1"
    streams: tuple[Stream, ...] = (Stream.MODELS, Stream.VERSIONS, Stream.DEPLOYMENTS)

    def models(self) -> Paging:
        """List the models, each by its default version."""
        return self._paging("/models", "models")

    def told(self, stream: Stream) -> Told:
        """Yield the models, each model's versions, or the endpoints."""
        if stream is Stream.DEPLOYMENTS:
            for answer in self._paging("/endpoints", "endpoints").pages():
                yield answer, parse_endpoints
            return
        for listed in self.shared.read("models", stream, self.models().pages()):
            if stream is Stream.MODELS:
                yield listed, parse_models
                continue
            for one in peek_json(listed.body, _Models).models:
                place = f"/models/{_last(one.name)}:listVersions"
                for answer in self._paging(place, "models").pages():
                    yield answer, parse_versions

    def _paging(self, path: str, field: str) -> Paging:
        return Paging(field, partial(self._ask, path), token_in("nextPageToken"))

    def _ask(self, path: str, token: str) -> Answer:
        query = {"pageSize": _A_PAGE}
        return self.client.get(path, query | ({"pageToken": token} if token else {}))


def _last(name: str) -> str:
    return name.rpartition("/")[2].partition("@")[0]


def parse_models(raw: bytes) -> tuple[Fact, ...]:
    """Return the models of a page; raises SourceFailure ``protocol``."""
    return tuple(_model(one) for one in read(raw, _Models, Stream.MODELS).models)


def parse_versions(raw: bytes) -> tuple[Fact, ...]:
    """Return the versions of a page; raises SourceFailure ``protocol``."""
    return tuple(_version(one) for one in read(raw, _Models, Stream.VERSIONS).models)


def parse_endpoints(raw: bytes) -> tuple[Fact, ...]:
    """Return what the endpoints of a page serve; raises SourceFailure ``protocol``."""
    found = read(raw, _Endpoints, Stream.DEPLOYMENTS).endpoints
    return tuple(_serving(endpoint, one) for endpoint in found for one in endpoint.deployed_models)


def _model(told: _Model) -> ObservedModel:
    """A model as the list tells it, by its default version; that version's aliases lead to it."""
    return ObservedModel(
        native_id=_last(told.name),
        name=told.display_name or _last(told.name),
        description=told.description or None,
        tags=pairs(told.labels),
        aliases=pairs(dict.fromkeys(told.version_aliases, told.version_id)),
        created_at=from_iso(told.create_time),
        updated_at=from_iso(told.update_time),
    )


def _version(told: _Model) -> ObservedVersion:
    said = {
        "metadata_artifact": told.metadata_artifact,
        "aliases": ", ".join(sorted(told.version_aliases)),
    }
    return ObservedVersion(
        native_id=f"{_last(told.name)}@{told.version_id}",
        model_native_id=_last(told.name),
        version=told.version_id,
        artifact=told.artifact_uri or None,
        run_id=told.training_pipeline or told.pipeline_job or None,
        description=told.version_description or None,
        tags=pairs(told.labels | said),
        created_at=from_iso(told.version_create_time),
        updated_at=from_iso(told.version_update_time),
    )


def _serving(endpoint: _Endpoint, told: _Deployed) -> ObservedThing:
    split = endpoint.traffic_split.get(told.id)
    resources = told.dedicated_resources or _Resources()
    name = endpoint.display_name or _last(endpoint.name)
    details = ServingDetails(
        name=f"{name}/{told.display_name or told.id}",
        subjects=(Subject(_last(told.model), told.model_version_id or None),) if told.model else (),
        at=from_iso(told.create_time),
        labels=(Label("deployed_model", told.id),),
        endpoint=name,
        role=ServingRole.CHAMPION if split == 100 else None,
        share=None if split is None else f"{split / 100:g}",
        replicas=resources.min_replica_count,
    )
    return ObservedThing(f"{_last(endpoint.name)}/{told.id}", details)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Vertex:
    """Open the reader; raises AppError for an address that cannot be used."""
    return Vertex(open_client(connection, credentials, is_cancelled))

"""Azure Machine Learning over its resource manager: containers, their versions, what serves.

The address is the workspace or registry itself, below ``https://management.azure.com``; the token
is one of Entra ID for that host. Archived things are asked for too. Field names: ModelContainer,
ModelVersion, OnlineEndpoint and OnlineDeployment of Microsoft.MachineLearningServices 2025-12-01.
"""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

import msgspec

from mlops_desktop.core.events.servings import ServingDetails
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
from mlops_desktop.sources.registries.paging import Paging, as_query, query_of_link
from mlops_desktop.sources.registries.reader import RegistryReader, Told
from mlops_desktop.sources.registries.values import from_iso, pairs, read
from mlops_desktop.sources.rest import open_client


class _System(msgspec.Struct, frozen=True, rename="camel"):
    created_by: str | None = None
    created_at: str | None = None
    last_modified_by: str | None = None
    last_modified_at: str | None = None


class _Properties(msgspec.Struct, frozen=True, rename="camel"):
    description: str | None = None
    tags: dict[str, str | None] | None = None
    properties: dict[str, str | None] | None = None
    is_archived: bool = False
    stage: str | None = None
    model_uri: str | None = None
    model_type: str | None = None
    job_name: str | None = None
    flavors: dict[str, object] | None = None
    provisioning_state: str | None = None


class _Resource(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    name: str
    properties: _Properties = _Properties()
    system_data: _System | None = None


class _Resources(msgspec.Struct, frozen=True):
    value: list[_Resource] = []


class _EndpointProperties(msgspec.Struct, frozen=True, rename="camel"):
    traffic: dict[str, int] | None = None
    mirror_traffic: dict[str, int] | None = None


class _Endpoint(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    location: str = ""
    properties: _EndpointProperties = _EndpointProperties()


class _Endpoints(msgspec.Struct, frozen=True):
    value: list[_Endpoint] = []


class _Capacity(msgspec.Struct, frozen=True):
    capacity: int | None = None


class _DeploymentProperties(msgspec.Struct, frozen=True, rename="camel"):
    model: str | None = None
    instance_type: str | None = None
    provisioning_state: str | None = None


class _Deployment(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    sku: _Capacity | None = None
    properties: _DeploymentProperties = _DeploymentProperties()


class _Deployments(msgspec.Struct, frozen=True):
    value: list[_Deployment] = []


class AzureMl(RegistryReader):
    """A reader of one workspace or registry."""

    kind = "azure-ml"
    api = "2025-12-01"
    streams: tuple[Stream, ...] = (Stream.MODELS, Stream.VERSIONS, Stream.DEPLOYMENTS)

    def models(self) -> Paging:
        """List all models, archived ones too."""
        return self._paging("/models", {"listViewType": "All"})

    def told(self, stream: Stream) -> Told:
        """Yield the models, each model's versions, or each endpoint's deployments."""
        if stream is Stream.DEPLOYMENTS:
            yield from self._deployments()
            return
        for listed in self.shared.read("models", stream, self.models().pages()):
            if stream is Stream.MODELS:
                yield listed, parse_models
                continue
            for one in peek_json(listed.body, _Resources).value:
                place = f"/models/{quote(one.name, safe='')}/versions"
                for answer in self._paging(place, {"listViewType": "All"}).pages():
                    yield answer, partial(parse_versions, one.name)

    def _deployments(self) -> Told:
        for listed in self._paging("/onlineEndpoints", {}).pages():
            for one in peek_json(listed.body, _Endpoints).value:
                place = f"/onlineEndpoints/{quote(one.name, safe='')}/deployments"
                for answer in self._paging(place, {}).pages():
                    yield answer, partial(parse_deployments, one)
            yield listed, _nothing

    def _paging(self, path: str, more: dict[str, str]) -> Paging:
        return Paging("value", partial(self._ask, path, more), query_of_link)

    def _ask(self, path: str, more: dict[str, str], token: str) -> Answer:
        first = {"api-version": self.api} | more
        return self.client.get(path, as_query(token) if token else first)


def _nothing(raw: bytes) -> tuple[Fact, ...]:
    return ()


def parse_models(raw: bytes) -> tuple[Fact, ...]:
    """Return the models of a page; raises SourceFailure ``protocol``."""
    return tuple(_model(one) for one in read(raw, _Resources, Stream.MODELS).value)


def parse_versions(model: str, raw: bytes) -> tuple[Fact, ...]:
    """Return the versions of a page; raises SourceFailure ``protocol``."""
    return tuple(_version(model, one) for one in read(raw, _Resources, Stream.VERSIONS).value)


def parse_deployments(endpoint: _Endpoint, raw: bytes) -> tuple[Fact, ...]:
    """Return what an endpoint's deployments serve; raises SourceFailure ``protocol``."""
    found = read(raw, _Deployments, Stream.DEPLOYMENTS).value
    return tuple(_serving(endpoint, one) for one in found)


def _said(told: _Resource, **more: str | None) -> dict[str, str | None]:
    """Tags and properties under the names given there, then what the service says itself."""
    properties, system = told.properties, told.system_data or _System()
    archived = {"is_archived": "true" if properties.is_archived else None}
    return (
        (properties.properties or {})
        | (properties.tags or {})
        | {"created_by": system.created_by, "last_modified_by": system.last_modified_by}
        | archived
        | more
    )


def _model(told: _Resource) -> ObservedModel:
    system = told.system_data or _System()
    return ObservedModel(
        native_id=told.name,
        name=told.name,
        description=told.properties.description or None,
        tags=pairs(_said(told)),
        created_at=from_iso(system.created_at),
        updated_at=from_iso(system.last_modified_at),
    )


def _version(model: str, told: _Resource) -> ObservedVersion:
    properties, system = told.properties, told.system_data or _System()
    flavors = ", ".join(sorted(properties.flavors or {}))
    return ObservedVersion(
        native_id=f"{model}/{told.name}",
        model_native_id=model,
        version=told.name,
        stage=properties.stage or None,
        status=properties.provisioning_state or None,
        artifact=properties.model_uri or None,
        run_id=properties.job_name or None,
        description=properties.description or None,
        tags=pairs(_said(told, model_type=properties.model_type, flavors=flavors)),
        created_by=system.created_by or None,
        created_at=from_iso(system.created_at),
        updated_at=from_iso(system.last_modified_at),
    )


def _serving(endpoint: _Endpoint, told: _Deployment) -> ObservedThing:
    properties = told.properties
    traffic = (endpoint.properties.traffic or {}).get(told.name)
    labels = {"instance_type": properties.instance_type or ""}
    details = ServingDetails(
        name=f"{endpoint.name}/{told.name}",
        subjects=tuple(_subjects(properties.model or "")),
        labels=tuple(Label(name, value) for name, value in labels.items() if value),
        endpoint=endpoint.name,
        share=None if traffic is None else f"{traffic / 100:g}",
        region=endpoint.location or None,
        replicas=told.sku.capacity if told.sku else None,
        status=properties.provisioning_state,
    )
    return ObservedThing(f"{endpoint.name}/{told.name}", details)


def _subjects(model: str) -> Iterator[Subject]:
    """The version that a resource id names: ``…/models/<name>/versions/<version>``."""
    parts = model.strip("/").split("/")
    if len(parts) > 3 and (parts[-4], parts[-2]) == ("models", "versions"):
        yield Subject(parts[-3], parts[-1])


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> AzureMl:
    """Open the reader; raises AppError for an address that cannot be used."""
    return AzureMl(open_client(connection, credentials, is_cancelled))

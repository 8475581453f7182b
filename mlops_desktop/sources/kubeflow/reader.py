"""The Model Registry of Kubeflow over its REST interface, v1 or, on older servers, v1alpha3.

Field names: RegisteredModel, ModelVersion, InferenceService and ServingEnvironment of the
``model-registry`` client. The page size must be said, or the server's own is small.
"""

from collections.abc import Iterable
from functools import partial

import msgspec

from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.inventory import Pair as Label
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_faults import Fault, HttpFault
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
from mlops_desktop.sources.registries.values import from_milliseconds, nothing, pairs, read
from mlops_desktop.sources.rest import open_client

_OLDER = "v1alpha3"
_A_PAGE = "500"


class _Value(msgspec.Struct, frozen=True):
    string_value: str | None = None
    int_value: str | None = None
    double_value: float | None = None
    bool_value: bool | None = None

    def __str__(self) -> str:
        told = (self.string_value, self.int_value, self.double_value, self.bool_value)
        found = next((one for one in told if one is not None), "")
        return str(found).lower() if isinstance(found, bool) else str(found)


class _Item(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    name: str = ""
    description: str | None = None
    external_id: str | None = None
    owner: str | None = None
    author: str | None = None
    state: str | None = None
    registered_model_id: str | None = None
    model_version_id: str | None = None
    serving_environment_id: str | None = None
    desired_state: str | None = None
    runtime: str | None = None
    license: str | None = None
    maturity: str | None = None
    create_time_since_epoch: str | None = None
    last_update_time_since_epoch: str | None = None
    custom_properties: dict[str, _Value] | None = None


class _Items(msgspec.Struct, frozen=True):
    items: list[_Item] | None = None


class Kubeflow(RegistryReader):
    """A reader of one registry."""

    kind = "kubeflow"
    api = "v1"
    streams: tuple[Stream, ...] = (Stream.MODELS, Stream.VERSIONS, Stream.DEPLOYMENTS)

    def __init__(self, client: HttpClient) -> None:
        super().__init__(client)
        self._is_known = False

    def models(self) -> Paging:
        """List the registered models, archived ones too."""
        return self._paging("registered_models")

    def told(self, stream: Stream) -> Told:
        """Yield models, versions with the names of their models, or what serves."""
        if stream is Stream.MODELS:
            for answer in self.shared.read("models", stream, self.models().pages()):
                yield answer, parse_models
        elif stream is Stream.VERSIONS:
            for answer in self.shared.read("versions", stream, self._versions().pages()):
                yield answer, parse_versions
        else:
            yield from self._servings(stream)

    def _servings(self, stream: Stream) -> Told:
        environments = list(self._paging("serving_environments").pages())
        versions = list(self.shared.read("versions", stream, self._versions().pages()))
        for answer in (*environments, *versions):
            yield answer, nothing
        parse = partial(
            parse_servings,
            [answer.body for answer in environments],
            [answer.body for answer in versions],
        )
        for answer in self._paging("inference_services").pages():
            yield answer, parse

    def _versions(self) -> Paging:
        return self._paging("model_versions")

    def _paging(self, what: str) -> Paging:
        return Paging("items", partial(self._ask, what), token_in("nextPageToken"))

    def _ask(self, what: str, token: str) -> Answer:
        query = {"pageSize": _A_PAGE, "orderBy": "ID", "sortOrder": "ASC"}
        query |= {"nextPageToken": token} if token else {}
        try:
            answer = self._get(what, query)
        except HttpFault as fault:
            if self._is_known or fault.fault is not Fault.UNSUPPORTED:
                raise
            self.api = _OLDER
            answer = self._get(what, query)
        self._is_known = True
        return answer

    def _get(self, what: str, query: dict[str, str]) -> Answer:
        return self.client.get(f"/api/model_registry/{self.api}/{what}", query)


def parse_models(raw: bytes) -> tuple[Fact, ...]:
    """Return the models of a page; raises SourceFailure ``protocol``."""
    return tuple(_model(one) for one in read(raw, _Items, Stream.MODELS).items or ())


def parse_versions(raw: bytes) -> tuple[Fact, ...]:
    """Return the versions of a page; raises SourceFailure ``protocol``."""
    return tuple(_version(one) for one in read(raw, _Items, Stream.VERSIONS).items or ())


def parse_servings(
    environments: Iterable[bytes], versions: Iterable[bytes], raw: bytes
) -> tuple[Fact, ...]:
    """Return the inference services of a page, their ids made names; raises SourceFailure."""
    places, labels = _names(environments), _names(versions)
    found = read(raw, _Items, Stream.DEPLOYMENTS).items or ()
    return tuple(_serving(one, places, labels) for one in found)


def _names(answers: Iterable[bytes]) -> dict[str, str]:
    listed = (peek_json(raw, _Items).items or () for raw in answers)
    return {one.id: one.name for some in listed for one in some}


def _said(told: _Item) -> dict[str, str | None]:
    given = {name: str(value) for name, value in (told.custom_properties or {}).items()}
    return given | {
        "owner": told.owner,
        "state": told.state,
        "external_id": told.external_id,
        "license": told.license,
        "maturity": told.maturity,
    }


def _model(told: _Item) -> ObservedModel:
    return ObservedModel(
        native_id=told.id,
        name=told.name or told.id,
        description=told.description or None,
        tags=pairs(_said(told)),
        created_at=from_milliseconds(told.create_time_since_epoch),
        updated_at=from_milliseconds(told.last_update_time_since_epoch),
    )


def _version(told: _Item) -> ObservedVersion:
    return ObservedVersion(
        native_id=f"{told.registered_model_id or ''}/{told.id}",
        model_native_id=told.registered_model_id or "",
        version=told.name or told.id,
        status=told.state or None,
        description=told.description or None,
        tags=pairs(_said(told)),
        created_by=told.author or None,
        created_at=from_milliseconds(told.create_time_since_epoch),
        updated_at=from_milliseconds(told.last_update_time_since_epoch),
    )


def _serving(told: _Item, places: dict[str, str], versions: dict[str, str]) -> ObservedThing:
    version = versions.get(told.model_version_id or "")
    model = told.registered_model_id
    details = ServingDetails(
        name=told.name or told.id,
        subjects=(Subject(model, version),) if model else (),
        labels=(Label("runtime", told.runtime),) if told.runtime else (),
        environment=places.get(told.serving_environment_id or ""),
        endpoint=told.name or None,
        status=told.desired_state or None,
    )
    return ObservedThing(told.id, details)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Kubeflow:
    """Open the reader; raises AppError for an address that cannot be used."""
    return Kubeflow(open_client(connection, credentials, is_cancelled))

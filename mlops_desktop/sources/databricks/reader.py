"""Unity Catalog's models: lists are asked for without aliases, so each model is asked for once.

Field names: Databricks REST API 2.1, RegisteredModelInfo and ModelVersionInfo. A page may be empty
and still name a next one.
"""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

import msgspec

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import Answer
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.observations import Fact, ObservedModel, ObservedVersion, Pair, Stream
from mlops_desktop.sources.registries.paging import Paging, require, token_in
from mlops_desktop.sources.registries.reader import RegistryReader, Told
from mlops_desktop.sources.registries.values import from_milliseconds, pairs, read
from mlops_desktop.sources.rest import open_client

_MODELS = "/api/2.1/unity-catalog/models"


class _Alias(msgspec.Struct, frozen=True):
    alias_name: str
    version_num: int | None = None


class _Model(msgspec.Struct, frozen=True):
    full_name: str
    comment: str = ""
    owner: str = ""
    created_at: int | None = None
    created_by: str = ""
    updated_at: int | None = None
    updated_by: str = ""
    aliases: list[_Alias] = []


class _Models(msgspec.Struct, frozen=True):
    registered_models: list[_Model] = []


class _Table(msgspec.Struct, frozen=True):
    table_full_name: str = ""


class _Dependency(msgspec.Struct, frozen=True):
    table: _Table | None = None


class _Dependencies(msgspec.Struct, frozen=True):
    dependencies: list[_Dependency] = []


class _Version(msgspec.Struct, frozen=True):
    version: int
    catalog_name: str = ""
    schema_name: str = ""
    model_name: str = ""
    comment: str = ""
    created_at: int | None = None
    created_by: str = ""
    updated_at: int | None = None
    run_id: str = ""
    run_workspace_id: int | None = None
    source: str = ""
    status: str = ""
    storage_location: str = ""
    model_version_dependencies: _Dependencies | None = None


class _Versions(msgspec.Struct, frozen=True):
    model_versions: list[_Version] = []


class Databricks(RegistryReader):
    """A reader of one workspace's metastore."""

    kind = "databricks"
    api = "2.1"

    def models(self) -> Paging:
        """List all models of the metastore that the account may see."""
        return self._paging(_MODELS, "registered_models", "1000")

    def told(self, stream: Stream) -> Told:
        """Yield each model with its aliases, or each model's versions."""
        for listed in self.shared.read("models", stream, self.models().pages()):
            for one in peek_json(listed.body, _Models).registered_models:
                place = f"{_MODELS}/{quote(one.full_name, safe='')}"
                yield from self._model(place) if stream is Stream.MODELS else self._versions(place)

    def _model(self, place: str) -> Told:
        answer = self.client.get(place, {"include_aliases": "true"})
        require(answer.body, "full_name")
        yield answer, parse_model

    def _versions(self, place: str) -> Told:
        for answer in self._paging(f"{place}/versions", "model_versions", "1000").pages():
            yield answer, parse_versions

    def _paging(self, path: str, field: str, size: str) -> Paging:
        return Paging(field, partial(self._ask, path, size), token_in("next_page_token"))

    def _ask(self, path: str, size: str, token: str) -> Answer:
        query = {"max_results": size}
        return self.client.get(path, query | ({"page_token": token} if token else {}))


def parse_model(raw: bytes) -> tuple[Fact, ...]:
    """Return a model that was asked for alone; raises SourceFailure ``protocol``."""
    return (_model(read(raw, _Model, Stream.MODELS)),)


def parse_versions(raw: bytes) -> tuple[Fact, ...]:
    """Return the versions of a page; raises SourceFailure ``protocol``."""
    listed = read(raw, _Versions, Stream.VERSIONS).model_versions
    return tuple(_version(one) for one in listed)


def _model(told: _Model) -> ObservedModel:
    aliases = {one.alias_name: str(one.version_num or "") for one in told.aliases}
    said = {"owner": told.owner, "created_by": told.created_by, "updated_by": told.updated_by}
    return ObservedModel(
        native_id=told.full_name,
        name=told.full_name,
        description=told.comment or None,
        tags=pairs(said),
        aliases=pairs(aliases),
        created_at=from_milliseconds(told.created_at),
        updated_at=from_milliseconds(told.updated_at),
    )


def _version(told: _Version) -> ObservedVersion:
    name = f"{told.catalog_name}.{told.schema_name}.{told.model_name}"
    workspace = str(told.run_workspace_id) if told.run_workspace_id is not None else ""
    return ObservedVersion(
        native_id=f"{name}/{told.version}",
        model_native_id=name,
        version=str(told.version),
        status=told.status or None,
        artifact=told.source or told.storage_location or None,
        run_id=told.run_id or None,
        description=told.comment or None,
        tags=(*_tables(told), *pairs({"run_workspace_id": workspace})),
        created_by=told.created_by or None,
        created_at=from_milliseconds(told.created_at),
        updated_at=from_milliseconds(told.updated_at),
    )


def _tables(told: _Version) -> Iterator[Pair]:
    """The tables that a version is said to have learned from."""
    found = told.model_version_dependencies.dependencies if told.model_version_dependencies else []
    names = sorted({one.table.table_full_name for one in found if one.table})
    return (Pair("table", name) for name in names if name)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Databricks:
    """Open the reader; raises AppError for an address that cannot be used."""
    return Databricks(open_client(connection, credentials, is_cancelled))

"""The Hub's models of one author; a model's versions are its branches and tags.

The next page is named by the Link header. A branch that moves is told as its version changed, for
what it holds is another model then. Field names: the Hub's API, as huggingface_hub reads it.
"""

from functools import partial

import msgspec

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.observations import Fact, ObservedModel, ObservedVersion, Stream
from mlops_desktop.sources.registries.paging import Paging, as_query, query_of_header, require
from mlops_desktop.sources.registries.reader import RegistryReader, Told
from mlops_desktop.sources.registries.values import from_iso, pairs, read
from mlops_desktop.sources.rest import open_client

_MODELS = "/api/models"
_A_PAGE = "500"


class _Card(msgspec.Struct, frozen=True):
    license: str | list[str] | None = None
    base_model: str | list[str] | None = None
    datasets: str | list[str] | None = None


class _Model(msgspec.Struct, frozen=True, rename={"last_modified": "lastModified",
                                                  "created_at": "createdAt",
                                                  "card": "cardData"}):  # fmt: skip
    id: str
    author: str | None = None
    sha: str | None = None
    last_modified: str | None = None
    created_at: str | None = None
    private: bool = False
    gated: bool | str = False
    disabled: bool = False
    library_name: str | None = None
    pipeline_tag: str | None = None
    tags: list[str] = []
    card: _Card | None = None


class _Ref(msgspec.Struct, frozen=True, rename={"commit": "targetCommit"}):
    name: str
    ref: str = ""
    commit: str = ""


class _Refs(msgspec.Struct, frozen=True):
    branches: list[_Ref] = []
    tags: list[_Ref] = []


class Huggingface(RegistryReader):
    """A reader of one author's models: an organisation or a person."""

    kind = "huggingface"
    api = "api"

    def __init__(self, client: HttpClient, author: str) -> None:
        super().__init__(client)
        self._author = author

    def models(self) -> Paging:
        """List the author's models with what their cards say at the top."""
        return Paging("", self._ask, query_of_header)

    def told(self, stream: Stream) -> Told:
        """Yield the models, or each model's branches and tags."""
        for listed in self.shared.read("models", stream, self.models().pages()):
            if stream is Stream.MODELS:
                yield listed, parse_models
                continue
            for one in peek_json(listed.body, list[_Model]):
                answer = self.client.get(f"{_MODELS}/{one.id}/refs")
                require(answer.body, "branches")
                yield answer, partial(parse_refs, one.id)

    def _ask(self, token: str) -> Answer:
        first = {"author": self._author, "full": "true", "cardData": "true", "limit": _A_PAGE}
        return self.client.get(_MODELS, as_query(token) if token else first)


def parse_models(raw: bytes) -> tuple[Fact, ...]:
    """Return the models of a page; raises SourceFailure ``protocol``."""
    return tuple(_model(one) for one in read(raw, list[_Model], Stream.MODELS))


def parse_refs(model: str, raw: bytes) -> tuple[Fact, ...]:
    """Return a model's branches and tags as versions; raises SourceFailure ``protocol``."""
    refs = read(raw, _Refs, Stream.VERSIONS)
    return tuple(_version(model, one) for one in (*refs.branches, *refs.tags))


def _model(told: _Model) -> ObservedModel:
    card = told.card or _Card()
    said = {
        "author": told.author,
        "private": "true" if told.private else None,
        "gated": str(told.gated).lower() if told.gated else None,
        "disabled": "true" if told.disabled else None,
        "library_name": told.library_name,
        "pipeline_tag": told.pipeline_tag,
        "license": _joined(card.license),
        "base_model": _joined(card.base_model),
        "datasets": _joined(card.datasets),
    }
    return ObservedModel(
        native_id=told.id,
        name=told.id,
        tags=pairs(said),
        created_at=from_iso(told.created_at),
        updated_at=from_iso(told.last_modified),
    )


def _joined(told: str | list[str] | None) -> str | None:
    return ", ".join(told) if isinstance(told, list) else told


def _version(model: str, told: _Ref) -> ObservedVersion:
    return ObservedVersion(
        native_id=f"{model}@{told.ref or told.name}",
        model_native_id=model,
        version=told.name,
        artifact=f"hf://{model}@{told.commit}" if told.commit else None,
        tags=pairs({"commit": told.commit, "ref": told.ref}),
    )


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Huggingface:
    """Open the reader; raises AppError for an address that cannot be used."""
    client = open_client(connection, credentials, is_cancelled)
    return Huggingface(client, connection.setting("author"))

"""An organisation's registries in Weights & Biases: collections, and the versions linked to them.

Everything is a GraphQL query, sent by POST to ``/graphql``; the two that are sent stand below and
change nothing. The key is the password of a user ``api``, or a token. Field names: the wandb
client's own queries RegistryCollections and RegistryVersions.
"""

from functools import partial

import msgspec

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import JsonValue, peek_json
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.observations import Fact, ObservedModel, ObservedVersion, Stream
from mlops_desktop.sources.registries.paging import Paging
from mlops_desktop.sources.registries.reader import RegistryReader, Told
from mlops_desktop.sources.registries.values import from_iso, pairs, read
from mlops_desktop.sources.rest import open_client

PATH = "/graphql"
READING_POSTS = frozenset({PATH})
_REGISTRIES = '{"name": {"$regex": "^wandb-registry-"}}'
_PREFIX = "wandb-registry-"
_A_PAGE = 200
_QUERY = """
query {name}($organization: String!, $registries: JSONString, $cursor: String, $perPage: Int) {{
  organization(name: $organization) {{ orgEntity {{ {field}(
    projectFilters: $registries after: $cursor first: $perPage{more}
  ) {{ pageInfo {{ endCursor hasNextPage }} edges {{ node {{ {node} }} }} }} }} }}
}}"""
_COLLECTIONS = _QUERY.format(
    name="RegistryCollections",
    field="artifactCollections",
    more=" collectionTypes: [PORTFOLIO]",
    node="""id name description createdAt updatedAt project { name }
  tags { edges { node { name } } }""",
)
_VERSIONS = _QUERY.format(
    name="RegistryVersions",
    field="artifactMemberships",
    more="",
    node="""id versionIndex createdAt aliases { alias }
  artifactCollection { id name project { name } }
  artifact { id description state digest commitHash createdAt updatedAt tags { name }
    artifactSequence { name } }""",
)


class _PageInfo(msgspec.Struct, frozen=True, rename="camel"):
    end_cursor: str | None = None
    has_next_page: bool = False


class _Name(msgspec.Struct, frozen=True):
    name: str = ""


class _TagEdge(msgspec.Struct, frozen=True):
    node: _Name


class _Tags(msgspec.Struct, frozen=True):
    edges: list[_TagEdge] = []


class _Collection(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    name: str
    description: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    project: _Name | None = None
    tags: _Tags = _Tags()


class _Alias(msgspec.Struct, frozen=True):
    alias: str


class _Sequence(msgspec.Struct, frozen=True):
    name: str = ""


class _Artifact(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    description: str | None = None
    state: str | None = None
    digest: str | None = None
    commit_hash: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    tags: list[_Name] = []
    artifact_sequence: _Sequence | None = None


class _Origin(msgspec.Struct, frozen=True):
    name: str = ""
    project: _Name | None = None


class _Membership(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    version_index: int | None = None
    created_at: str | None = None
    aliases: list[_Alias] = []
    artifact_collection: _Origin | None = None
    artifact: _Artifact | None = None


class _CollectionEdge(msgspec.Struct, frozen=True):
    node: _Collection | None = None


class _MembershipEdge(msgspec.Struct, frozen=True):
    node: _Membership | None = None


class _Collections(msgspec.Struct, frozen=True, rename="camel"):
    page_info: _PageInfo
    edges: list[_CollectionEdge] = []


class _Memberships(msgspec.Struct, frozen=True, rename="camel"):
    page_info: _PageInfo
    edges: list[_MembershipEdge] = []


class _Entity(msgspec.Struct, frozen=True, rename="camel"):
    artifact_collections: _Collections | None = None
    artifact_memberships: _Memberships | None = None


class _Organization(msgspec.Struct, frozen=True, rename="camel"):
    org_entity: _Entity | None = None


class _Data(msgspec.Struct, frozen=True):
    organization: _Organization | None = None


class _Error(msgspec.Struct, frozen=True):
    message: str = ""


class _Answer(msgspec.Struct, frozen=True):
    data: _Data | None = None
    errors: list[_Error] = []

    @property
    def entity(self) -> _Entity:
        """What an organisation holds; none of it where it is not there for this account."""
        found = self.data.organization if self.data else None
        return (found.org_entity if found else None) or _Entity()


class _Listing(Paging):
    """A listing inside a GraphQL answer, which has status 200 even where it was refused."""

    def count(self, body: bytes) -> int:
        """Return how many rows a page holds; raises HttpFault where it holds errors."""
        answer = peek_json(body, _Answer)
        if answer.errors:
            raise HttpFault(Fault.REJECTED, Reason.ANSWERED, answer.errors[0].message[:200])
        if answer.data is None:
            raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, "data")
        if answer.data.organization is None:
            raise HttpFault(Fault.FORBIDDEN, Reason.ANSWERED, "organization")
        return len(_rows(answer).edges)


def _rows(answer: _Answer) -> _Collections | _Memberships:
    entity = answer.entity
    return entity.artifact_collections or entity.artifact_memberships or _NONE


def _next(answer: Answer) -> str:
    page = _rows(peek_json(answer.body, _Answer)).page_info
    return (page.end_cursor or "") if page.has_next_page else ""


_NONE = _Collections(_PageInfo())


class Wandb(RegistryReader):
    """A reader of one organisation's registries."""

    kind = "wandb"
    api = "graphql"

    def __init__(self, client: HttpClient, organization: str) -> None:
        super().__init__(client)
        self._organization = organization

    def models(self) -> Paging:
        """List the collections of all registries."""
        return _Listing("edges", partial(self._ask, _COLLECTIONS), _next)

    def told(self, stream: Stream) -> Told:
        """Yield the collections, or the versions linked to them."""
        if stream is Stream.MODELS:
            for answer in self.models().pages():
                yield answer, parse_collections
            return
        for answer in _Listing("edges", partial(self._ask, _VERSIONS), _next).pages():
            yield answer, parse_versions

    def _ask(self, query: str, token: str) -> Answer:
        variables: dict[str, JsonValue] = {
            "organization": self._organization,
            "registries": _REGISTRIES,
            "perPage": _A_PAGE,
            "cursor": token or None,
        }
        return self.client.post(PATH, {"query": query, "variables": variables})


def parse_collections(raw: bytes) -> tuple[Fact, ...]:
    """Return the collections of a page; raises SourceFailure ``protocol``."""
    found = read(raw, _Answer, Stream.MODELS).entity.artifact_collections or _NONE
    return tuple(_model(edge.node) for edge in found.edges if edge.node)


def parse_versions(raw: bytes) -> tuple[Fact, ...]:
    """Return the versions of a page; raises SourceFailure ``protocol``."""
    found = read(raw, _Answer, Stream.VERSIONS).entity.artifact_memberships
    edges = found.edges if found else []
    return tuple(_version(edge.node) for edge in edges if edge.node)


def _name(collection: _Collection | _Origin) -> str:
    """A collection's name within the organisation: registry and collection."""
    registry = (collection.project or _Name()).name.removeprefix(_PREFIX)
    return f"{registry}/{collection.name}" if registry else collection.name


def _model(told: _Collection) -> ObservedModel:
    tags = {edge.node.name: "true" for edge in told.tags.edges}
    return ObservedModel(
        native_id=_name(told),
        name=_name(told),
        description=told.description or None,
        tags=pairs(tags),
        created_at=from_iso(told.created_at),
        updated_at=from_iso(told.updated_at),
    )


def _version(told: _Membership) -> ObservedVersion:
    artifact, collection = told.artifact or _Artifact(""), told.artifact_collection or _Origin()
    version = f"v{told.version_index}"
    said = {
        "aliases": ", ".join(sorted(one.alias for one in told.aliases)),
        "digest": artifact.digest,
        "commit": artifact.commit_hash,
        "tags": ", ".join(sorted(one.name for one in artifact.tags)),
        "origin": artifact.artifact_sequence.name if artifact.artifact_sequence else None,
    }
    return ObservedVersion(
        native_id=f"{_name(collection)}:{version}",
        model_native_id=_name(collection),
        version=version,
        status=artifact.state or None,
        artifact=f"wandb-artifact://_id/{artifact.id}" if artifact.id else None,
        description=artifact.description or None,
        tags=pairs(said),
        created_at=from_iso(told.created_at or artifact.created_at),
        updated_at=from_iso(artifact.updated_at),
    )


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Wandb:
    """Open the reader; raises AppError for an address that cannot be used."""
    client = open_client(connection, credentials, is_cancelled, READING_POSTS)
    return Wandb(client, connection.setting("organization"))

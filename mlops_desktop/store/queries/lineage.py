"""The edges of the history of data out, for many nodes at a time, as of any date."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.lineage import Edge, Node, NodeKind, Way
from mlops_desktop.core.same_datasets import SameDatasets
from mlops_desktop.store import records
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.lineage_keys import (
    dataset_name,
    dataset_node,
    dataset_place,
    limits_of,
    newest_of,
)
from mlops_desktop.store.queries.lineage_seeds import own_runs
from mlops_desktop.store.queries.model_links import list_links
from mlops_desktop.store.queries.observed import things_on
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.queries.same_datasets import read_same
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.items import item_models, items
from mlops_desktop.store.tables.lineage import data_uses
from mlops_desktop.store.tables.observed import observed_models
from mlops_desktop.store.tables.projected import version_states, versions

_OF_KIND = {"pipeline_run": NodeKind.PIPELINE_RUN, "version": NodeKind.VERSION}
_USE = (
    "subject", "kind", "role", "name", "namespace", "place", "run", "digest", "scheme", "word",
)  # fmt: skip
_KIND, _NAME, _NAMESPACE, _PLACE = (
    _USE.index(one) for one in ("kind", "name", "namespace", "place")
)
_USERS = {"use_case": NodeKind.USE_CASE, "application": NodeKind.APPLICATION}


@dataclass(slots=True)
class LineageEdges:
    """Answers which edges touch some nodes, with few statements however many nodes there are."""

    connection: sa.Connection
    as_of: AsOf = NOW
    _links: list[Edge] | None = field(default=None)
    _same: SameDatasets | None = field(default=None)
    _served: set[str] = field(default_factory=set)
    """The models whose deployments and servings were told, from their versions or themselves."""

    def __call__(self, nodes: frozenset[Node], way: Way) -> Iterator[Edge]:
        """Yield every edge on a way from one of these nodes, and others that touch them."""
        keys: dict[NodeKind, set[str]] = defaultdict(set)
        for node in nodes:
            keys[node.kind].add(node.key)
        yield from self._of_datasets([node for node in nodes if node.kind is NodeKind.DATASET])
        yield from self._between_models(keys[NodeKind.MODEL])
        yield from self._down(keys) if way is Way.DOWN else self._up(keys)

    def _down(self, keys: Mapping[NodeKind, set[str]]) -> Iterator[Edge]:
        versioned, of_models = keys[NodeKind.VERSION], keys[NodeKind.MODEL]
        yield from self._of_subjects(keys[NodeKind.PIPELINE_RUN], "written", "made")
        owned = list(self._versions(versions.c.id, versioned))
        yield from owned
        owning = of_models | {edge.target.key for edge in owned}
        new, self._served = owning - self._served, self._served | owning
        yield from self._deployments(deployments.c.model, new)
        yield from self._servings(new, ())
        yield from self._uses(of_models, ())

    def _up(self, keys: Mapping[NodeKind, set[str]]) -> Iterator[Edge]:
        versioned, of_models = keys[NodeKind.VERSION], keys[NodeKind.MODEL]
        yield from self._of_subjects(keys[NodeKind.PIPELINE_RUN] | versioned, "read")
        yield from self._into_models(of_models | self._models_of(versioned))
        yield from self._versions(versions.c.model, of_models)
        yield from self._deployments(deployments.c.id, keys[NodeKind.DEPLOYMENT])
        yield from self._servings((), keys[NodeKind.SERVING])
        yield from self._uses((), keys[NodeKind.USE_CASE] | keys[NodeKind.APPLICATION])

    def _rows(self, query: sa.Select[Any], column: Any, keys: Iterable[str]) -> Iterator[Any]:
        wanted = set(keys)
        if wanted:
            yield from self.connection.execute(query.where(Among(column, wanted))).all()

    def _read_uses(self, column: Any, keys: Collection[str], *roles: str) -> list[Any]:
        if not keys:
            return []
        query = sa.select(*(data_uses.c[name] for name in _USE)).where(
            data_uses.c.role.in_(roles),
            *newest_of(self.connection, data_uses, "subject", self.as_of),
        )
        found = list(self._rows(query, column, keys))
        runs = [row for row in found if row[_KIND] == "pipeline_run"]
        own = own_runs(self.connection, runs) if runs else {}
        return [row for row in found if row[0] not in own] if own else found

    def _of_datasets(self, nodes: Collection[Node]) -> Iterator[Edge]:
        every = [name for node in nodes for name in self._sameness().all_of(node)]
        names = {dataset_name(node)[1] for node in every}
        places = {dataset_place(node) for node in every}
        roles = ("read", "written")
        rows = self._read_uses(data_uses.c.name, names, *roles)
        rows += self._read_uses(data_uses.c.place, places, *roles)
        yield from self._as_edges(rows)

    def _of_subjects(self, subjects: Collection[str], *roles: str) -> Iterator[Edge]:
        rows = self._read_uses(data_uses.c.subject, subjects, *roles)
        yield from self._as_edges([row for row in rows if row.role != "made"])
        yield from self._made([row for row in rows if row.role == "made"])

    def _as_edges(self, rows: Collection[Any]) -> Iterator[Edge]:
        known = self._spaces(rows)
        met: dict[tuple[str, str, str], Node] = {}
        for subject, kind, role, name, space, place, _, *told in rows:
            data = met.get((name, space, place))
            if data is None:
                data = self._sameness().of(_resolve(name, space, place, known))
                met[name, space, place] = data
            ends = (data, Node(_OF_KIND[kind], subject))
            yield Edge(*(ends if role == "read" else ends[::-1]), *told)

    def _sameness(self) -> SameDatasets:
        if self._same is None:
            self._same = read_same(self.connection, self.as_of)
        return self._same

    def _spaces(self, rows: Collection[Any]) -> "_Spaces":
        """Return the namespaces in which datasets that were told without one are known."""
        vague = {(row[_NAME], row[_PLACE]) for row in rows if not row[_NAMESPACE]}
        c = data_uses.c
        query = (
            sa.select(c.name, c.namespace, c.place)
            .distinct()
            .where(c.namespace != "", *limits_of(self.connection, data_uses, self.as_of))
        )
        known = _Spaces()
        for row in self._rows(query, c.name, {name for name, _ in vague}):
            known.by_name[row.name].add(row.namespace)
        for row in self._rows(query, c.place, {place for _, place in vague if place}):
            known.by_place[row.place] = dataset_node(row.name, row.namespace)
        return known

    def _made(self, rows: Collection[Any]) -> Iterator[Edge]:
        """Yield edges from runs to the versions they made, to the model where none is told."""
        labels = self._labels({row.place for row in rows if row.name})
        for row in rows:
            run = Node(NodeKind.PIPELINE_RUN, row.subject)
            version = labels.get((row.place, row.name))
            made = Node(NodeKind.VERSION, version) if version else Node(NodeKind.MODEL, row.place)
            yield Edge(run, made)

    def _labels(self, of_models: Collection[str]) -> dict[tuple[str, str], str]:
        c = versions.c
        query = sa.select(c.id, c.model, c.version).where(*self._known_versions())
        return {(row.model, row.version): row.id for row in self._rows(query, c.model, of_models)}

    def _known_versions(self) -> list[sa.ColumnElement[bool]]:
        if self.as_of.is_now:
            return []
        limits = limits_of(self.connection, version_states, self.as_of)
        return [versions.c.id.in_(sa.select(version_states.c.id).where(*limits))]

    def _into_models(self, keys: Collection[str]) -> Iterator[Edge]:
        yield from self._made(self._read_uses(data_uses.c.place, keys, "made"))

    def _models_of(self, keys: Collection[str]) -> set[str]:
        query = sa.select(versions.c.model)
        return {row.model for row in self._rows(query, versions.c.id, keys)}

    def _versions(self, column: Any, keys: Collection[str]) -> Iterator[Edge]:
        query = sa.select(versions.c.id, versions.c.model).where(*self._known_versions())
        for id, model in self._rows(query, column, keys):
            yield Edge(Node(NodeKind.VERSION, id), Node(NodeKind.MODEL, model))

    def _deployments(self, column: Any, keys: Collection[str]) -> Iterator[Edge]:
        """Yield edges to what runs: from its version, from the model where none is known of."""
        c = deployments.c
        query = sa.select(c.id, c.model, versions.c.id.label("version")).outerjoin(
            versions, versions.c.id == c.version
        )
        if not self.as_of.is_now:
            query = query.where(c.opened_position < known_size(self.connection, self.as_of))
        if self.as_of.at_text is not None:
            query = query.where(c.opened <= self.as_of.at_text)
        for row in self._rows(query, column, keys):
            known = (NodeKind.VERSION, row.version) if row.version else (NodeKind.MODEL, row.model)
            yield Edge(Node(*known), Node(NodeKind.DEPLOYMENT, row.id))

    def _servings(self, of_models: Collection[str], keys: Collection[str]) -> Iterator[Edge]:
        things = things_on(self.connection, self.as_of)
        linked = sa.select(observed_models.c.thing).where(observed_models.c.kind == "serving")
        rows = list(self._rows(_serving(things), things.c.id, keys))
        if of_models:
            meant = linked.where(Among(observed_models.c.model, of_models))
            rows += self.connection.execute(_serving(things).where(things.c.id.in_(meant))).all()
        labels = self._labels({model for row in rows for model in records.texts(row.models)})
        for row in rows:
            yield from _serves(row, labels)

    def _uses(self, of_models: Collection[str], keys: Collection[str]) -> Iterator[Edge]:
        query = (
            sa.select(items.c.id, items.c.kind, item_models.c.model)
            .join(item_models, item_models.c.item == items.c.id)
            .where(items.c.kind.in_(sorted(_USERS)), items.c.models.contains(item_models.c.model))
        )
        if not self.as_of.is_now:
            size = known_size(self.connection, self.as_of)
            query = query.where(item_models.c.position < size)
        found = [
            *self._rows(query, item_models.c.model, of_models),
            *self._rows(query, items.c.id, keys),
        ]
        for row in found:
            yield Edge(Node(NodeKind.MODEL, row.model), Node(_USERS[row.kind], row.id))

    def _between_models(self, keys: Collection[str]) -> Iterator[Edge]:
        if not keys:
            return
        if self._links is None:
            self._links = list(_flows(self.connection, self.as_of))
        for edge in self._links:
            if edge.source.key in keys or edge.target.key in keys:
                yield edge


@dataclass(slots=True)
class _Spaces:
    """In which namespaces a name is known, and which dataset an address is."""

    by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_place: dict[str, Node] = field(default_factory=dict)


def _resolve(name: str, space: str, place: str, known: _Spaces) -> Node:
    """Return the dataset meant: told with its namespace, by its address, or by a name unlike."""
    if space:
        return dataset_node(name, space)
    if place in known.by_place:
        return known.by_place[place]
    spaces = known.by_name.get(name, set())
    return dataset_node(name, next(iter(spaces)) if len(spaces) == 1 else None)


def _serving(things: sa.FromClause) -> sa.Select[Any]:
    c = things.c
    # what was matched to a version is a deployment; here is what could not be
    told = sa.select(deployments.c.thing).where(deployments.c.thing.is_not(None))
    query = sa.select(c.id, c.models, c.record).where(c.kind == "serving")
    return query.where(c.missing_since.is_(None), c.id.not_in(told))


def _serves(row: Any, labels: dict[tuple[str, str], str]) -> Iterator[Edge]:
    """Yield the edges to a serving: from the version it names, else from the model."""
    node = Node(NodeKind.SERVING, row.id)
    told = records.from_text(ServingDetails, row.record).subjects
    named = {one.version for one in told if one.version}
    for model in records.texts(row.models):
        found = [labels[model, one] for one in sorted(named) if (model, one) in labels]
        for version in found:
            yield Edge(Node(NodeKind.VERSION, version), node)
        if not found:
            yield Edge(Node(NodeKind.MODEL, model), node)


def _flows(connection: sa.Connection, as_of: AsOf) -> Iterator[Edge]:
    for row in list_links(connection, as_of, opens=False):
        if row.link.flow is not None:
            source, target = row.link.flow
            ends = Node(NodeKind.MODEL, source), Node(NodeKind.MODEL, target)
            yield Edge(*ends, word=row.link.kind.value)

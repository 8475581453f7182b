"""What the nodes of the history of data are called and how they stand, many at a time."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.items.kinds import item_number, kind_named
from mlops_desktop.core.lineage import Node, NodeKind
from mlops_desktop.store import records
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.items_then import states_on
from mlops_desktop.store.queries.lineage_keys import (
    dataset_name,
    dataset_node,
    dataset_place,
    newest_of,
)
from mlops_desktop.store.queries.models import states_as_of
from mlops_desktop.store.queries.observed import things_on
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.queries.same_datasets import read_same
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.lineage import pipeline_runs
from mlops_desktop.store.tables.projected import models, versions


# Told by the ten thousand: a tuple is made in a quarter of the time of a frozen dataclass.
class NodeFacts(NamedTuple):
    """What a node is: what people type for it, what it is called, how it stands.

    ``state`` is a model's state, a run's outcome, an item's stage, an environment; ``model`` the
    id of the model it belongs to; ``since`` and ``until`` when it served or ran. ``source`` is
    who told it and ``path`` where it lies there. ``other_names`` are those that a person said to
    mean the same dataset.
    """

    node: Node
    id: str
    name: str
    state: str = ""
    model: str | None = None
    since: str | None = None
    until: str | None = None
    source: str = ""
    path: str | None = None
    owner: str | None = None
    tier: int | None = None
    description: str | None = None
    digests: tuple[str, ...] = ()
    is_missing: bool = False
    other_names: tuple[str, ...] = ()


_Found: TypeAlias = Iterator[NodeFacts]


def describe(
    connection: sa.Connection, nodes: Iterable[Node], as_of: AsOf = NOW
) -> dict[Node, NodeFacts]:
    """Return what is known of nodes by the dates asked for; one unknown then is left out."""
    keys: dict[NodeKind, list[str]] = defaultdict(list)
    for node in nodes:
        keys[node.kind].append(node.key)
    found: dict[Node, NodeFacts] = {}
    for kind, some in keys.items():
        found.update((facts.node, facts) for facts in _READERS[kind](connection, some, as_of))
    return found


def _rows(
    connection: sa.Connection, query: sa.Select[Any], column: Any, keys: Collection[str]
) -> Iterator[Any]:
    yield from connection.execute(query.where(Among(column, keys))).all()


def _datasets(connection: sa.Connection, keys: Collection[str], as_of: AsOf) -> _Found:
    wanted = [Node(NodeKind.DATASET, key) for key in keys]
    same = read_same(connection, as_of)
    named = {dataset_name(name)[1] for node in wanted for name in same.all_of(node)}
    c = things_on(connection, as_of).c
    query = sa.select(c.record, c.source, c.missing_since, c.name).where(c.kind == "dataset")
    told: dict[Node, list[Any]] = defaultdict(list)
    for row in _rows(connection, query, c.name, named):
        details = records.from_text(DatasetDetails, row.record)
        told[same.of(dataset_node(row.name, details.namespace))].append((row, details))
    for node in wanted:
        others = tuple(dataset_place(one) for one in same.all_of(node) if one != node)
        yield _dataset(node, told.get(node, []))._replace(other_names=others)


def _dataset(node: Node, told: list[tuple[Any, DatasetDetails]]) -> NodeFacts:
    namespace, name = dataset_name(node)
    digests = tuple(dict.fromkeys(one.digest for _, one in told if one.digest))
    if not told:
        return NodeFacts(node, dataset_place(node), name, state=namespace)
    row, last = max(told, key=lambda pair: (pair[1].at is not None, str(pair[1].at)))
    return NodeFacts(
        node,
        id=dataset_place(node),
        name=name,
        state=namespace,
        source=row.source,
        path=last.path,
        owner=last.owner,
        description=next((one.description for _, one in told if one.description), None),
        digests=digests,
        is_missing=all(row.missing_since for row, _ in told),
    )


def _runs(connection: sa.Connection, keys: Collection[str], as_of: AsOf) -> _Found:
    c = pipeline_runs.c
    query = sa.select(pipeline_runs).where(*newest_of(connection, pipeline_runs, "id", as_of))
    for row in _rows(connection, query, c.id, keys):
        yield NodeFacts(
            Node(NodeKind.PIPELINE_RUN, row.id),
            id=row.native_id,
            name=" · ".join(dict.fromkeys(part for part in (row.pipeline, row.step) if part)),
            state=row.outcome,
            since=row.started,
            until=row.ended,
            source=row.source,
        )


def _versions(connection: sa.Connection, keys: Collection[str], as_of: AsOf) -> _Found:
    c = versions.c
    query = sa.select(c.id, c.version, c.source, c.missing_since, c.model, models.c.number).join(
        models, models.c.id == c.model
    )
    is_now = as_of.is_now
    for id, label, source, missing, model, number in _rows(connection, query, c.id, keys):
        yield NodeFacts(
            Node(NodeKind.VERSION, id),
            id=f"{number_text(number)}@{label}",
            name=label,
            model=model,
            source=source,
            is_missing=is_now and bool(missing),
        )


def _models(connection: sa.Connection, keys: Collection[str], as_of: AsOf) -> _Found:
    table = models if as_of.is_now else states_as_of(connection, as_of)
    c = table.c
    query = sa.select(c.id, c.number, c.name, c.state, c.owner_name, c.tier, c.source)
    for row in _rows(connection, query, c.id, keys):
        yield NodeFacts(
            Node(NodeKind.MODEL, row.id),
            id=number_text(row.number),
            name=row.name,
            state=row.state,
            model=row.id,
            owner=row.owner_name or None,
            tier=row.tier,
            source=row.source,
        )


def _deployments(connection: sa.Connection, keys: Collection[str], as_of: AsOf) -> _Found:
    c = deployments.c
    query = sa.select(deployments)
    size, at = known_size(connection, as_of), as_of.at_text
    for row in _rows(connection, query, c.id, keys):
        unknown = row.closed_position is not None and row.closed_position >= size
        later = row.closed is not None and at is not None and row.closed > at
        yield NodeFacts(
            Node(NodeKind.DEPLOYMENT, row.id),
            id=row.id,
            name=row.label,
            state=row.environment,
            model=row.model,
            since=row.opened,
            until=None if not as_of.is_now and (unknown or later) else row.closed,
            source=row.source,
        )


def _servings(connection: sa.Connection, keys: Collection[str], as_of: AsOf) -> _Found:
    c = things_on(connection, as_of).c
    query = sa.select(c.id, c.native_id, c.name, c.source, c.models, c.seen_at, c.record)
    for row in _rows(connection, query, c.id, keys):
        told = records.from_text(ServingDetails, row.record)
        about = records.texts(row.models)
        yield NodeFacts(
            Node(NodeKind.SERVING, row.id),
            id=row.native_id,
            name=told.endpoint or row.name,
            state=told.environment or "",
            model=about[0] if len(about) == 1 else None,
            source=row.source,
            path=told.path,
        )


def _items(connection: sa.Connection, keys: Collection[str], as_of: AsOf) -> _Found:
    table = states_on(connection, as_of)
    if "row" in table.c:  # of the past: an id, and where its row stands
        table = sa.select(*(column for column in table.c if column.name != "row")).subquery()
    for row in _rows(connection, sa.select(table), table.c.id, keys):
        kind = kind_named(row.kind)
        about = records.texts(row.models)
        yield NodeFacts(
            Node(NodeKind(row.kind), row.id),
            id=item_number(kind, row.number),
            name=row.title,
            state=row.stage,
            model=about[0] if len(about) == 1 else None,
            owner=row.owner_name or None,
        )


def _none(connection: sa.Connection, keys: Collection[str], as_of: AsOf) -> _Found:
    return iter(())


_Reader: TypeAlias = Callable[[sa.Connection, Collection[str], AsOf], _Found]
_READERS: dict[NodeKind, _Reader] = {
    NodeKind.DATASET: _datasets,
    NodeKind.PIPELINE: _none,
    NodeKind.PIPELINE_RUN: _runs,
    NodeKind.VERSION: _versions,
    NodeKind.MODEL: _models,
    NodeKind.DEPLOYMENT: _deployments,
    NodeKind.SERVING: _servings,
    NodeKind.USE_CASE: _items,
    NodeKind.APPLICATION: _items,
}

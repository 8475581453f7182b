"""The history of data, traced up and down from a dataset, a pipeline, a run, a model, a version."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.lineage import Node, NodeKind, State, Traced, Way, bare, fold, trace
from mlops_desktop.core.pipelines import Outcome
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.lineage_start import View, find_start
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.lineage import LineageEdges
from mlops_desktop.store.queries.lineage_keys import (
    PipelineKey,
    pipeline_node,
    pipeline_parts,
)
from mlops_desktop.store.queries.lineage_nodes import NodeFacts, describe
from mlops_desktop.store.queries.pipelines import pipelines_of

__all__ = ["NodeFacts", "PipelineKey"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Where to begin, which way and how far to go; both ways and all of it unless said.

    ``named`` is what people type: M-00005, M-00005@7, a dataset's name, with its namespace before
    it where that is needed, a pipeline's name, a run's id. ``digest`` is the state of a dataset.
    ``with_runs`` shows each run, where else the steps stand for all their runs.
    """

    named: str
    version: str | None = None
    digest: str | None = None
    way: Way | None = None
    depth: int | None = None
    as_of: AsOf = NOW
    with_runs: bool = False


class Stop(NamedTuple):
    """A node with so many steps from the start: below nothing up the flow, above it down."""

    facts: NodeFacts
    distance: int

    @property
    def node(self) -> Node:
        """Which node it is."""
        return self.facts.node


class Flow(NamedTuple):
    """Data that goes from one node to another: at which states, and for what."""

    source: Node
    target: Node
    digests: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """A part of the history of data: where it began, what lies up and down, and the flows."""

    starts: tuple[Node, ...]
    stops: tuple[Stop, ...]
    flows: tuple[Flow, ...]

    def of(self, *kinds: NodeKind) -> tuple[Stop, ...]:
        """Return the stops of some kinds."""
        return tuple(stop for stop in self.stops if stop.node.kind in kinds)


def trace_lineage(session: Session, asked: Asked) -> Lineage:
    """Trace the history of data as of the dates asked for.

    Raises ``lineage.not_found`` and ``lineage.ambiguous`` where what was typed is nothing or
    several things, ``lineage.digest_unfit`` for a digest of what is no dataset.
    """
    with session.workspace.read() as view:
        return read_lineage(view, asked)


def read_lineage(view: View, asked: Asked) -> Lineage:
    """Trace the history of data inside a session; raises as :func:`trace_lineage`."""
    seeds = find_start(view, asked.named, asked.version, asked.digest, asked.as_of)
    ways = (asked.way,) if asked.way else tuple(Way)
    return lineage_from(
        view, seeds, ways, asked.as_of, depth=asked.depth, with_runs=asked.with_runs
    )


def lineage_from(
    view: View,
    seeds: tuple[State, ...],
    ways: tuple[Way, ...],
    as_of: AsOf = NOW,
    *,
    depth: int | None = None,
    with_runs: bool = False,
) -> Lineage:
    """Trace the history of data from some states, inside a session."""
    with pausing():
        return _lineage(view, seeds, ways, as_of, depth, with_runs=with_runs)


def _lineage(
    view: View,
    seeds: tuple[State, ...],
    ways: tuple[Way, ...],
    as_of: AsOf,
    depth: int | None,
    *,
    with_runs: bool,
) -> Lineage:
    traces = {way: trace(seeds, way, LineageEdges(view.connection, as_of), depth) for way in ways}
    nodes = {node for one in traces.values() for node in one.nodes}
    into = {} if with_runs else _steps(view, nodes, as_of)
    facts = _folded(describe(view.connection, nodes, as_of), into)
    starts = tuple(dict.fromkeys(into.get(state.node, state.node) for state in seeds))
    folded = {way: fold(one, into) for way, one in traces.items()}
    stops = {
        node: Stop(facts[node], -far if way is Way.UP else far)
        for way, one in folded.items()
        for node, far in one.distances.items()
        if node in facts and (far or node in starts)
    }
    every = _flows(folded.values())
    flows = tuple(one for one in every if one.source in stops and one.target in stops)
    return Lineage(starts, tuple(sorted(stops.values(), key=_order)), flows)


def _order(stop: Stop) -> tuple[int, str, str]:
    return stop.distance, stop.facts.name.casefold(), stop.facts.id


def _steps(view: View, nodes: Iterable[Node], as_of: AsOf) -> dict[Node, Node]:
    keys = [node.key for node in nodes if node.kind is NodeKind.PIPELINE_RUN]
    return {
        Node(NodeKind.PIPELINE_RUN, id): pipeline_node(key.source, key.name, step)
        for id, (key, step) in pipelines_of(view.connection, keys, as_of).items()
    }


def _folded(facts: Mapping[Node, NodeFacts], into: Mapping[Node, Node]) -> dict[Node, NodeFacts]:
    """Return the facts with those of a step's last run for the step."""
    found: dict[Node, NodeFacts] = {}
    for node, one in facts.items():
        step = into.get(node, node)
        if step is node:
            found[node] = one
        elif step not in found or (one.until or one.since or "") > (found[step].until or ""):
            source, pipeline, _ = pipeline_parts(step)
            found[step] = one._replace(node=step, id=f"{source}/{pipeline}")
    return found


def _flows(traces: Iterable[Traced]) -> Iterator[Flow]:
    told = [one.edges for one in traces]
    edges = told[0] if len(told) == 1 else dict.fromkeys(edge for some in told for edge in some)
    for (source, target), some in bare(edges).items():
        if len(some) == 1:
            (_, _, digest, _, word) = some[0]
            yield Flow(source, target, (digest,) if digest else (), (word,) if word else ())
            continue
        digests = dict.fromkeys(edge.digest for edge in some if edge.digest)
        words = dict.fromkeys(edge.word for edge in some if edge.word)
        yield Flow(source, target, tuple(digests), tuple(words))


@dataclass(frozen=True, slots=True)
class Dependent:
    """A model that data came to: which of its versions learned from it, and where they run.

    One without ``versions`` did not learn from the data: it is fed by a model that did, or a run
    made it without saying which version. ``words`` says for what the data was read.
    """

    model: NodeFacts
    versions: tuple[NodeFacts, ...]
    deployments: tuple[NodeFacts, ...]
    servings: tuple[NodeFacts, ...]
    uses: tuple[NodeFacts, ...]
    words: tuple[str, ...] = ()

    @property
    def serving(self) -> tuple[NodeFacts, ...]:
        """What runs now of the versions that learned from the data."""
        return (*(one for one in self.deployments if one.until is None), *self.servings)


def dependents(lineage: Lineage) -> tuple[Dependent, ...]:
    """Return the models down the flow with what hangs on them, the nearest first, by number."""
    facts = {stop.node: stop.facts for stop in lineage.stops}
    uses: dict[Node, list[NodeFacts]] = {}
    words: dict[str, dict[str, None]] = {}
    for flow in lineage.flows:
        if flow.target.kind in (NodeKind.USE_CASE, NodeKind.APPLICATION):
            uses.setdefault(flow.source, []).append(facts[flow.target])
        if flow.source.kind is NodeKind.DATASET and flow.target.kind is NodeKind.VERSION:
            of = facts[flow.target].model or ""
            words.setdefault(of, {}).update(dict.fromkeys(flow.words))
    beside = _beside(lineage)
    found = (
        Dependent(
            stop.facts,
            beside.get((stop.node.key, NodeKind.VERSION), ()),
            beside.get((stop.node.key, NodeKind.DEPLOYMENT), ()),
            beside.get((stop.node.key, NodeKind.SERVING), ()),
            tuple(uses.get(stop.node, ())),
            tuple(words.get(stop.node.key, ())),
        )
        for stop in lineage.of(NodeKind.MODEL)
        if stop.distance >= 0
    )
    with pausing():
        return tuple(sorted(found, key=lambda one: one.model.id))


_BESIDE = (NodeKind.VERSION, NodeKind.DEPLOYMENT, NodeKind.SERVING)


def _beside(lineage: Lineage) -> dict[tuple[str, NodeKind], tuple[NodeFacts, ...]]:
    found: dict[tuple[str, NodeKind], list[NodeFacts]] = {}
    for stop in lineage.of(*_BESIDE):
        if stop.facts.model and stop.distance >= 0:
            found.setdefault((stop.facts.model, stop.node.kind), []).append(stop.facts)
    return {key: tuple(some) for key, some in found.items()}


def outcome(facts: NodeFacts) -> Outcome | None:
    """Return how a run or the last run of a step ended."""
    if facts.node.kind in (NodeKind.PIPELINE, NodeKind.PIPELINE_RUN):
        return Outcome(facts.state)
    return None


def pipeline_key(facts: NodeFacts) -> PipelineKey | None:
    """Return the pipeline that a step belongs to."""
    if facts.node.kind is not NodeKind.PIPELINE:
        return None
    source, name, _ = pipeline_parts(facts.node)
    return PipelineKey(source, name)

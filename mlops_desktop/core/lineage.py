"""Which data came from where and what came of it: a graph, traced up and down.

A dataset is one node whatever its state; the states are the digests on its edges. What was
written goes on only to those who read that state, as far as the digests tell.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class NodeKind(StrEnum):
    """What can stand in the history of data, in the order in which data flows."""

    DATASET = "dataset"
    PIPELINE = "pipeline"
    PIPELINE_RUN = "pipeline_run"
    VERSION = "version"
    MODEL = "model"
    DEPLOYMENT = "deployment"
    SERVING = "serving"
    USE_CASE = "use_case"
    APPLICATION = "application"


class Way(StrEnum):
    """Against the flow to where it came from, or along it to what came of it."""

    UP = "up"
    DOWN = "down"


# Nodes, edges and states are looked up by the hundred thousand: tuples hash without Python's help.
class Node(NamedTuple):
    """A node by its kind and what names it within the kind."""

    kind: NodeKind
    key: str


class Edge(NamedTuple):
    """Data flows from ``source`` to ``target``.

    ``digest`` is the state of the dataset at one end, None where nobody told; ``scheme`` is who
    told it, as digests of two tellers need not be made alike. ``word`` says for what (training).
    """

    source: Node
    target: Node
    digest: str | None = None
    scheme: str | None = None
    word: str | None = None

    def end(self, way: Way) -> Node:
        """Return the node that the edge leads to on a way."""
        return self.target if way is Way.DOWN else self.source


class State(NamedTuple):
    """Where a trace stands: a node, of a dataset also at which state, if told, and by whom."""

    node: Node
    digest: str | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Traced:
    """What a trace found: each node with its least distance, and the edges passed."""

    distances: Mapping[Node, int]
    edges: tuple[Edge, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every node found, the nearest first."""
        return tuple(self.distances)

    def of(self, kind: NodeKind) -> tuple[Node, ...]:
        """Return the nodes of a kind, the nearest first."""
        return tuple(node for node in self.distances if node.kind is kind)

    def __or__(self, other: "Traced") -> "Traced":
        """Join two traces; a node is as far as it is in the nearer."""
        distances = dict(self.distances)
        for node, far in other.distances.items():
            distances[node] = min(far, distances.get(node, far))
        return Traced(distances, tuple(dict.fromkeys((*self.edges, *other.edges))))


EdgesOf: TypeAlias = Callable[[frozenset[Node], Way], Iterable[Edge]]
"""Returns every edge on which data goes on a way from one of these nodes; of datasets every edge.

Which states of a dataset are told alike is seen from both its sides.
"""


@dataclass(slots=True)
class _Known:
    """The edges asked for so far, by their ends."""

    ask: EdgesOf
    way: Way
    asked: set[Node] = field(default_factory=set)
    told: set[Edge] = field(default_factory=set)
    into: dict[Node, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    out_of: dict[Node, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    at: dict[Node, "_States"] = field(default_factory=dict)

    def learn(self, nodes: Iterable[Node]) -> None:
        wanted = frozenset(nodes) - self.asked
        if not wanted:
            return
        self.asked |= wanted
        for edge in self.ask(wanted, self.way):
            number = len(self.told)
            self.told.add(edge)
            if len(self.told) > number:  # an edge is told from both its ends; each is hashed once
                self.into[edge.target].append(edge)
                self.out_of[edge.source].append(edge)

    def leaving(self, node: Node) -> Iterable[Edge]:
        return (self.out_of if self.way is Way.DOWN else self.into).get(node, ())

    def states(self, node: Node) -> "_States":
        if node not in self.at:
            self.at[node] = _states(self.into[node], self.out_of[node], self.way)
        return self.at[node]


_Told: TypeAlias = tuple[str | None, str | None]
"""A digest, and who told it."""


@dataclass(frozen=True, slots=True)
class _States:
    """The edges of a dataset on a way, by the state they tell of."""

    by_state: Mapping[_Told, list[Edge]]
    by_digest: Mapping[str | None, list[Edge]]
    written: frozenset[str]
    read: frozenset[_Told]
    vague: Mapping[_Told, list[Edge]]
    """What may be of a state told otherwise: on the way down, what nobody told as written."""

    def passable(self, state: State, way: Way) -> Iterable[Edge]:
        """Return the edges on which this state can have gone on: any, unless digests deny it."""
        if state.digest is None:
            return [edge for some in self.by_state.values() for edge in some]
        sure = [*self.by_digest.get(state.digest, ()), *self.by_digest.get(None, ())]
        if way is Way.UP and state.digest in self.written:
            return sure
        told = (state.digest, state.scheme)
        vague = [
            edge
            for other, some in self.vague.items()
            if other[0] != state.digest and self._may_be(other, told, way)
            for edge in some
        ]
        return [*sure, *vague]

    def _may_be(self, other: _Told, told: _Told, way: Way) -> bool:
        """Tell whether two unlike digests may be of one state, each made in its own manner."""
        wrote, read = (told, other) if way is Way.DOWN else (other, told)
        is_alike = told[1] is not None and told[1] == other[1]
        return read[0] not in self.written and not (is_alike and wrote in self.read)


def _states(into: Iterable[Edge], out_of: Iterable[Edge], way: Way) -> _States:
    by_state: dict[_Told, list[Edge]] = defaultdict(list)
    by_digest: dict[str | None, list[Edge]] = defaultdict(list)
    for edge in out_of if way is Way.DOWN else into:
        by_state[edge.digest, edge.scheme].append(edge)
        by_digest[edge.digest].append(edge)
    written = frozenset(edge.digest for edge in into if edge.digest)
    read = frozenset((edge.digest, edge.scheme) for edge in out_of if edge.digest)
    vague = {
        told: some
        for told, some in by_state.items()
        if told[0] is not None and (way is Way.UP or told[0] not in written)
    }
    return _States(by_state, by_digest, written, read, vague)


def trace(seeds: Iterable[State], way: Way, edges_of: EdgesOf, depth: int | None = None) -> Traced:
    """Follow the data from some states, up or down, at most ``depth`` steps.

    ``edges_of`` is asked once a step for all new nodes together.
    """
    known, passed = _Known(edges_of, way), dict[Edge, None]()
    edge = list(dict.fromkeys(seeds))
    seen, distances, far = set(edge), {state.node: 0 for state in edge}, 0
    while edge and (depth is None or far < depth):
        known.learn(state.node for state in edge)
        far += 1
        steps = dict.fromkeys(step for state in edge for step in _passable(known, state, way))
        passed |= steps
        edge = [one for one in dict.fromkeys(map(_REACHED[way], steps)) if one not in seen]
        seen.update(edge)
        for state in edge:
            distances.setdefault(state.node, far)
    return Traced(distances, tuple(passed))


def _passable(known: _Known, state: State, way: Way) -> Iterable[Edge]:
    if state.node.kind is not NodeKind.DATASET or state.digest is None:
        return known.leaving(state.node)
    return known.states(state.node).passable(state, way)


def _below(edge: Edge) -> State:
    node = edge.target
    return _state(node, edge) if node.kind is NodeKind.DATASET else State(node)


def _above(edge: Edge) -> State:
    node = edge.source
    return _state(node, edge) if node.kind is NodeKind.DATASET else State(node)


def _state(node: Node, edge: Edge) -> State:
    return State(node, edge.digest, edge.scheme)


_REACHED = {Way.DOWN: _below, Way.UP: _above}


def fold(traced: Traced, into: Mapping[Node, Node]) -> Traced:
    """Return the graph with nodes folded into others (runs into the step they are runs of)."""
    distances: dict[Node, int] = {}
    for node, far in traced.distances.items():
        distances.setdefault(into.get(node, node), far)
    if not into:
        return Traced(distances, traced.edges)
    return Traced(distances, tuple(dict.fromkeys(_led(edge, into) for edge in traced.edges)))


def _led(edge: Edge, into: Mapping[Node, Node]) -> Edge:
    source, target = into.get(edge.source, edge.source), into.get(edge.target, edge.target)
    if source is edge.source and target is edge.target:
        return edge
    return Edge(source, target, edge.digest, edge.scheme, edge.word)


def bare(edges: Iterable[Edge]) -> dict[tuple[Node, Node], tuple[Edge, ...]]:
    """Return the edges by their two ends: one line may stand for many states."""
    found: dict[tuple[Node, Node], list[Edge]] = defaultdict(list)
    for edge in edges:
        found[edge.source, edge.target].append(edge)
    return {ends: tuple(some) for ends, some in found.items()}

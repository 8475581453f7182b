"""The history of data as a graph: up and down say the same, digests only ever narrow it."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.lineage import (
    Edge,
    EdgesOf,
    Node,
    NodeKind,
    State,
    Traced,
    Way,
    bare,
    fold,
    trace,
)

_DATASETS = [Node(NodeKind.DATASET, f"d{n}") for n in range(4)]
_RUNS = [Node(NodeKind.PIPELINE_RUN, f"r{n}") for n in range(4)]
_VERSIONS = [Node(NodeKind.VERSION, f"v{n}") for n in range(3)]
_NODES = [*_DATASETS, *_RUNS, *_VERSIONS]
_digests = st.sampled_from([None, "a", "b", "c"])
_schemes = st.sampled_from(["lake", "registry"])
_writes = st.builds(Edge, st.sampled_from(_RUNS), st.sampled_from(_DATASETS), _digests, _schemes)
_reads = st.builds(
    Edge, st.sampled_from(_DATASETS), st.sampled_from([*_RUNS, *_VERSIONS]), _digests, _schemes
)
_graphs = st.lists(st.one_of(_writes, _reads), max_size=14)


def _among(edges: Iterable[Edge]) -> EdgesOf:
    known = tuple(edges)
    return lambda nodes, _: [one for one in known if {one.source, one.target} & nodes]


def _untold(edges: Iterable[Edge]) -> list[Edge]:
    return [Edge(one.source, one.target) for one in edges]


def _from(node: Node, way: Way, edges: Iterable[Edge], depth: int | None = None) -> Traced:
    return trace([State(node)], way, _among(edges), depth)


@given(_graphs, st.sampled_from(_NODES), st.sampled_from(_NODES))
def test_what_came_of_one_is_where_the_other_came_from(
    edges: list[Edge], one: Node, other: Node
) -> None:
    plain = _untold(edges)
    down, up = _from(one, Way.DOWN, plain).distances, _from(other, Way.UP, plain).distances
    assert down.get(other) == up.get(one)


@given(_graphs, st.sampled_from(_NODES), st.sampled_from(list(Way)))
def test_digests_never_add(edges: list[Edge], node: Node, way: Way) -> None:
    told, untold = _from(node, way, edges), _from(node, way, _untold(edges))
    assert set(told.nodes) <= set(untold.nodes)


@given(_graphs, st.sampled_from(_NODES), st.sampled_from(list(Way)), st.integers(0, 5))
def test_a_depth_is_a_part_of_the_whole(
    edges: list[Edge], node: Node, way: Way, depth: int
) -> None:
    part, whole = _from(node, way, edges, depth), _from(node, way, edges)
    within = {one: far for one, far in whole.distances.items() if far <= depth}
    assert part.distances == within
    assert set(part.edges) <= set(whole.edges)


@given(_graphs, st.sampled_from(_NODES), st.sampled_from(list(Way)))
def test_every_edge_leads_from_what_was_found_to_what_was_found(
    edges: list[Edge], node: Node, way: Way
) -> None:
    found = _from(node, way, edges)
    for one in found.edges:
        assert {one.source, one.target} <= set(found.nodes)
    assert _from(node, way, reversed(edges)).distances == found.distances


@given(_graphs, st.sampled_from(_NODES))
def test_runs_fold_into_steps_without_losing_a_reach(edges: list[Edge], node: Node) -> None:
    steps = {run: Node(NodeKind.PIPELINE, str(n % 2)) for n, run in enumerate(_RUNS)}
    found = _from(node, Way.DOWN, edges)
    folded = fold(found, steps)
    assert set(folded.nodes) == {steps.get(one, one) for one in found.nodes}
    assert set(bare(folded.edges)) == {
        (steps.get(one.source, one.source), steps.get(one.target, one.target))
        for one in found.edges
    }


def test_who_read_another_state_learned_nothing_from_a_bad_run() -> None:
    data, (bad, good, *_), (hit, spared, unknown) = _DATASETS[0], _RUNS, _VERSIONS
    edges = [
        Edge(bad, data, "b", "lake"),
        Edge(good, data, "a", "lake"),
        Edge(data, hit, "b", "lake"),
        Edge(data, spared, "a", "lake"),
        Edge(data, unknown, None, "lake"),
    ]
    found = _from(bad, Way.DOWN, edges)
    assert set(found.of(NodeKind.VERSION)) == {hit, unknown}
    assert set(_from(hit, Way.UP, edges).of(NodeKind.PIPELINE_RUN)) == {bad}


def test_digests_of_two_tellers_are_not_held_against_each_other() -> None:
    data, run, version = _DATASETS[0], _RUNS[0], _VERSIONS[0]
    edges = [Edge(run, data, "b", "lake"), Edge(data, version, "cafe", "registry")]
    assert version in _from(run, Way.DOWN, edges).nodes
    assert run in _from(version, Way.UP, edges).nodes


def test_a_state_that_was_read_is_told_apart_from_the_others_read() -> None:
    data, (hit, spared, _) = _DATASETS[0], _VERSIONS
    edges = [Edge(data, hit, "b", "registry"), Edge(data, spared, "a", "registry")]
    found = trace([State(data, "b", "registry")], Way.DOWN, _among(edges))
    assert found.of(NodeKind.VERSION) == (hit,)


def test_two_traces_join_with_the_lesser_distance() -> None:
    data, run, version = _DATASETS[0], _RUNS[0], _VERSIONS[0]
    edges = [Edge(run, data), Edge(data, version)]
    joined = _from(data, Way.UP, edges) | _from(data, Way.DOWN, edges)
    assert joined.distances == {data: 0, run: 1, version: 1}
    assert set(joined.edges) == set(edges)

"""Graphs are laid out from left to right without one node on another."""

from collections.abc import Iterable
from itertools import pairwise
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from mlops_desktop.core.layout import Placed, place

_ends = st.integers(0, 24)
_graphs = st.lists(st.tuples(_ends, _ends), max_size=60)
_NODES = list(range(25))


def _spots(placed: Placed[int]) -> dict[int, list[float]]:
    found: dict[int, list[float]] = {}
    for node, layer in placed.layers.items():
        found.setdefault(layer, []).append(placed.heights[node])
    for (source, target), bends in placed.bends.items():
        # There and back is one way, drawn with an arrow at both ends.
        for layer, height in () if source > target and (target, source) in placed.bends else bends:
            found.setdefault(layer, []).append(height)
    return found


@given(_graphs)
def test_nothing_lies_on_another(edges: list[tuple[int, int]]) -> None:
    for heights in _spots(place(_NODES, edges)).values():
        assert all(low + 0.999 <= high for low, high in pairwise(sorted(heights)))


@given(_graphs)
def test_edges_without_circles_lead_to_the_right(edges: list[tuple[int, int]]) -> None:
    rising = [(min(one), max(one)) for one in edges if one[0] != one[1]]
    placed = place(_NODES, rising)
    for source, target in rising:
        assert placed.layers[source] < placed.layers[target]
        bends = [layer for layer, _ in placed.bends[source, target]]
        assert bends == list(range(placed.layers[source] + 1, placed.layers[target]))


@given(_graphs)
def test_every_edge_between_two_nodes_has_its_way(edges: list[tuple[int, int]]) -> None:
    placed = place(_NODES, edges)
    assert set(placed.bends) == {one for one in edges if one[0] != one[1]}
    assert set(placed.layers) == set(placed.heights) == set(_NODES)
    assert min(placed.heights.values()) >= 0
    assert placed == place(_NODES, edges)


def test_a_plain_crossing_is_undone() -> None:
    placed = place(["a", "b", "x", "y"], [("a", "y"), ("b", "x")])
    assert (placed.heights["a"] < placed.heights["b"]) == (
        placed.heights["y"] < placed.heights["x"]
    )


def test_nothing_is_laid_out_as_nothing() -> None:
    placed: Placed[int] = place([], [])
    assert (placed.width, placed.height) == (0, 0.0)


@settings(max_examples=4, phases=(Phase.explicit, Phase.generate))
@given(st.integers(60, 200), st.integers(0, 2**32))
def test_large_graphs_lie_apart_lead_one_way_and_stay_the_same(nodes: int, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - any graph will do
    edges = [(chance.randrange(nodes), chance.randrange(nodes)) for _ in range(nodes * 5 // 4)]
    placed = place(list(range(nodes)), edges)
    assert placed == place(list(range(nodes)), edges)
    for heights in _spots(placed).values():
        assert all(low + 0.999 <= high for low, high in pairwise(sorted(heights)))
    forward = {one for one in placed.bends if placed.layers[one[0]] < placed.layers[one[1]]}
    back = set(placed.bends) - forward
    assert all(placed.layers[source] > placed.layers[target] for source, target in back)
    assert not _has_circle(nodes, forward)
    if back:
        assert _has_circle(nodes, placed.bends), "only what closes a circle leads back"


def _has_circle(nodes: int, edges: Iterable[tuple[int, int]]) -> bool:
    """Say whether something is left when what has nothing before it is taken away."""
    left, known = set(range(nodes)), list(edges)
    while True:
        held = {target for source, target in known if source in left and target in left}
        if held == left:
            return bool(left)
        left = held


def test_two_hundred_nodes_lie_beside_each_other() -> None:
    edges = [(one, one * 7 % 199 + 1) for one in range(200)]
    edges += [(one, min(199, one + 11)) for one in range(200)]
    placed = place(list(range(200)), edges)
    for heights in _spots(placed).values():
        assert all(low + 0.999 <= high for low, high in pairwise(sorted(heights)))

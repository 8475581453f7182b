"""Graphs are laid out from left to right without one node on another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.layout import Placed, place

_ends = st.integers(0, 24)
_graphs = st.lists(st.tuples(_ends, _ends), max_size=60)
_NODES = list(range(25))


def _spots(placed: Placed[int]) -> dict[int, list[float]]:
    found: dict[int, list[float]] = {}
    for node, layer in placed.layers.items():
        found.setdefault(layer, []).append(placed.heights[node])
    for bends in placed.bends.values():
        for layer, height in bends:
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


def test_two_hundred_nodes_lie_beside_each_other() -> None:
    edges = [(one, one * 7 % 199 + 1) for one in range(200)]
    edges += [(one, min(199, one + 11)) for one in range(200)]
    placed = place(list(range(200)), edges)
    for heights in _spots(placed).values():
        assert all(low + 0.999 <= high for low, high in pairwise(sorted(heights)))

"""Places for the nodes of a directed graph in layers, from left to right, without overlaps.

After Sugiyama, Tagawa and Toda (1981): circles are cut, each node stands right of what leads to
it, long edges pass through places of their own, nodes are ordered by the middle of their
neighbours, and each layer is then set as near to its neighbours as its order and gaps allow.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
_SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Placed(Generic[K]):
    """The layer and the height of every node, and the bends of every edge between its ends.

    Layers count from 0 at the left; heights are in units of one node, at least 1 apart.
    """

    layers: Mapping[K, int]
    heights: Mapping[K, float]
    bends: Mapping[tuple[K, K], tuple[tuple[int, float], ...]]

    @property
    def width(self) -> int:
        """How many layers there are."""
        return max(self.layers.values(), default=-1) + 1

    @property
    def height(self) -> float:
        """The lowest height of any node."""
        return max(self.heights.values(), default=0.0)


_Spot = tuple[int, object]
"""A layer, and what stands there: a node or an edge passing."""


def place(nodes: Sequence[K], edges: Iterable[tuple[K, K]]) -> Placed[K]:
    """Lay out a graph; the order of ``nodes`` decides where nothing else does."""
    known = dict.fromkeys(nodes)
    wanted = [(a, b) for a, b in dict.fromkeys(edges) if a != b and a in known and b in known]
    back = _closing(list(known), wanted)
    forward = [(b, a) if (a, b) in back else (a, b) for a, b in wanted]
    layers = _layers(list(known), forward)
    chains = {edge: _chain(edge, layers) for edge in dict.fromkeys(forward)}
    spots = _spots(list(known), layers, chains.values())
    down, up = _beside(chains.values())
    ordered = _order(spots, down, up)
    heights = _set_heights(ordered, down, up)
    bends = {
        edge: _bends(chains[edge[::-1] if edge in back else edge], heights, edge in back)
        for edge in wanted
    }
    return Placed(layers, {node: heights[layers[node], node] for node in known}, bends)


def _closing(nodes: Sequence[K], edges: Iterable[tuple[K, K]]) -> set[tuple[K, K]]:
    """Return edges without which nothing goes in a circle."""
    after: dict[K, list[K]] = defaultdict(list)
    for source, target in edges:
        after[source].append(target)
    found, done, open_ = set[tuple[K, K]](), set[K](), set[K]()
    for root in nodes:
        path = [] if root in done else [(root, iter(after[root]))]
        open_.update(node for node, _ in path)
        while path:
            node, rest = path[-1]
            for target in rest:
                if target in open_:
                    found.add((node, target))
                elif target not in done:
                    open_.add(target)
                    path.append((target, iter(after[target])))
                    break
            else:
                path.pop()
                open_.discard(node)
                done.add(node)
    return found


def _layers(nodes: Sequence[K], edges: Sequence[tuple[K, K]]) -> dict[K, int]:
    """Return the length of the longest way to each node; beginnings stand close to their heirs."""
    after: dict[K, list[K]] = defaultdict(list)
    waits = dict.fromkeys(nodes, 0)
    for source, target in edges:
        after[source].append(target)
        waits[target] += 1
    ready, layers = [node for node in nodes if not waits[node]], dict.fromkeys(nodes, 0)
    begins = set(ready)
    for node in ready:
        for target in after[node]:
            layers[target] = max(layers[target], layers[node] + 1)
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    for node in begins:
        layers[node] = max(0, min((layers[one] - 1 for one in after[node]), default=0))
    return layers


def _chain(edge: tuple[K, K], layers: Mapping[K, int]) -> list[_Spot]:
    first, last = layers[edge[0]], layers[edge[1]]
    between: list[_Spot] = [(layer, edge) for layer in range(first + 1, last)]
    return [(first, edge[0]), *between, (last, edge[1])]


def _spots(
    nodes: Sequence[K], layers: Mapping[K, int], chains: Iterable[list[_Spot]]
) -> list[list[_Spot]]:
    found: list[list[_Spot]] = [[] for _ in range(max(layers.values(), default=-1) + 1)]
    for node in nodes:
        found[layers[node]].append((layers[node], node))
    for chain in chains:
        for spot in chain[1:-1]:
            found[spot[0]].append(spot)
    return found


_Beside = Mapping[_Spot, list[_Spot]]


def _beside(chains: Iterable[list[_Spot]]) -> tuple[_Beside, _Beside]:
    down: dict[_Spot, list[_Spot]] = defaultdict(list)
    up: dict[_Spot, list[_Spot]] = defaultdict(list)
    for chain in chains:
        for left, right in pairwise(chain):
            down[left].append(right)
            up[right].append(left)
    return down, up


def _order(spots: list[list[_Spot]], down: _Beside, up: _Beside) -> list[list[_Spot]]:
    """Sort each layer by the middle of its neighbours, sweeping to and fro; keep the best."""
    best, least = spots, _crossings(spots, down)
    for sweep in range(_SWEEPS):
        beside, step = (up, 1) if sweep % 2 == 0 else (down, -1)
        spots = _sweep(spots[::step], beside)[::step]
        crossings = _crossings(spots, down)
        if crossings < least:
            best, least = spots, crossings
    return best


def _sweep(spots: list[list[_Spot]], beside: _Beside) -> list[list[_Spot]]:
    made = spots[:1]
    for layer in spots[1:]:
        ranks = {spot: rank for rank, spot in enumerate(made[-1])}
        own = {spot: float(rank) for rank, spot in enumerate(layer)}
        keys = {
            spot: _mean([ranks[one] for one in beside.get(spot, ()) if one in ranks], own[spot])
            for spot in layer
        }
        made.append(sorted(layer, key=keys.__getitem__))
    return made


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _crossings(spots: list[list[_Spot]], down: _Beside) -> int:
    """Count the pairs of edges that cross between neighbouring layers."""
    total = 0
    for left, right in pairwise(spots):
        ranks = {spot: rank for rank, spot in enumerate(right)}
        ends = [rank for spot in left for rank in sorted(ranks[one] for one in down.get(spot, ()))]
        total += _inversions(ends, len(right))
    return total


def _inversions(ranks: Sequence[int], size: int) -> int:
    """Count pairs in the wrong order, by a Fenwick tree."""
    tree, total = [0] * (size + 1), 0
    for seen, rank in enumerate(ranks):
        total += seen
        place = rank + 1
        while place:
            total -= tree[place]
            place &= place - 1
        place = rank + 1
        while place <= size:
            tree[place] += 1
            place += place & -place
    return total


def _set_heights(spots: list[list[_Spot]], down: _Beside, up: _Beside) -> dict[_Spot, float]:
    heights = {spot: float(rank) for layer in spots for rank, spot in enumerate(layer)}
    for sweep in range(_SWEEPS):
        step = 1 if sweep % 2 == 0 else -1
        near = up if sweep % 2 == 0 else down
        for layer in spots[::step]:
            wished = [
                _mean([heights[one] for one in near.get(spot, ())], heights[spot]) for spot in layer
            ]
            heights.update(zip(layer, _apart(wished), strict=True))
    least = min(heights.values(), default=0.0)
    return {spot: height - least for spot, height in heights.items()}


def _apart(wished: Sequence[float]) -> list[float]:
    """Return heights in this order, 1 apart, as near to the wished as squares tell.

    Without the gaps the heights only have to rise: neighbours that do not are put at their mean.
    """
    blocks: list[tuple[float, int]] = []
    for rank, wish in enumerate(wished):
        total, count = wish - rank, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            more, some = blocks.pop()
            total, count = total + more, count + some
        blocks.append((total, count))
    level = [total / count for total, count in blocks for _ in range(count)]
    return [height + rank for rank, height in enumerate(level)]


def _bends(
    chain: list[_Spot], heights: Mapping[_Spot, float], is_back: bool
) -> tuple[tuple[int, float], ...]:
    found = [(spot[0], heights[spot]) for spot in chain[1:-1]]
    return tuple(reversed(found)) if is_back else tuple(found)

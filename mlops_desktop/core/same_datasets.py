"""Datasets under several names: which node of the history of data stands for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mlops_desktop.core.lineage import Node


@dataclass(frozen=True, slots=True)
class SameDatasets:
    """By node: the one that stands for all its names; by that one, all of them."""

    one: Mapping[Node, Node] = field(default_factory=dict)
    names: Mapping[Node, tuple[Node, ...]] = field(default_factory=dict)

    def of(self, node: Node) -> Node:
        """Return the node that stands for a node: itself unless a person said otherwise."""
        return self.one.get(node, node)

    def all_of(self, node: Node) -> tuple[Node, ...]:
        """Return every node that is the same dataset, the one that stands for them first."""
        one = self.of(node)
        return self.names.get(one, (one,))


def same_datasets(pairs: Iterable[tuple[Node, Node]]) -> SameDatasets:
    """Return what is the same by pairs (a node, the node it is shown as), in their order."""
    one: dict[Node, Node] = {}
    names: dict[Node, list[Node]] = defaultdict(list)
    for node, shown in pairs:
        old, new = one.get(node, node), one.get(shown, shown)
        if old == new:
            continue
        names[new] = [*(names[new] or [new]), *(names.pop(old, None) or [old])]
        one.update(dict.fromkeys(names[new], new))
    return SameDatasets(one, {node: tuple(some) for node, some in names.items()})

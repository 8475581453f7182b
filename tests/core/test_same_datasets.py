"""Names of one dataset: one of them stands for all, whatever the order in which it was said."""

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.lineage import Node, NodeKind
from mlops_desktop.core.same_datasets import same_datasets

NODES = [Node(NodeKind.DATASET, letter) for letter in "abcdef"]
PAIRS = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=8)


@given(PAIRS)
def test_what_is_said_to_be_the_same_has_one_node_and_nothing_else_does(
    pairs: list[tuple[Node, Node]],
) -> None:
    same = same_datasets(pairs)
    reached = {node: {node} for node in NODES}
    for first, second in pairs:
        joined = reached[first] | reached[second]
        reached.update(dict.fromkeys(joined, joined))
    for node in NODES:
        assert set(same.all_of(node)) == reached[node]
        assert {same.of(one) for one in reached[node]} == {same.of(node)}
        assert same.all_of(node)[0] == same.of(node)


def test_the_second_name_is_the_one_shown() -> None:
    a, b, c = NODES[:3]
    assert same_datasets([(a, b), (b, c)]).all_of(a) == (c, b, a)

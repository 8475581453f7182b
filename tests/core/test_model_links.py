"""A circle of results is found whatever links it, and only then."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.model_links import FLOWING, Link, LinkKind, circle, trace

_MODELS = st.sampled_from("ABCDEF")
_LINKS = st.builds(Link, _MODELS, st.sampled_from(LinkKind), _MODELS)


@given(st.lists(_LINKS, max_size=12))
def test_links_taken_in_one_by_one_never_close_a_circle(said: list[Link]) -> None:
    held: list[Link] = []
    for link in said:
        found = circle(held, link)
        if not found:
            held.append(link)
            continue
        assert found[0] == found[-1]
        flows = {one.flow for one in (*held, link)} | {(link.model, link.model)}
        assert all(pair in flows for pair in pairwise(found))
    for model in "ABCDEF":
        down = dict(trace(held, model, upstream=False))
        assert all(model not in dict(trace(held, one, upstream=False)) for one in down)
        assert all(model in dict(trace(held, one, upstream=True)) for one in down)


def test_what_is_compared_only_flows_nowhere() -> None:
    link = Link("A", LinkKind.CHALLENGER_OF, "B")
    assert link.kind not in FLOWING
    assert circle([Link("B", LinkKind.CHALLENGER_OF, "A")], link) == ()
    assert circle([Link("B", LinkKind.DEPENDS_ON, "A")], Link("B", LinkKind.FEEDS, "A")) == (
        "B",
        "A",
        "B",
    )

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.inventory import Monitoring
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.portfolio import ItemFacts, ModelFacts, compare, compute
from mlops_desktop.services.wording import LANGUAGES, read_words

ON = date(2026, 11, 28)
days = st.dates(ON - timedelta(days=900), ON + timedelta(days=900))
models = st.builds(
    ModelFacts,
    st.sampled_from([s for s in State if s not in (State.CANDIDATE, State.REJECTED)]),
    st.none() | st.integers(1, 4),
    st.sampled_from(["", "Corinna Wolters", "Kai Möller"]),
    st.sampled_from([(), ("DE",), ("DE", "LU")]),
    st.sampled_from(Approval),
    st.none() | days,
    st.none() | days,
    st.none() | st.sampled_from(Monitoring),
)
items = st.builds(
    ItemFacts,
    st.sampled_from(["finding", "exception", "overlay", "waiver"]),
    st.integers(0, 3),
    days,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(models), st.lists(items))
def test_every_cut_adds_up_and_no_figure_exceeds_what_it_is_of(
    known: list[ModelFacts], kept: list[ItemFacts]
) -> None:
    found = compute(known, kept, ON)
    values = {figure.name: figure.value for figure in found.figures}
    for cut in (found.by_tier, found.by_state, found.by_owner):
        assert sum(part.count for part in cut) == found.models == len(known)
    assert sum(count for _, _, count in found.heat) == len(known)
    assert values["current"] + values["retired"] == len(known)
    for name in ("in_production", "reviews_overdue", "approvals_expiring", "never_validated"):
        assert values[name] <= values["current"]
    assert values["unmeasured"] <= values["in_production"]
    open_kinds = Counter(one.kind for one in kept if not one.is_closed)
    assert values["findings_open"] == open_kinds["finding"]
    assert all(change.before == change.after for change in compare(found, found))


def test_every_figure_has_a_name_and_a_definition_in_both_languages() -> None:
    for language in LANGUAGES:
        words = read_words(language)
        for figure in compute((), (), ON).figures:
            assert words.text(f"portfolio.figure.{figure.name}")
            assert words.text(f"portfolio.definition.{figure.name}")

"""One decision: what is masked, and which contribution is the strongest."""

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.decision_records import DecisionRecord, strongest_first
from mlops_desktop.core.inventory import Pair

_PAIRS = st.lists(
    st.builds(Pair, st.text(max_size=5), st.floats().map(str) | st.sampled_from(["", "hoch", "-"]))
)


@given(_PAIRS)
def test_contributions_lose_nothing_and_never_rise(told: list[Pair]) -> None:
    ordered = strongest_first(told)
    assert sorted(map(repr, ordered)) == sorted(map(repr, told))
    sizes = []
    for one in ordered:
        try:
            sizes.append(abs(float(one.value)))
        except ValueError:
            continue
    known = [size for size in sizes if size == size]  # noqa: PLR0124 - NaN is not itself
    assert known == sorted(known, reverse=True)


def test_a_sign_says_which_way_not_how_much() -> None:
    told = (Pair("alter", "0.1"), Pair("quote", "-0.9"), Pair("text", "hoch"), Pair("konto", "0.4"))
    assert [one.name for one in strongest_first(told)] == ["quote", "konto", "alter", "text"]


def test_an_input_is_masked_unless_it_was_said_to_be_no_personal_data() -> None:
    inputs = (Pair("einkommen", "3100"), Pair("laufzeit", "60"))
    record = DecisionRecord("r", inputs=inputs, openly=frozenset({"laufzeit", "anderes"}))
    assert record.masked == ("einkommen",)
    assert "3100" not in repr(record)

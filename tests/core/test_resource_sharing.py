"""What several models cost together is divided to nothing left, by what they request."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.events.series import Resource
from mlops_desktop.core.resources.sharing import share_out

MODELS = st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True).map(tuple)
ASKED = st.dictionaries(
    st.sampled_from([Resource.GPU, Resource.CPU, Resource.MEMORY]),
    st.dictionaries(
        st.sampled_from("abcdefgh"),
        st.floats(0, 1e9, allow_nan=False, allow_infinity=False),
    ),
)


@given(MODELS, ASKED, st.fractions(0, 10**9))
def test_the_parts_sum_up_to_the_invoice(
    models: tuple[str, ...], asked: dict[Resource, dict[str, float]], invoice: Fraction
) -> None:
    shares = share_out(models, asked)
    assert set(shares.parts) == set(models)
    assert sum(invoice * part for part in shares.parts.values()) == invoice
    assert all(part >= 0 for part in shares.parts.values())
    if shares.key is None:
        assert len(set(shares.parts.values())) == 1
    else:
        total = sum(Fraction(asked[shares.key][model]) for model in models)
        for model, part in shares.parts.items():
            assert part * total == Fraction(asked[shares.key][model])


def test_the_key_is_what_every_model_requests() -> None:
    asked = {Resource.GPU: {"a": 2.0}, Resource.CPU: {"a": 1.0, "b": 3.0}}
    shares = share_out(("a", "b"), asked)
    assert (shares.key, shares.parts["b"]) == (Resource.CPU, Fraction(3, 4))
    assert share_out(("a", "c"), asked).key is None

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.inventory import number_in, number_text
from mlops_desktop.core.whole_numbers import whole


@given(st.integers(0, 10**18 - 1))
def test_up_to_eighteen_digits_are_a_number(number: int) -> None:
    assert whole(str(number)) == number


@given(st.text().filter(lambda text: not (text.isascii() and text.isdecimal())))
def test_any_other_text_is_none(text: str) -> None:
    assert whole(text) is None


@pytest.mark.parametrize("text", ["9" * 19, "9" * 5_000, "-1", " 1", "1 ", "²", "١", "1_0", ""])
def test_what_no_database_holds_and_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert whole(text) is None


@given(st.integers(0, 10**18 - 1))
def test_a_model_s_number_is_read_as_it_is_written(number: int) -> None:
    assert number_in(number_text(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("42", 42), ("00042", 42), ("m-42", 42), (" M-00042 ", 42), ("123456", None), ("M-", None),
     ("M-x", None), ("20260101", None)],
)  # fmt: skip
def test_up_to_five_digits_may_stand_alone(text: str, number: int | None) -> None:
    assert number_in(text) == number

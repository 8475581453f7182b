"""Legal entity identifiers, by the check digits of ISO 17442 and by published examples."""

import string

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.lei import check_digits, is_lei

FIRST = st.text(string.ascii_uppercase + string.digits, min_size=18, max_size=18)


def test_identifiers_in_force_are_known() -> None:
    # The European Central Bank and the Global LEI Foundation itself, as published.
    assert is_lei("549300DTUYXVMJXZNY75")
    assert is_lei("506700GE1G29325QX363")


@given(FIRST)
def test_check_digits_make_an_identifier(first: str) -> None:
    assert is_lei(first + check_digits(first))


@given(FIRST, st.integers(0, 19), st.integers(0, 35))
def test_one_wrong_letter_or_digit_is_noticed(first: str, place: int, other: int) -> None:
    right = first + check_digits(first)
    # A letter in place of a digit makes the number longer: ISO 7064 promises nothing of that.
    alike = string.digits if right[place].isdigit() else string.ascii_uppercase
    wrong = right[:place] + alike[other % len(alike)] + right[place + 1 :]
    assert is_lei(wrong) == (wrong == right)


@given(FIRST, st.integers(0, 18))
def test_two_neighbours_swapped_are_noticed(first: str, place: int) -> None:
    right = first + check_digits(first)
    one, two = right[place], right[place + 1]
    wrong = right[:place] + two + one + right[place + 2 :]
    assert one.isdigit() != two.isdigit() or is_lei(wrong) == (wrong == right)


@given(st.text(max_size=25))
def test_any_text_is_judged(text: str) -> None:
    assert not is_lei(text) or len(text) == 20

"""A key on paper is read back, and a slip of the pen is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.recovery_key import from_text, to_groups

KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS, st.sampled_from([" ", "-", "\n", "", " – "]))
def test_what_was_written_down_is_the_key(key: bytes, between: str) -> None:
    groups = to_groups(key)
    assert len(groups) == 14
    assert all(len(group) == 4 for group in groups)
    typed = between.join(groups)
    assert from_text(typed) == from_text(typed.lower()) == key
    assert from_text(typed.replace("1", "l").replace("0", "o")) == key


@given(KEYS, st.integers(0, 55), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_is_noticed(key: bytes, at: int, letter: str) -> None:
    text = "".join(to_groups(key))
    typed = text[:at] + letter + text[at + 1 :]
    if typed == text:
        return
    with pytest.raises(AppError, match=r"recovery_key\.checksum_wrong"):
        from_text(typed)


@given(KEYS, st.integers(0, 12))
def test_two_groups_exchanged_are_noticed(key: bytes, at: int) -> None:
    groups = list(to_groups(key))
    if groups[at] == groups[at + 1]:
        return
    groups[at], groups[at + 1] = groups[at + 1], groups[at]
    with pytest.raises(AppError, match=r"recovery_key\.checksum_wrong"):
        from_text("".join(groups))


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "incomplete"), ("ABCD", "incomplete"), ("ABC!" * 14, "letter_refused")],
)
def test_what_is_no_key_is_told_as_such(typed: str, code: str) -> None:
    with pytest.raises(AppError, match=rf"recovery_key\.{code}"):
        from_text(typed)

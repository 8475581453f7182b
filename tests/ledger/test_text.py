"""Hostile text becomes text that the canonical form accepts, and only then changes."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.ledger.body import decode, encode
from mlops_desktop.ledger.text import clean_text


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("a\0b", "a\\u0000b"),
        ("ä\0", "ä\\u0000"),
        ("\udcff.csv", "\\udcff.csv"),
        ("e\u0301", "é"),
        ("Kündigung", "Kündigung"),
        ("😀", "😀"),
    ],
)
def test_examples(hostile: str, clean: str) -> None:
    assert clean_text(hostile) == clean


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_stored_afterwards(text: str) -> None:
    clean = clean_text(text)
    assert decode(encode(clean)) == clean
    assert clean_text(clean) == clean


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_allowed_text_is_only_normalised(text: str) -> None:
    assert clean_text(text) == normalize("NFC", text)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.store.collation import search_text, sort_key

numbers = st.integers(0, 10**30)
words = st.text(st.characters(categories=["L", "Nd", "Zs", "P"]), max_size=8)


@given(numbers, numbers)
def test_digits_sort_by_value(one: int, other: int) -> None:
    keys = sort_key(f"Model {one}"), sort_key(f"Model {other}")
    assert (keys[0] < keys[1]) == (one < other)
    assert (keys[0] == keys[1]) == (one == other)


@given(numbers, st.integers(0, 3))
def test_leading_zeros_do_not_matter(number: int, zeros: int) -> None:
    assert sort_key(f"v{'0' * zeros}{number}") == sort_key(f"v{number}")


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Ärger", "arger"), ("Straße", "STRASSE"), ("Yıldız", "yıldız"), ("Éa", "EA"), ("x²", "x2")],
)
def test_case_and_accents_do_not_matter(text: str, plain: str) -> None:
    assert sort_key(text) == sort_key(plain)


def test_a_list_is_in_the_order_people_expect() -> None:
    names = ["Modell 10", "modell 9", "Älter", "Zins", "alt", "Modell 9b", "M-00010", "M-00009"]
    assert sorted(names, key=sort_key) == [
        "alt",
        "Älter",
        "M-00009",
        "M-00010",
        "modell 9",
        "Modell 9b",
        "Modell 10",
        "Zins",
    ]


@given(words)
def test_a_key_never_changes_by_case(text: str) -> None:
    assert sort_key(text.casefold()) == sort_key(text)


@given(st.lists(st.none() | words), words)
def test_what_is_in_a_part_is_in_the_search_text(parts: list[str | None], word: str) -> None:
    text = search_text(*parts, word)
    assert word.casefold() in text
    assert text == text.casefold()

"""Names of two alphabets that readers would take for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.lookalikes import is_lookalike, skeleton


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("\u0410\u043d\u043d\u0430 \u0411\u0435\u0440\u0433", "Anna Berg"),
        ("\u0411\u0435\u0440\u0433 \u0410\u043d\u043d\u0430", "Dr. Anna Berg"),
        ("\u0412\u0435\u0440\u0430", "Bepa"),
        ("\u0421\u043e\u0440\u0430", "Copa"),
        ("\u0399\u03c9\u03ac\u03bd\u03bd\u03b1", "Ioanna"),
        ("\u041a\u0430\u0442\u044f \u0416\u0443\u043a\u043e\u0432\u0430", "Katja Schukowa"),
        ("\u041a\u0430\u0442\u044f \u0416\u0443\u043a\u043e\u0432\u0430", "Katia Zhukova"),
        ("AI Berg", "Al Berg"),
    ],
)
def test_twins_in_another_alphabet_are_told(name: str, known: str) -> None:
    assert is_lookalike(name, known)
    assert is_lookalike(known, name)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("\u0410\u043d\u043d\u0430 \u0411\u0435\u0440\u0433", "Anna Berger"),
        ("\u0412\u0435\u0440\u0430 \u041b\u0438\u0441", "Anna Lis"),
        ("Jonas Brandt", "Corinna Wolters"),
        ("Ina Lang", "Tina Lang"),
    ],
)
def test_other_names_are_not(name: str, known: str) -> None:
    assert not is_lookalike(name, known)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_a_skeleton_is_its_own(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)

"""Names that may mean the same are found; names that differ in a figure are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.likeness import Likeness

NAMES = ("PD Mittelstand", "LGD Baufinanzierung", "Scorekarte Ratenkredit 2", "VaR 10 Tage")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Mittelstand PD", "PD Mittelstand"),
        ("Modell pd mittelstand", "PD Mittelstand"),
        ("PD Mitelstand", "PD Mittelstand"),
        ("LGD Baufinanz", None),
        ("LGD Baufinanzierungs", "LGD Baufinanzierung"),
        ("Scorekarte Ratenkredit 3", None),
        ("VaR 1 Tage", None),
        ("", None),
    ],
)
def test_what_is_alike(asked: str, found: str | None) -> None:
    assert Likeness((name, name) for name in NAMES).find(asked) == found


@given(st.sampled_from(NAMES), st.integers(0, 30), st.sampled_from("xyzä"))
def test_one_letter_is_a_slip(name: str, at: int, letter: str) -> None:
    at %= len(name)
    if name[at].isalpha():
        typed = name[:at] + letter + name[at + 1 :]
        assert Likeness([(name, 1)]).find(typed) == 1

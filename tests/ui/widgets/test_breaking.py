"""Long words break where a reader expects it, and paths without a hyphen that is not theirs."""

import pytest

from mlops_desktop.core.hyphens import SOFT_HYPHEN
from mlops_desktop.ui.widgets.breaking import breakable


def test_a_long_word_of_letters_is_parted_with_a_hyphen_alone() -> None:
    name = "Grundsätze des Modellrisikomanagements für Banken"
    shown = breakable(name)
    assert SOFT_HYPHEN in shown
    assert "\u200b" not in shown
    assert shown.replace(SOFT_HYPHEN, "") == name


@pytest.mark.parametrize("name", ["modelle/konditionenoptimierungsverfahren", "x" * 30])
def test_what_is_no_word_gets_no_hyphen(name: str) -> None:
    shown = breakable(name)
    assert SOFT_HYPHEN not in shown
    assert shown.replace("\u200b", "") == name != shown

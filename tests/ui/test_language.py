"""How the window writes numbers."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.language import Language


@pytest.mark.parametrize(
    ("code", "whole", "told"), [("en", "−1,234", "−0.40"), ("de", "−1.234", "−0,40")]
)
def test_a_number_below_nothing_has_a_minus_and_no_hyphen(
    qtbot: QtBot, code: str, whole: str, told: str
) -> None:
    language = Language(code)
    assert (language.number(-1234), language.decimal("-0.40")) == (whole, told)

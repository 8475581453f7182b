"""How a difference of a model is told in a line."""

import pytest

from mlops_desktop.services.differences import FieldChange
from mlops_desktop.services.overview.since import change_said

_LONG = "MAPE 12.1 % (warning 15 %, intervention 20 %). Measured again in every quarter"


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("12 %", "11 %", "overview.since.field"),
        (_LONG, f"{_LONG}, and before it is used.", "overview.since.reworded"),
        ("12 %", _LONG, "overview.since.reworded"),
        (None, _LONG, "overview.since.field"),
    ],
)
def test_of_texts_too_long_for_a_line_no_two_halves_are_told(
    before: str | None, after: str, key: str
) -> None:
    assert change_said(FieldChange("purpose", before, after)).key == key

"""Nothing is lost, nothing is doubled, every event has its fate, and all copies are equal."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.services.copies.histories import STEPS, live
from tests.support.bank import NewBank

EXAMPLES = int(os.environ.get("COPIES_EXAMPLES", "5"))


@pytest.mark.long
def test_nothing_is_lost_whatever_is_cut(new_team_bank: NewBank, tmp_path: Path) -> None:
    @settings(max_examples=EXAMPLES)
    @given(steps=STEPS)
    def history(steps: list[tuple[str, int, str, int]]) -> None:
        live(new_team_bank, tmp_path, steps, many=8)

    history()

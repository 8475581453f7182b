"""A hundred thousand events of five persons on cut lines, in many histories."""

import os
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from tests.services.copies.histories import STEPS, Steps, live
from tests.support.bank import NewBank

pytestmark = [pytest.mark.peers, pytest.mark.timeout(3_600)]

EVENTS = int(os.environ.get("COPIES_EVENTS", "100000"))
"""How many events all histories come to."""


def test_nothing_is_lost_at_length(new_team_bank: NewBank, tmp_path: Path) -> None:
    total = histories = 0

    @settings(max_examples=10, phases=(Phase.generate,), database=None)
    @given(steps=STEPS)
    def history(steps: Steps) -> None:
        nonlocal total, histories
        if total < EVENTS:
            total += live(new_team_bank, tmp_path, steps, many=800)
            histories += 1

    while total < EVENTS:
        history()
    print(f"{total} events in {histories} histories")

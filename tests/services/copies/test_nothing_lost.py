"""Nothing is lost, nothing is doubled, every event has its fate, and all copies are equal."""

from pathlib import Path

from hypothesis import given, settings

from tests.services.copies.histories import STEPS, live
from tests.support.bank import NewBank

EXAMPLES = 3


def test_nothing_is_lost_whatever_is_cut(new_team_bank: NewBank, tmp_path: Path) -> None:
    @settings(max_examples=EXAMPLES)
    @given(steps=STEPS)
    def history(steps: list[tuple[str, int, str, int]]) -> None:
        live(new_team_bank, tmp_path, steps, many=8)

    history()

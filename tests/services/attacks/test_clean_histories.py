"""No false alarm: whatever the services record, in whatever order, verifies clean."""

from pathlib import Path

from tests.services.attacks.thousand import ask_for_some, live_through, walk_in
from tests.support.bank import NewBank, Prepared

FEW = 8
SHORT, LONG = 12, 40


def test_random_honest_histories_in_a_file_are_clean(
    prepared_file: Prepared, tmp_path: Path
) -> None:
    done = live_through(prepared_file, tmp_path, range(FEW), SHORT)
    assert done["decide"] > 0
    assert done["edit"] > 0


def test_a_random_honest_history_of_a_team_is_clean(new_team_bank: NewBank, tmp_path: Path) -> None:
    with new_team_bank(tmp_path) as bank:
        ask_for_some(bank)
        assert walk_in(bank, FEW, LONG, {}).done

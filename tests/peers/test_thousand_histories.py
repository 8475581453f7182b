"""No false alarm on a thousand random honest histories, each of them new from its beginning."""

from pathlib import Path

import pytest

from tests.services.attacks.thousand import ask_for_some, live_through, walk_in
from tests.services.attacks.walks import STEPS
from tests.support.bank import NewBank, Prepared

IN_FILES, OF_TEAMS = 960, 40
SHORT = 12


@pytest.mark.timeout(1800)
def test_a_thousand_random_honest_histories_are_clean(
    prepared_file: Prepared, new_team_bank: NewBank, tmp_path: Path
) -> None:
    done = live_through(prepared_file, tmp_path, range(IN_FILES), SHORT)
    for seed in range(IN_FILES, IN_FILES + OF_TEAMS):
        with new_team_bank(tmp_path / str(seed)) as bank:
            ask_for_some(bank)
            done += walk_in(bank, seed, SHORT, {}).done
    assert {name for name, number in done.items() if number} == set(STEPS)

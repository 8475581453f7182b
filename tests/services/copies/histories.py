"""Histories of a team: who does what when, and which line is cut."""

import os
import random
import tempfile
from pathlib import Path

from hypothesis import strategies as st

from tests.services.copies.acts import act, ask_for_some, found
from tests.services.copies.committees import RULE
from tests.services.copies.holding import check, settle_down
from tests.services.copies.team import NAMES, Team
from tests.services.steps import put_in_force
from tests.support.bank import NewBank

KILLED = ("killed",) if hasattr(os, "fork") else ()
Steps = list[tuple[str, int, str, int]]

STEPS = st.lists(
    st.tuples(
        st.sampled_from(("offline", "offline", "offline", "online", "push", "pull")),
        st.integers(0, len(NAMES) - 1),
        st.sampled_from(("", "", "lost", "answer", *KILLED)),
        st.integers(0, 2**32),
    ),
    min_size=15,
    max_size=40,
)


def live(new_bank: NewBank, folder: Path, steps: Steps, many: int) -> int:
    """Live through a history on a new bank and check it; return how many events it came to."""
    home = Path(tempfile.mkdtemp(dir=folder))
    with new_bank(home) as bank:
        team = Team(bank, home)
        rng = random.Random(len(steps))  # noqa: S311 - no secret
        put_in_force(bank, RULE)
        found(bank.as_(NAMES[1]), rng)
        ask_for_some(bank, rng)
        team.gather()
        try:
            for what, who, cut, seed in steps:
                _step(team, what, who, cut, seed, many)
            settle_down(team)
            return check(team)
        finally:
            team.close()


def _step(team: Team, what: str, who: int, cut: str, seed: int, many: int) -> None:
    member, rng = team.members[who], random.Random(seed)  # noqa: S311 - no secret
    match what:
        case "push":
            team.push(member, cut, rng)
        case "pull":
            team.pull(member, cut, rng)
        case _:
            act(member.copy if what == "offline" else member.team, rng, many)

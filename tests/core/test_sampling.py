"""Anybody draws the same sample from seed and population, in whatever order they come."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.sampling import Draw, draw, population_digest, rank_hash

IDS = st.lists(st.integers(1, 99_999).map(lambda n: f"M-{n:05}"), unique=True, max_size=60)
SEEDS = st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip()))


@given(IDS, SEEDS, st.integers(1, 20), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_a_larger_sample_holds_the_smaller(
    ids: list[str], seed: str, count: int, random: object
) -> None:
    mixed = sorted(ids, key=lambda one: hashlib.sha1(one.encode()).digest())  # noqa: S324
    try:
        drawn = draw(ids, Draw(count, seed))
    except UnicodeEncodeError:
        return  # a lone surrogate has no UTF-8 form and comes from no keyboard
    assert draw(mixed, Draw(count, seed)) == drawn
    assert len(drawn) == min(count, len(ids))
    assert draw(ids, Draw(count + 1, seed))[: len(drawn)] == drawn
    assert population_digest(mixed) == population_digest(ids)


def test_the_printed_rule_is_the_rule() -> None:
    told = "Prüfung 2026\nM-00007".encode()
    assert hashlib.sha256(told).hexdigest() == rank_hash("Prüfung 2026", "M-00007")
    ids = [f"M-{number:05}" for number in range(1, 31)]
    best = sorted(ids, key=lambda one: rank_hash("Prüfung 2026", one))[:3]
    assert [one.id for one in draw(ids, Draw(3, "Prüfung 2026"))] == best
    whole = hashlib.sha256("".join(f"{one}\n" for one in ids).encode()).hexdigest()
    assert population_digest(reversed(ids)) == whole


@pytest.mark.parametrize(
    ("count", "seed", "code"),
    [(0, "x", "count_refused"), (1, " ", "seed_missing"), (1, "x" * 201, "seed_too_long")],
)
def test_what_nobody_could_repeat_is_refused(count: int, seed: str, code: str) -> None:
    with pytest.raises(AppError, match=f"sample.{code}"):
        Draw(count, seed)

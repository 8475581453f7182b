"""The head kept outside finds what the file itself cannot: a tail cut off, a fork."""

import multiprocessing
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.anchor import LastSeen, check, forget, last_seen, remember
from mlops_desktop.ledger.tree import Frontier, leaf_hash
from tests.ledger.conftest import AT

_LEAVES = [leaf_hash(bytes([number])) for number in range(60)]


def _frontier(leaves: Sequence[bytes]) -> Frontier:
    return Frontier().extend(leaves)


def _remember(leaves: Sequence[bytes], verified: int = 0) -> LastSeen:
    frontier = _frontier(leaves)
    return remember("w1", "note", frontier.size, frontier.root(), AT, verified=verified)


def _check(leaves: list[bytes]) -> LastSeen | None:
    return check("w1", _frontier(leaves), lambda size: leaves[:size])


def test_what_is_remembered_is_read_back(home: Path) -> None:
    assert last_seen("w1") is None
    assert _check(_LEAVES) is None
    kept = _remember(_LEAVES[:7])
    assert last_seen("w1") == kept
    assert kept.at == AT
    assert (home / "heads" / "w1.json").read_bytes() == kept.to_bytes()
    forget("w1")
    assert last_seen("w1") is None


def test_growth_is_fine_and_reads_leaves_only_then() -> None:
    seen = _remember(_LEAVES[:7])
    assert _check(_LEAVES[:20]) == seen
    assert check("w1", _frontier(_LEAVES[:7]), _never) == seen


@settings(max_examples=60)
@given(st.integers(1, 60), st.integers(0, 59))
def test_every_shortened_history_is_found(size: int, cut: int) -> None:
    forget("w1")
    _remember(_LEAVES[:size])
    left = min(cut, size - 1)
    with pytest.raises(AppError, match=r"ledger\.history_shortened") as refused:
        _check(_LEAVES[:left])
    assert refused.value.parameters["now"] == left
    assert refused.value.parameters["size"] == size


@settings(max_examples=60)
@given(st.integers(1, 60), st.data())
def test_every_fork_is_found(size: int, data: st.DataObject) -> None:
    forget("w1")
    _remember(_LEAVES[:size])
    forked = list(_LEAVES)
    forked[data.draw(st.integers(0, size - 1))] = leaf_hash(b"another")
    length = data.draw(st.integers(size, 60))
    with pytest.raises(AppError, match=r"ledger\.history_changed"):
        _check(forked[:length])


def test_a_smaller_head_does_not_replace_a_larger() -> None:
    kept = _remember(_LEAVES[:20])
    assert _remember(_LEAVES[:7]) == kept == last_seen("w1")


def test_another_root_of_the_same_size_is_refused() -> None:
    kept = _remember(_LEAVES[:20])
    with pytest.raises(AppError, match=r"ledger\.history_changed"):
        _remember([*_LEAVES[:19], leaf_hash(b"another")])
    assert last_seen("w1") == kept


def test_what_was_verified_stays_known() -> None:
    _remember(_LEAVES[:20], verified=20)
    assert _remember(_LEAVES[:25]).verified == 20
    later = remember("w1", "n", 25, _frontier(_LEAVES[:25]).root(), AT + timedelta(1), verified=25)
    assert (later.verified, later.at) == (25, AT + timedelta(1))


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"checkpoint":"n","size":-1,"root":"' + b"00" * 32 + b'","at":"2026-01-31T08:15:00Z"}',
        b'{"checkpoint":"n","size":1,"root":"00","at":"2026-01-31T08:15:00Z"}',
        b'{"checkpoint":"n","size":1,"root":"' + b"00" * 32 + b'","at":"yesterday"}',
        b'{"checkpoint":"n","size":1,"root":"'
        + b"00" * 32
        + b'","at":"2026-01-31T08:15:00Z","verified":2}',
    ],
    ids=range(8),
)
def test_a_damaged_head_is_said_and_not_taken_for_none(home: Path, stored: bytes) -> None:
    _remember(_LEAVES[:3])
    (home / "heads" / "w1.json").write_bytes(stored)
    with pytest.raises(AppError, match=r"anchor\.damaged"):
        last_seen("w1")
    with pytest.raises(AppError, match=r"anchor\.damaged"):
        _remember(_LEAVES[:4])


def _grow(folder: str, sizes: list[int]) -> None:
    os.environ["MLOPS_DESKTOP_HOME"] = folder
    for size in sizes:
        _remember(_LEAVES[:size])


def test_processes_never_take_a_head_back(home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=_grow, args=(str(home), list(range(1 + odd, 40, 2))))
        for odd in range(2)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    seen = last_seen("w1")
    assert seen
    assert (seen.size, seen.root) == (39, _frontier(_LEAVES[:39]).root())


def _never(size: int) -> Sequence[bytes]:
    raise AssertionError(f"nobody should read {size} leaves")

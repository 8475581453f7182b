"""The tree against published trees and a naive reading of RFC 9162 section 2.1.1."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.tree import EMPTY_ROOT, Frontier, Levels, leaf_hash, leaf_hashes, root_of

_BODIES = [bytes([number]) * (number % 7) for number in range(131)]
LEAVES = leaf_hashes(_BODIES)

# The reference tree of Certificate Transparency's implementations (transparency-dev/merkle,
# testonly/constants.go): leaf inputs and the root at every size.
_INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(leaves: list[bytes]) -> bytes:
    if len(leaves) <= 1:
        return leaves[0] if leaves else sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\1" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def test_published_roots() -> None:
    leaves = [leaf_hash(bytes.fromhex(text)) for text in _INPUTS]
    assert [root_of(leaves[:size]).hex() for size in range(9)] == _ROOTS


def test_every_size_equals_the_definition() -> None:
    frontier = Frontier()
    for size, leaf in enumerate([*LEAVES, b""]):
        expected = naive_root(LEAVES[:size])
        assert frontier.root() == expected == root_of(LEAVES[:size])
        assert Levels.over(LEAVES).root(0, size) == expected
        assert Frontier.from_bytes(frontier.to_bytes()) == frontier
        frontier = frontier.append(leaf)


@given(st.lists(st.integers(0, 40), max_size=5))
def test_appending_in_any_portions_gives_one_frontier(portions: list[int]) -> None:
    frontier, one_by_one, start = Frontier(), Frontier(), 0
    for portion in portions:
        leaves = [leaf_hash(bytes([number])) for number in range(start, start + portion)]
        frontier = frontier.extend(iter(leaves))
        for leaf in leaves:
            one_by_one = one_by_one.append(leaf)
        start += portion
    assert frontier == one_by_one
    assert len(frontier.peaks) == frontier.size.bit_count()


def test_the_empty_tree() -> None:
    assert Frontier().root() == EMPTY_ROOT == sha256(b"").digest()
    assert Frontier().extend([]) == Frontier()


@pytest.mark.parametrize("change", [b"", b"\0", b"\1" * 32])
def test_a_damaged_frontier_is_refused(change: bytes) -> None:
    stored = Frontier().extend(LEAVES[:5]).to_bytes()
    damaged = stored + change if change else stored[:-1]
    with pytest.raises(AppError, match=r"frontier\.damaged"):
        Frontier.from_bytes(damaged)


def test_a_million_leaves_need_one_pass() -> None:
    leaf = leaf_hash(b"event")
    frontier = Frontier().extend([leaf] * 2**18)
    for _ in range(18):
        leaf = sha256(b"\1" + leaf + leaf).digest()
    assert frontier.root() == leaf

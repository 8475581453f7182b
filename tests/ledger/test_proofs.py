"""Proofs: published vectors, every small size against the definition, and every flipped bit."""

import json
from base64 import b64decode
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.proofs import (
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from mlops_desktop.ledger.tree import Levels, leaf_hash, root_of

Row: TypeAlias = tuple[str, int, int, str, str, list[str] | None, bool]

_VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "transparency-dev-merkle.json").read_text("utf-8")
)
_LEAVES = [leaf_hash(bytes([number])) for number in range(130)]
_ROOTS = [root_of(_LEAVES[:size]) for size in range(131)]
_LEVELS = Levels.over(_LEAVES)


def _split(width: int) -> int:
    split = 1
    while split * 2 < width:
        split *= 2
    return split


def _naive_inclusion(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) <= 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*_naive_inclusion(index, leaves[:split]), root_of(leaves[split:])]
    return [*_naive_inclusion(index - split, leaves[split:]), root_of(leaves[:split])]


def _naive_consistency(old: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [root_of(leaves)]
    split = _split(len(leaves))
    if old <= split:
        left = _naive_consistency(old, leaves[:split], whole=whole)
        return [*left, root_of(leaves[split:])]
    right = _naive_consistency(old - split, leaves[split:], whole=False)
    return [*right, root_of(leaves[:split])]


@pytest.mark.parametrize("row", _VECTORS["inclusion"], ids=lambda row: row[0])
def test_published_inclusion_vectors(row: Row) -> None:
    _, index, size, leaf, root, proof, refused = row
    steps = [b64decode(step) for step in proof or ()]
    arguments = (b64decode(leaf), index, size, steps, b64decode(root))
    if refused:
        with pytest.raises(AppError, match=r"^proof\."):
            verify_inclusion(*arguments)
    else:
        verify_inclusion(*arguments)


@pytest.mark.parametrize("row", _VECTORS["consistency"], ids=lambda row: row[0])
def test_published_consistency_vectors(row: Row) -> None:
    _, old, new, old_root, new_root, proof, refused = row
    steps = [b64decode(step) for step in proof or ()]
    arguments = (old, new, b64decode(old_root), b64decode(new_root), steps)
    if refused:
        with pytest.raises(AppError, match=r"^proof\."):
            verify_consistency(*arguments)
    else:
        verify_consistency(*arguments)


def test_every_inclusion_proof_up_to_130() -> None:
    for size in range(1, 131):
        for index in range(0, size, 1 if size < 40 else 7):
            proof = inclusion_proof(_LEVELS, index, size)
            verify_inclusion(_LEAVES[index], index, size, proof, _ROOTS[size])
            if size < 40:
                assert list(proof) == _naive_inclusion(index, _LEAVES[:size])


def test_every_consistency_proof_up_to_130() -> None:
    for new in range(131):
        for old in range(0, new + 1, 1 if new < 40 else 7):
            proof = consistency_proof(_LEVELS, old, new)
            verify_consistency(old, new, _ROOTS[old], _ROOTS[new], proof)
            if old > 0 and new < 40:
                assert list(proof) == _naive_consistency(old, _LEAVES[:new])


def test_proofs_from_leaves_and_from_levels_are_the_same() -> None:
    assert inclusion_proof(_LEAVES, 5, 77) == inclusion_proof(_LEVELS, 5, 77)
    assert consistency_proof(_LEAVES, 5, 77) == consistency_proof(_LEVELS, 5, 77)


@given(st.integers(2, 130), st.data())
def test_a_flipped_bit_breaks_an_inclusion_proof(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    parts = [_LEAVES[index], _ROOTS[size], *inclusion_proof(_LEVELS, index, size)]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[which] = _flip(parts[which], bit)
    with pytest.raises(AppError, match=r"proof\.root_differs"):
        verify_inclusion(parts[0], index, size, parts[2:], parts[1])


@given(st.integers(2, 130), st.data())
def test_a_flipped_bit_breaks_a_consistency_proof(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    parts = [_ROOTS[old], _ROOTS[new], *consistency_proof(_LEVELS, old, new)]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[which] = _flip(parts[which], bit)
    with pytest.raises(AppError, match=r"proof\.root_differs"):
        verify_consistency(old, new, parts[0], parts[1], parts[2:])


@settings(max_examples=50)
@given(st.integers(1, 130), st.data())
def test_a_proof_of_another_length_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(_LEVELS, index, size)
    for changed in ((*proof, _LEAVES[0]), proof[:-1]):
        if changed != proof:
            with pytest.raises(AppError, match=r"proof\.wrong_length"):
                verify_inclusion(_LEAVES[index], index, size, changed, _ROOTS[size])


def test_nothing_outside_the_tree_is_proved() -> None:
    for index, size in ((-1, 5), (5, 5), (0, 131), (0, 0)):
        with pytest.raises(AppError, match=r"proof\.outside_tree"):
            inclusion_proof(_LEAVES, index, size)
    for old, new in ((-1, 5), (6, 5), (0, 131)):
        with pytest.raises(AppError, match=r"proof\.outside_tree"):
            consistency_proof(_LEAVES, old, new)


def _flip(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)

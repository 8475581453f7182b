"""Inclusion and consistency proofs of the Merkle tree and their checks (RFC 9162 section 2.1)."""

from collections.abc import Iterator, Sequence

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.tree import EMPTY_ROOT, HASH_BYTES, Levels, node_hash


def inclusion_proof(leaves: Sequence[bytes] | Levels, index: int, size: int) -> tuple[bytes, ...]:
    """Return the hashes from the leaf's sibling up to the root's child (section 2.1.3.1).

    ``leaves`` are the leaf hashes, at least ``size`` of them, or their :class:`Levels` when many
    proofs are wanted. Raises AppError ``proof.outside_tree``.
    """
    if not 0 <= index < size <= _count(leaves):
        raise AppError("proof.outside_tree", index=index, size=size)
    levels = _levels(leaves, size)
    return tuple(levels.root(start, end) for start, end in _siblings(index, 0, size))


def _siblings(index: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start == 1:
        return
    middle = start + _split(end - start)
    if index < middle:
        yield from _siblings(index, start, middle)
        yield middle, end
    else:
        yield from _siblings(index, middle, end)
        yield start, middle


def consistency_proof(leaves: Sequence[bytes] | Levels, old: int, new: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from the root at size ``old`` to that at ``new`` (2.1.4.1).

    Raises AppError ``proof.outside_tree``.
    """
    if not 0 <= old <= new <= _count(leaves):
        raise AppError("proof.outside_tree", index=old, size=new)
    if old in {0, new}:
        return ()
    levels = _levels(leaves, new)
    return tuple(levels.root(start, end) for start, end in _subproof(old, 0, new, whole=True))


def _subproof(old: int, start: int, end: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    if old == end:
        if not whole:
            yield start, end
        return
    middle = start + _split(end - start)
    if old <= middle:
        yield from _subproof(old, start, middle, whole=whole)
        yield middle, end
    else:
        yield from _subproof(old, middle, end, whole=False)
        yield start, middle


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that ``leaf`` (a leaf hash) stands at ``index`` in the tree of ``size`` and ``root``.

    RFC 9162 section 2.1.3.2. Raises AppError ``proof.outside_tree``, ``proof.not_hashes``,
    ``proof.wrong_length`` or ``proof.root_differs``.
    """
    if not 0 <= index < size:
        raise AppError("proof.outside_tree", index=index, size=size)
    _verify_hashes((leaf, *proof))
    position, last, computed = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise AppError("proof.wrong_length", hashes=len(proof))
        if position & 1 or position == last:
            computed = node_hash(step, computed)
            position, last = _up_to_odd(position, last)
        else:
            computed = node_hash(computed, step)
        position, last = position >> 1, last >> 1
    if last:
        raise AppError("proof.wrong_length", hashes=len(proof))
    if computed != root:
        raise AppError("proof.root_differs", size=size)


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree of size ``old`` is a prefix of that of size ``new``.

    RFC 9162 section 2.1.4.2; the empty tree is a prefix of every tree. Raises AppError
    ``proof.outside_tree``, ``proof.not_hashes``, ``proof.wrong_length`` or
    ``proof.root_differs``.
    """
    if not 0 <= old <= new:
        raise AppError("proof.outside_tree", index=old, size=new)
    _verify_hashes(proof)
    if old in {0, new}:
        _verify_trivial(old, new, old_root, new_root, proof)
        return
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        raise AppError("proof.wrong_length", hashes=0)
    computed_old, computed_new = _fold(old, new, path)
    if computed_old != old_root:
        raise AppError("proof.root_differs", size=old)
    if computed_new != new_root:
        raise AppError("proof.root_differs", size=new)


def _verify_hashes(steps: Sequence[bytes]) -> None:
    if any(len(step) != HASH_BYTES for step in steps):
        raise AppError("proof.not_hashes")


def _verify_trivial(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    if proof:
        raise AppError("proof.wrong_length", hashes=len(proof))
    if old == 0:
        _verify_hashes((new_root,))  # nothing else ties it to a tree
    if old_root != (EMPTY_ROOT if old == 0 else new_root):
        raise AppError("proof.root_differs", size=old)
    if new == 0 and new_root != EMPTY_ROOT:
        raise AppError("proof.root_differs", size=new)


def _fold(old: int, new: int, path: list[bytes]) -> tuple[bytes, bytes]:
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    computed_old = computed_new = path[0]
    for step in path[1:]:
        if last == 0:
            raise AppError("proof.wrong_length", hashes=len(path))
        if position & 1 or position == last:
            computed_old = node_hash(step, computed_old)
            computed_new = node_hash(step, computed_new)
            position, last = _up_to_odd(position, last)
        else:
            computed_new = node_hash(computed_new, step)
        position, last = position >> 1, last >> 1
    if last:
        raise AppError("proof.wrong_length", hashes=len(path))
    return computed_old, computed_new


def _up_to_odd(position: int, last: int) -> tuple[int, int]:
    # On the ragged right edge, levels without a left sibling are passed over.
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _split(width: int) -> int:
    """Return the largest power of two below ``width``."""
    return 1 << (width - 1).bit_length() - 1


def _count(leaves: Sequence[bytes] | Levels) -> int:
    return leaves.size if isinstance(leaves, Levels) else len(leaves)


def _levels(leaves: Sequence[bytes] | Levels, size: int) -> Levels:
    return leaves if isinstance(leaves, Levels) else Levels.over(leaves[:size])

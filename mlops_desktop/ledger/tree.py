"""The Merkle tree over the events (RFC 9162 section 2.1, the same tree as RFC 6962's).

A leaf is SHA-256(0x00 ‖ body), an inner node SHA-256(0x01 ‖ left ‖ right). Proofs and their
checks stand in :mod:`mlops_desktop.ledger.proofs`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from mlops_desktop.core.errors import AppError

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
_SIZE_BYTES = 8


def leaf_hash(body: bytes) -> bytes:
    """Return the 32-byte hash of the leaf that holds ``body``."""
    return sha256(b"\0" + body).digest()


def leaf_hashes(bodies: Iterable[bytes]) -> list[bytes]:
    """Return the leaf hash of each body, in order; the fast form for many."""
    digest = sha256
    return [digest(b"\0" + body).digest() for body in bodies]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte hash of an inner node over its two children."""
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """What must be kept to append to a tree: its size and the roots of its complete subtrees.

    ``peaks`` are ordered from the largest subtree (leftmost leaves) to the smallest, one for each
    bit set in ``size``.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> "Frontier":
        """Return the frontier after one more leaf hash."""
        peaks = list(self.peaks)
        size = self.size
        while size & 1:
            leaf = node_hash(peaks.pop(), leaf)
            size >>= 1
        return Frontier(self.size + 1, (*peaks, leaf))

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """Return the frontier after all of ``leaves``; under one hash a leaf."""
        nodes = list(leaves)
        if not nodes:
            return self
        size, total = self.size, self.size + len(nodes)
        old = list(self.peaks)
        peaks: list[bytes] = []
        while nodes:
            if size & 1:
                nodes.insert(0, old.pop())
            if len(nodes) & 1:
                peaks.append(nodes.pop())
            nodes = _parents(nodes)
            size >>= 1
        return Frontier(total, (*old, *reversed(peaks)))

    def root(self) -> bytes:
        """Return the root of the whole tree; SHA-256 of nothing for the empty one."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            root = node_hash(peak, root)
        return root

    def to_bytes(self) -> bytes:
        """Return size (8 bytes, big-endian) and peaks, for storing beside the events."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Frontier":
        """Read what :meth:`to_bytes` wrote; raises AppError ``frontier.damaged``."""
        size = int.from_bytes(stored[:_SIZE_BYTES], "big")
        if len(stored) != _SIZE_BYTES + HASH_BYTES * size.bit_count():
            raise AppError("frontier.damaged", bytes=len(stored))
        starts = range(_SIZE_BYTES, len(stored), HASH_BYTES)
        return cls(size, tuple(stored[start : start + HASH_BYTES] for start in starts))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over these leaf hashes."""
    return Frontier().extend(leaves).root()


@dataclass(frozen=True, slots=True)
class Levels:
    """Every complete subtree's root of one tree, level by level, for making many proofs.

    ``nodes[level][index]`` covers the leaves from ``index << level`` on, ``1 << level`` of them.
    Twice the memory of the leaf hashes.
    """

    nodes: tuple[list[bytes], ...]

    @classmethod
    def over(cls, leaves: Sequence[bytes]) -> "Levels":
        """Return the levels over these leaf hashes; one hash a leaf."""
        nodes = [list(leaves)]
        while len(nodes[-1]) > 1:
            nodes.append(_parents(nodes[-1]))
        return cls(tuple(nodes))

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self.nodes[0])

    def root(self, start: int, end: int) -> bytes:
        """Return the root over the leaves ``start`` ≤ i < ``end``.

        ``start`` must be a multiple of the smallest power of two that is not below the width, as
        it is for every subtree that a proof names.
        """
        root = b""
        while start < end:
            level = (end & -end).bit_length() - 1
            level = min(level, (end - start).bit_length() - 1)
            node = self.nodes[level][(end >> level) - 1]
            root = node_hash(node, root) if root else node
            end -= 1 << level
        return root or EMPTY_ROOT


def _parents(nodes: list[bytes]) -> list[bytes]:
    # A last node without a sibling is left out: it belongs to the ragged right edge.
    digest = sha256
    pairs = zip(islice(nodes, 0, None, 2), islice(nodes, 1, None, 2), strict=False)
    return [digest(b"\1" + left + right).digest() for left, right in pairs]

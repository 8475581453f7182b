"""What is verified, and what verifying found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.restores import Restore

POSITIONS, FORMS, LEAVES, HEADS, LAST_SEEN, DECISIONS = range(1, 7)
NAMES = {
    POSITIONS: "positions",
    FORMS: "forms",
    LEAVES: "leaves",
    HEADS: "heads",
    LAST_SEEN: "last_seen",
    DECISIONS: "decisions",
}
"""The checks by number; the words stand under ``ledger.checks`` in the wording."""


@dataclass(frozen=True, slots=True)
class StoredPart:
    """Events as they lie in a database, by column: places, leaf hashes and bytes, all as many."""

    positions: Sequence[int]
    leaves: Sequence[bytes]
    bodies: Sequence[bytes]


def split_at_gaps(part: StoredPart, withheld: Mapping[int, bytes]) -> Iterator[StoredPart]:
    """Yield the part in pieces, each ending before events that are withheld."""
    start = 0
    for index, position in enumerate(part.positions if withheld else (), 1):
        if position + 1 in withheld:
            yield _piece(part, start, index)
            start = index
    if start < len(part.positions):
        yield _piece(part, start, len(part.positions))


def _piece(part: StoredPart, start: int, end: int) -> StoredPart:
    return StoredPart(part.positions[start:end], part.leaves[start:end], part.bodies[start:end])


@dataclass(frozen=True, slots=True)
class StoredCheckpoint:
    """A signed head as it lies in a database: the size it is kept under, and the note."""

    size: int
    note: str


@dataclass(frozen=True, slots=True)
class Failure:
    """The first thing a check found wrong: where, and the error that says what."""

    position: int
    check: int
    error: AppError


@dataclass(frozen=True, slots=True)
class Check:
    """One numbered check: its name, how many things it looked at, and its failure if any."""

    number: int
    name: str
    examined: int
    failure: Failure | None

    @property
    def ok(self) -> bool:
        """Whether nothing was found wrong."""
        return self.failure is None


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying a ledger found: its size and root, and every check with its result.

    ``restores`` are those on record whose signatures are good; ``is_gone_back`` tells that the
    head last seen is no prefix, but is one that a restore names as lost.
    """

    size: int
    root: bytes
    checks: tuple[Check, ...]
    restores: tuple[Restore, ...] = ()
    is_gone_back: bool = False

    @property
    def ok(self) -> bool:
        """Whether every check passed."""
        return all(check.ok for check in self.checks)

    @property
    def first_failure(self) -> Failure | None:
        """The failure at the lowest position; of several there, that of the first check."""
        found = [check.failure for check in self.checks if check.failure]
        return min(found, key=lambda failure: (failure.position, failure.check), default=None)

"""The numbered checks of a ledger, over stored rows; knows no database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import MappingProxyType

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.anchor import LastSeen, check_prefix
from mlops_desktop.ledger.body import Tree
from mlops_desktop.ledger.checkpoint import open_checkpoint
from mlops_desktop.ledger.decisions import Decisions, is_decision
from mlops_desktop.ledger.enrolment import LearnedEnrolment, is_learned
from mlops_desktop.ledger.forms import examine, find_telling, read_event
from mlops_desktop.ledger.receipts import Receipts, is_receipt
from mlops_desktop.ledger.restores import Restore, is_restore, read_restore
from mlops_desktop.ledger.tree import Levels, leaf_hashes
from mlops_desktop.ledger.verification import (
    DECISIONS,
    FORMS,
    HEADS,
    LAST_SEEN,
    LEAVES,
    NAMES,
    POSITIONS,
    Check,
    Failure,
    StoredCheckpoint,
    StoredPart,
    Verification,
    split_at_gaps,
)


def verify(
    parts: Iterable[StoredPart],
    checkpoints: Iterable[StoredCheckpoint],
    seen: LastSeen | None = None,
    *,
    forms_from: int = 0,
    withheld: Mapping[int, bytes] = MappingProxyType({}),
) -> Verification:
    """Check stored events (in order of position) and their signed heads.

    1 positions run from 0 without a gap; 2 each body is canonical and within the limits; 3 each
    leaf is the hash of its body; 4 each head's root is that of the tree at its size, signed by a
    device enrolled then, and the last covers all events; 5 the head last ``seen`` is a prefix, or
    a signed restore names that very head as lost; 6 decisions are signed by the certificate
    enrolled then and name a head of this history; those that a receipt holds back decide
    nothing and are not asked.

    ``forms_from`` leaves out check 2 below a size that an earlier verification covered: check 5
    proves those bytes unchanged. ``withheld`` gives the leaves of events whose bodies an extract
    leaves out: they count for positions and heads alone. Nothing is raised for what is found; a
    failure names the first event that can be at fault.
    """
    ledger = _Ledger(forms_from)
    ledger.pass_over(withheld)
    for part in parts:
        for piece in split_at_gaps(part, withheld):
            ledger.read(piece)
            ledger.pass_over(withheld)
    levels = Levels.over(ledger.leaves)
    ledger.check_heads(sorted(checkpoints, key=lambda kept: kept.size), levels)
    restores = ledger.read_restores(levels)
    is_gone_back = ledger.check_last_seen(seen, levels, restores)
    ledger.check_decisions(levels)
    checks = tuple(
        Check(number, name, ledger.examined.get(number, 0), ledger.failures.get(number))
        for number, name in NAMES.items()
    )
    root = levels.root(0, levels.size)
    return Verification(levels.size, root, checks, restores, is_gone_back)


@dataclass(slots=True)
class _Ledger:
    forms_from: int
    leaves: list[bytes] = field(default_factory=list)
    enrolment: LearnedEnrolment = field(default_factory=LearnedEnrolment)
    receipts: Receipts = field(default_factory=Receipts)
    decisions: list[tuple[int, Mapping[str, Tree]]] = field(default_factory=list)
    failures: dict[int, Failure] = field(default_factory=dict)
    examined: dict[int, int] = field(default_factory=dict)

    def read(self, part: StoredPart) -> None:
        start = len(self.leaves)
        self._check_positions(start, part.positions)
        hashes = leaf_hashes(part.bodies)
        self._check_leaves(start, hashes, part.leaves)
        self.leaves += hashes
        if len(self.leaves) > self.forms_from:
            self._check_forms(start, part.bodies)
        else:
            self._pick(start, part.bodies)

    def pass_over(self, withheld: Mapping[int, bytes]) -> None:
        """Take the leaves of withheld events that come next for granted: heads cover them too."""
        while (leaf := withheld.get(len(self.leaves))) is not None:
            self.leaves.append(leaf)

    def _check_positions(self, start: int, positions: Sequence[int]) -> None:
        self._count(POSITIONS, len(positions))
        if list(positions) == list(range(start, start + len(positions))):
            return
        for expected, found in enumerate(positions, start):
            if expected != found:
                told = AppError("ledger.position_broken", expected=expected, found=found)
                self._fail(POSITIONS, expected, told)
                return

    def _check_leaves(self, start: int, hashes: list[bytes], leaves: Sequence[bytes]) -> None:
        self._count(LEAVES, len(leaves))
        if hashes == list(leaves):
            return
        pairs = zip(hashes, leaves, strict=True)
        wrong = next(index for index, (made, kept) in enumerate(pairs) if made != kept)
        self._fail(LEAVES, start + wrong, AppError("ledger.leaf_differs"))

    def _check_forms(self, start: int, bodies: Sequence[bytes]) -> None:
        examined = examine(bodies)
        sound = examined.sound
        self._count(FORMS, len(bodies))
        self._learn(start, bodies, examined.telling)
        if examined.refusal:
            self._fail(FORMS, start + sound, examined.refusal)
            self._pick(start + sound + 1, bodies[sound + 1 :])

    def _pick(self, start: int, bodies: Sequence[bytes]) -> None:
        """Read only those bodies that say who may sign, or are signed."""
        self._learn(start, bodies, find_telling(bodies))

    def _learn(self, start: int, bodies: Sequence[bytes], telling: Iterable[int]) -> None:
        for index in telling:
            with self._noting(FORMS, start + index):
                self._learn_one(start + index, read_event(bodies[index]))

    def _learn_one(self, position: int, event: Mapping[str, Tree]) -> None:
        if self.receipts.is_held(event):
            return
        if is_receipt(event):
            self.receipts.learn(event)
        if is_decision(event) or self.enrolment.must_be_vouched(position, event):
            self.decisions.append((position, event))
        if is_learned(event):
            with self._noting(DECISIONS, position):
                self.enrolment.learn(position, event)

    def check_heads(self, checkpoints: list[StoredCheckpoint], levels: Levels) -> None:
        covered = 0
        for kept in checkpoints:
            self._count(HEADS, 1)
            with self._noting(HEADS, self._place(covered, kept.size)):
                self._check_head(kept, covered, levels)
            covered = kept.size
        if covered < levels.size:
            missing = AppError("ledger.head_missing", size=covered, now=levels.size)
            self._fail(HEADS, covered, missing)

    def _check_head(self, kept: StoredCheckpoint, covered: int, levels: Levels) -> None:
        keys = self.enrolment.device_keys(covered, kept.size)
        head = open_checkpoint(kept.note, keys).checkpoint
        if head.size != kept.size or head.origin != self.enrolment.origin:
            raise AppError("ledger.head_misplaced", size=kept.size)
        if head.size > levels.size:
            raise AppError("ledger.events_missing", size=head.size, now=levels.size)
        if levels.root(0, head.size) != head.root:
            raise AppError("ledger.head_differs", size=head.size, start=covered)

    def read_restores(self, levels: Levels) -> tuple[Restore, ...]:
        """Return the restores that are good decisions; what is wrong with others is check 6's."""
        checker = Decisions(self.enrolment, lambda size: levels.root(0, size))
        found = []
        for position, event in self.decisions:
            if is_restore(event):
                with suppress(AppError):
                    checker.check(position, event)
                    found.append(read_restore(position, event))
        return tuple(found)

    def check_last_seen(
        self, seen: LastSeen | None, levels: Levels, restores: tuple[Restore, ...]
    ) -> bool:
        """Check that the head is a prefix; True where it is none, but a restore names it lost."""
        if seen is None:
            return False
        self._count(LAST_SEEN, 1)
        is_short = seen.size > levels.size  # then the first event missing is the one after the end
        place = levels.size if is_short else self._place(0, seen.size)
        try:
            check_prefix(seen, levels.size, lambda size: levels.root(0, size))
        except AppError as refusal:
            if any(restore.has_lost(seen.size, seen.root) for restore in restores):
                return True
            self._fail(LAST_SEEN, place, refusal)
        return False

    def check_decisions(self, levels: Levels) -> None:
        checker = Decisions(self.enrolment, lambda size: levels.root(0, size))
        for position, event in self.decisions:
            self._count(DECISIONS, 1)
            with self._noting(DECISIONS, position):
                checker.check(position, event)

    def _place(self, start: int, end: int) -> int:
        """Return where between two heads the fault lies: as an earlier check says, else first."""
        named = [failure.position for failure in self.failures.values()]
        return min((place for place in named if start <= place < end), default=start)

    @contextmanager
    def _noting(self, check: int, position: int) -> Iterator[None]:
        try:
            yield
        except AppError as refusal:
            self._fail(check, position, refusal)

    def _fail(self, check: int, position: int, error: AppError) -> None:
        self.failures.setdefault(check, Failure(position, check, error))

    def _count(self, check: int, things: int) -> None:
        self.examined[check] = self.examined.get(check, 0) + things

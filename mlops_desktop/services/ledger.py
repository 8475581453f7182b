"""The history and its proof: verify, checkpoint, inclusion proof, log."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

import mlops_desktop.ledger.verify as checks
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.ledger import anchor
from mlops_desktop.ledger.checkpoint import read_unverified
from mlops_desktop.ledger.proofs import inclusion_proof
from mlops_desktop.ledger.tlog_proof import TlogProof
from mlops_desktop.ledger.verification import (
    Check,
    StoredCheckpoint,
    StoredPart,
    Verification,
)
from mlops_desktop.services.log_about import About
from mlops_desktop.services.readings import NO_EVENT, READINGS, Finding, Reading, Report
from mlops_desktop.services.session import Session
from mlops_desktop.store import log
from mlops_desktop.store.queries import events as queries
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.unit_of_work import ReadSession

_OFTEN = 2_000
"""Events after which it is told again how many were read."""


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """One numbered check and the first thing it found wrong.

    ``examined`` is how many things the ledger's own checks looked at.
    """

    number: int
    name: str
    finding: Finding | None
    examined: int = 0

    @property
    def is_ok(self) -> bool:
        """Whether nothing was found wrong."""
        return self.finding is None


@dataclass(frozen=True, slots=True)
class LedgerVerdict:
    """What verifying the workspace found; ``anchored_at`` is the newest head that left it.

    ``withheld`` is how many events an extract leaves out: their places in the tree are proven,
    what they say cannot be checked.
    """

    size: int
    root: str
    checks: tuple[LedgerCheck, ...]
    anchored_at: datetime | None
    since_anchor: int
    withheld: int = 0

    @property
    def is_ok(self) -> bool:
        """Whether every check passed."""
        return all(check.is_ok for check in self.checks)

    @property
    def first_failure(self) -> LedgerCheck | None:
        """The failed check whose finding lies at the lowest event; one without an event last."""
        failed = [check for check in self.checks if check.finding is not None]
        return min(failed, key=self._place, default=None)

    def _place(self, check: LedgerCheck) -> tuple[int, int]:
        position = check.finding.position if check.finding else NO_EVENT
        return (self.size if position == NO_EVENT else position, check.number)


def _quiet(step: str, done: int, total: int | None) -> None:
    """Report nothing."""


def verify_ledger(
    session: Session, report: Report = _quiet, *, whole: bool = False
) -> LedgerVerdict:
    """Check the whole workspace: the log itself, then everything that is read from it.

    Nothing is raised for what is found. Checks 1 to 6 are the ledger's own; 7 projected rows and
    index columns against the events; 8 disclosures against their commitments; 9 kept answers
    against their digests; 10 every decision against the approval rules; 11 points
    against the digests of their batches; 12 what an extract leaves out against what whoever made
    it signed: a workspace that is no extract leaves nothing out.

    Check 2 leaves out the events that this profile verified before, since check 5 proves their
    bytes unchanged; ``whole`` has it read them again.
    """
    workspace = session.workspace
    with workspace.read() as view:
        report("ledger.verifying_log", 0, view.head().size)
        found = _verify_log(view, workspace.own_id, report, whole=whole)
        made = [*map(_log_check, found.checks)]
        made += _verify_readings(view, report)
        anchored_at, anchored_size = queries.last_anchor(view.connection)
        note = log.read_checkpoint(view.connection, found.size)
        withheld = len(log.read_withheld(view.connection))
    since = found.size - anchored_size
    size, root = found.size, found.root
    verdict = LedgerVerdict(size, root.hex(), tuple(made), anchored_at, since, withheld)
    if verdict.is_ok and note is not None:
        anchor.remember(workspace.own_id, note, size, root, clock.now(), verified=size)
    return verdict


def _telling(parts: Iterator[StoredPart], size: int, report: Report) -> Iterator[StoredPart]:
    """Pass the parts on and report how many events they were, each time enough are."""
    read = told = 0
    for part in parts:
        yield part
        read += len(part.positions)
        if read - told >= _OFTEN:
            told = read
            report("ledger.verifying_log", read, size)


def _verify_log(view: ReadSession, workspace: str, report: Report, *, whole: bool) -> Verification:
    notes = [StoredCheckpoint(size, note) for size, note in log.read_checkpoints(view.connection)]
    seen = anchor.last_seen(workspace)
    known = seen.verified if seen and not whole else 0
    parts = _telling(log.read_parts(view.connection), view.head().size, report)
    gaps = log.read_withheld(view.connection)
    return checks.verify(parts, notes, seen, forms_from=known, withheld=gaps)


def _log_check(check: Check) -> LedgerCheck:
    failure = check.failure
    found = Finding(failure.position, failure.error) if failure else None
    return LedgerCheck(check.number, check.name, found, check.examined)


def _verify_readings(view: ReadSession, report: Report) -> Iterator[LedgerCheck]:
    for number, (name, reading) in enumerate(READINGS, 7):
        yield LedgerCheck(number, name, _first(view, report, reading))


def _first(view: ReadSession, report: Report, reading: Reading) -> Finding | None:
    try:
        with closing(reading(view, report)) as found:
            return next(found, None)
    except AppError as error:
        return Finding(NO_EVENT, error)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        # An altered log can hold anything; the checks before this one name the event.
        told = AppError("ledger.unreadable", detail=type(error).__name__)
        return Finding(NO_EVENT, told)


@dataclass(frozen=True, slots=True)
class LogRow:
    """An event as people read it."""

    position: int
    id: str
    type: str
    at: datetime
    effective: datetime
    person: str
    agent: str | None
    summary: str
    leaf: str
    is_signed: bool = False
    """Whether a person's own key signed it, beside the device that signs every head."""
    fate: Fate | None = None
    """Why it counts for nothing, where it came back from a copy and is held back."""
    rule: str | None = None
    """The rule that refused it, where one did."""


def read_log(
    session: Session,
    *,
    model: str | None = None,
    limit: int | None = None,
    before: int | None = None,
) -> tuple[LogRow, ...]:
    """Return events, newest first, only those of one model if it is named."""
    with session.workspace.read() as view:
        subject = find_model(view.connection, model) if model else None
        found = queries.list_events(view.connection, subject=subject, limit=limit, before=before)
        about = About(view)
        return tuple(log_row(row, about) for row in found)


def log_row(row: queries.EventRow, about: About) -> LogRow:
    """Return an event as people read it."""
    envelope = row.envelope
    actor = envelope.actor
    return LogRow(
        row.position,
        envelope.id,
        row.type,
        envelope.at,
        envelope.effective,
        about.names.get(actor.person, actor.person),
        actor.agent,
        about.tell(envelope.payload),
        row.leaf,
        envelope.signature is not None,
        row.fate,
        row.rule,
    )


def newest_checkpoint(session: Session) -> str:
    """Return the signed checkpoint of the newest head; raises ``ledger.empty``."""
    with session.workspace.read() as view:
        return _note(view, view.head().size)


def _note(view: ReadSession, size: int) -> str:
    note = log.read_checkpoint(view.connection, size)
    if note is None:
        raise AppError("ledger.empty")
    return note


def prove_event(session: Session, named: str) -> str:
    """Return the content of a ``.tlog-proof`` file for an event named by position or id.

    Raises ``event.not_found``.
    """
    with session.workspace.read() as view:
        position = queries.find_event(view.connection, named)
        note = _note(view, view.head().size)
        size = read_unverified(note).size
        leaves = log.read_leaves(view.connection, size)
    return TlogProof(position, inclusion_proof(leaves, position, size), note).to_text()


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What the status bar says: size, when verified last, when a head left, events since."""

    size: int
    verified_size: int
    seen_at: datetime | None
    anchored_at: datetime | None
    since_anchor: int


def read_state(session: Session) -> LedgerState:
    """Return the ledger's state without checking it.

    Raises ``ledger.history_shortened`` where the workspace ends before the head last seen.
    """
    seen = anchor.last_seen(session.workspace.own_id)
    with session.workspace.read() as view:
        size = view.head().size
        anchored_at, anchored_size = queries.last_anchor(view.connection)
    if seen is not None and seen.size > size:
        at = clock.to_text(seen.at)
        raise AppError("ledger.history_shortened", size=seen.size, at=at, now=size)
    return LedgerState(
        size,
        seen.verified if seen else 0,
        seen.at if seen else None,
        anchored_at,
        size - anchored_size,
    )

"""The history and its proof: verify, checkpoint, inclusion proof, log."""

from dataclasses import dataclass
from datetime import datetime

import mlops_desktop.ledger.verify as checks
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.work import Report, unheard
from mlops_desktop.ledger import anchor
from mlops_desktop.ledger.anchor import LastSeen
from mlops_desktop.ledger.checkpoint import read_unverified
from mlops_desktop.ledger.proofs import inclusion_proof
from mlops_desktop.ledger.tlog_proof import TlogProof
from mlops_desktop.ledger.verification import (
    StoredCheckpoint,
    Verification,
)
from mlops_desktop.services.examining import check_readings, log_check, of_copy, telling
from mlops_desktop.services.ledger_verdict import LedgerCheck, LedgerVerdict, RestoreNote
from mlops_desktop.services.log_about import About
from mlops_desktop.services.remembering import holds
from mlops_desktop.services.session import Session
from mlops_desktop.store import log
from mlops_desktop.store.queries import events as queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.unit_of_work import ReadSession

__all__ = [
    "LedgerCheck",
    "LedgerState",
    "LedgerVerdict",
    "LogRow",
    "RestoreNote",
    "newest_checkpoint",
    "prove_event",
    "read_log",
    "read_state",
    "verify_ledger",
]


def verify_ledger(
    session: Session, report: Report = unheard, *, whole: bool = False
) -> LedgerVerdict:
    """Check the whole workspace: the log itself, then everything that is read from it.

    Nothing is raised for what is found. Checks 1 to 6 are the ledger's own; 7 projected rows and
    index columns against the events; 8 disclosures against their commitments; 9 kept answers
    against their digests; 10 every decision against the approval rules; 11 points
    against the digests of their batches; 12 what an extract leaves out against what whoever made
    it signed: a workspace that is no extract leaves nothing out.

    Check 2 leaves out the events that this profile verified before, since check 5 proves their
    bytes unchanged; ``whole`` has it read them again. Raises ``workspace.file_gone``,
    ``workspace.file_replaced``: what can be read then is not what will be opened next.
    """
    workspace = session.workspace
    workspace.check_place()
    with workspace.read() as view:
        report("ledger.verifying_log", 0, view.head().size)
        found = _verify_log(view, workspace.own_id, report, whole=whole)
        made = [log_check(one, is_copy=workspace.copy is not None) for one in found.checks]
        made += check_readings(view, report)
        anchored_at, anchored_size = queries.last_anchor(view.connection)
        note = log.read_checkpoint(view.connection, found.size)
        withheld = len(log.read_withheld(view.connection))
        restores = _restore_notes(view, found)
    since, root = found.size - anchored_size, found.root.hex()
    told = (anchored_at, since, withheld, restores)
    verdict = LedgerVerdict(found.size, root, tuple(made), *told)
    if verdict.is_ok and note is not None:
        _remember(workspace.own_id, note, found, verified=found.size)
    return verdict


def _remember(workspace: str, note: str, found: Verification, *, verified: int = 0) -> None:
    """Keep the head found, in place of one that a restore lost."""
    now = clock.now()
    if found.is_gone_back:
        seen = LastSeen(note, found.size, found.root, now, verified)
        anchor.go_back(seen, workspace, found.restores)
    else:
        anchor.remember(workspace, note, found.size, found.root, now, verified=verified)


def _restore_notes(view: ReadSession, found: Verification) -> tuple[RestoreNote, ...]:
    names = people.names(view.connection) if found.restores else {}
    return tuple(
        RestoreNote(one.position, one.at, names.get(one.person, one.person), one.lost)
        for one in found.restores
    )


def _verify_log(view: ReadSession, workspace: str, report: Report, *, whole: bool) -> Verification:
    seen = anchor.last_seen(workspace)
    known = seen.verified if seen and not whole else 0
    found = _verify_from(view, seen, report, known)
    if found.is_gone_back and known:
        # The head last seen is lost, so nothing proves that what it covered is unchanged.
        return _verify_from(view, seen, report, 0)
    return found


def _verify_from(
    view: ReadSession, seen: LastSeen | None, report: Report, known: int
) -> Verification:
    notes = [StoredCheckpoint(size, note) for size, note in log.read_checkpoints(view.connection)]
    parts = telling(log.read_parts(view.connection), view.head().size, report)
    gaps = log.read_withheld(view.connection)
    return checks.verify(parts, notes, seen, forms_from=known, withheld=gaps)


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
    concerns: str = ""
    """What the model or item it concerns is called, where it is told beside no model."""


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

    Raises as :func:`check_history`, ``workspace.file_gone``, ``workspace.file_replaced``.
    """
    session.workspace.check_place()
    seen = check_history(session)
    with session.workspace.read() as view:
        size = view.head().size
        anchored_at, anchored_size = queries.last_anchor(view.connection)
    return LedgerState(
        size,
        seen.verified if seen else 0,
        seen.at if seen else None,
        anchored_at,
        size - anchored_size,
    )


def check_history(session: Session) -> LastSeen | None:
    """Return the head last seen on this computer, which the workspace goes on from.

    Raises ``ledger.history_shortened`` where it ends before that, and ``ledger.history_changed``
    where it goes on without it.
    """
    seen = anchor.last_seen(session.workspace.own_id)
    if seen is not None and not holds(session.workspace, seen):
        seen = _after_restore(session, seen)
    return seen


def _without(seen: LastSeen, size: int) -> AppError:
    """Return what it means that a history does not go through the head last seen."""
    at = clock.to_text(seen.at)
    if seen.size > size:
        return AppError("ledger.history_shortened", size=seen.size, at=at, now=size)
    return AppError("ledger.history_changed", size=seen.size, at=at)


def _after_restore(session: Session, seen: LastSeen) -> LastSeen | None:
    """Return the head that counts now, where a signed restore names the one last seen as lost."""
    with session.workspace.read() as view:
        found = _verify_log(view, session.workspace.own_id, unheard, whole=False)
        note = log.read_checkpoint(view.connection, found.size)
    if note is None or not (found.is_gone_back and found.ok):
        error = _without(seen, found.size)
        raise of_copy(error) if session.workspace.copy is not None else error
    _remember(session.workspace.own_id, note, found)
    return anchor.last_seen(session.workspace.own_id)

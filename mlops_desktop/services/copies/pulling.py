"""Bringing a copy up to date: only onto a history that continues the one it knows."""

from dataclasses import dataclass, field
from itertools import chain

import mlops_desktop.ledger.verify as checks
from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.work import IsCancelled, Report, never, unheard
from mlops_desktop.ledger import anchor
from mlops_desktop.ledger.tree import leaf_hashes
from mlops_desktop.ledger.verification import LAST_SEEN, StoredCheckpoint, StoredPart
from mlops_desktop.services.session import Session
from mlops_desktop.store import log
from mlops_desktop.store.copies import Copy, must_read
from mlops_desktop.store.extracts import read_statement
from mlops_desktop.store.joining import Joined, Update, join, read_update
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came in: how many events, how many are still unshared, which kinds it touched."""

    came: int
    left: int
    size: int
    changes: Changes = field(default_factory=Changes)


def pull(
    session: Session,
    team: Session,
    report: Report = unheard,
    is_cancelled: IsCancelled = never,
) -> Pulled:
    """Bring the open copy up to its shared workspace; raises as :func:`take_update`."""
    if team.workspace.id != session.workspace.id or team.workspace.copy is not None:
        raise AppError("copy.other_workspace")
    with session.workspace.read() as view:
        base = must_read(view.connection).shared.size
    with team.workspace.read() as view:
        report("copies.pulling", 0, None)
        update = read_update(view.connection, base)
    return take_update(session, update, report, is_cancelled)


def take_update(
    session: Session,
    update: Update,
    report: Report = unheard,
    is_cancelled: IsCancelled = never,
) -> Pulled:
    """Verify an update and put it behind what the copy knows; the outbox stays behind it.

    Everything or nothing. Raises ``copy.none``, ``copy.history_changed`` where the update does
    not continue the copy's own history, ``copy.update_unsound``, ``copy.update_unfit``,
    ``copy.cancelled``.
    """
    workspace = session.workspace
    with workspace.read() as view:
        if read_statement(view.connection) is not None:
            raise AppError("copy.extract_stays")
        _verify(view, must_read(view.connection), update, workspace.id)

    def progress(done: int, total: int) -> None:
        report("copies.joining", done, total)
        if is_cancelled():
            raise AppError("copy.cancelled")

    def forget() -> None:
        # The copy's own head changes; where this is cut off, none is better than a false alarm.
        anchor.forget(workspace.own_id)

    joined = join(workspace.engine, update, clock.now(), workspace.sign_head, progress, forget)
    _remember(session, update, joined)
    if joined.has_erased:
        workspace.purge()
    came = update.size - update.base
    return Pulled(came, joined.left, joined.head.size, joined.changes)


def _verify(view: ReadSession, copy: Copy, update: Update, workspace: str) -> None:
    """Refuse what does not continue the copy's history, or does not hold by itself."""
    if (update.base, update.root) != (copy.shared.size, copy.shared.root()):
        raise AppError("copy.history_changed", size=copy.shared.size)
    bodies = update.parcel.bodies
    places = range(update.base, update.base + len(bodies))
    added = StoredPart(places, leaf_hashes(bodies), bodies)
    known = [note for note in log.read_checkpoints(view.connection) if note[0] <= update.base]
    notes = [StoredCheckpoint(*kept) for kept in (*known, *update.heads)]
    parts = chain(log.read_parts(view.connection, 0, update.base), (added,) if bodies else ())
    found = checks.verify(parts, notes, anchor.last_seen(workspace), forms_from=update.base)
    failure = found.first_failure
    if failure is None:
        return
    if failure.check == LAST_SEEN:
        raise AppError("copy.history_changed", size=copy.shared.size)
    told = failure.error.code
    raise AppError("copy.update_unsound", check=told, position=failure.position)


def _remember(session: Session, update: Update, joined: Joined) -> None:
    """Keep outside the file what was seen: the shared head as the team's, and the copy's own."""
    workspace, shared, now = session.workspace, joined.copy.shared, clock.now()
    if update.heads:
        note = update.heads[-1][1]
        anchor.remember(workspace.id, note, shared.size, shared.root(), now)
        if joined.note is None:
            anchor.remember(workspace.own_id, note, shared.size, shared.root(), now)
    if joined.note is not None:
        head = joined.head
        anchor.remember(workspace.own_id, joined.note, head.size, head.root(), now)

"""Bringing a copy up to date: only onto a history that continues the one it knows."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import mlops_desktop.ledger.verify as checks
from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.work import IsCancelled, Report, never, unheard
from mlops_desktop.ledger import anchor
from mlops_desktop.ledger.anchor import LastSeen
from mlops_desktop.ledger.tree import Frontier, leaf_hashes
from mlops_desktop.ledger.verification import (
    LAST_SEEN,
    StoredCheckpoint,
    StoredPart,
    Verification,
)
from mlops_desktop.services.care.generations import stamped
from mlops_desktop.services.session import Session
from mlops_desktop.store import log, transfer
from mlops_desktop.store.copies import must_read
from mlops_desktop.store.copying import write_copy
from mlops_desktop.store.extracts import read_statement
from mlops_desktop.store.fitting import fit
from mlops_desktop.store.forks import find_fork, read_cuts
from mlops_desktop.store.joining import Basis, Joined, Update, join, read_update
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came in: how many events, how many are still unshared, which kinds it touched.

    After a restore of the shared workspace also how many events the copy had beyond it (``lost``)
    and the file that still holds them.
    """

    came: int
    left: int
    size: int
    changes: Changes = field(default_factory=Changes)
    lost: int = 0
    aside: str | None = None


def pull(
    session: Session,
    team: Session,
    report: Report = unheard,
    is_cancelled: IsCancelled = never,
    *,
    after_restore: bool = False,
) -> Pulled:
    """Bring the open copy up to its shared workspace.

    Where that was restored from a backup older than the copy, ``copy.restored`` is raised, unless
    it is to go back with it (``after_restore``): then the file is kept aside as it was, and what
    is the person's own of the events lost waits in the outbox again. Raises as
    :func:`take_update`.
    """
    if team.workspace.id != session.workspace.id or team.workspace.copy is not None:
        raise AppError("copy.other_workspace")
    with session.workspace.read() as view:
        shared = must_read(view.connection).shared
        with team.workspace.read() as there:
            report("copies.pulling", 0, None)
            fork = find_fork(view.connection, read_cuts(there.connection, shared.size))
            update = read_update(there.connection, (fork or shared).size)
    return take_update(session, update, report, is_cancelled, after_restore=after_restore)


def take_update(
    session: Session,
    update: Update,
    report: Report = unheard,
    is_cancelled: IsCancelled = never,
    *,
    after_restore: bool = False,
) -> Pulled:
    """Verify an update and put it behind what the copy knows; the outbox stays behind it.

    Everything or nothing, and nothing where the copy has all of it already. After a restore as
    :func:`pull`. Raises ``copy.none``, ``copy.history_changed`` where the update does not continue
    the copy's own history, ``copy.update_…``, ``copy.restored``, ``copy.cancelled``.
    """
    with session.workspace.read() as view:
        if read_statement(view.connection) is not None:
            raise AppError("copy.extract_stays")
        copy = must_read(view.connection)
        fitted = fit(view.connection, copy, update)
        if fitted.update is None:
            size = view.head().size
            return Pulled(0, size - copy.shared.size, size)
    if fitted.fork is None:
        return _take(session, fitted.update, None, report, is_cancelled)
    if not after_restore:
        raise AppError("copy.restored", size=fitted.fork.size, lost=fitted.lost)
    aside = stamped(Path(session.workspace.place), clock.now())
    try:
        write_copy(session.workspace.engine, aside, lambda done, total: None)
        pulled = _take(session, fitted.update, fitted.fork, report, is_cancelled)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return replace(pulled, lost=fitted.lost, aside=str(aside))


def _take(
    session: Session,
    update: Update,
    fork: Frontier | None,
    report: Report,
    is_cancelled: IsCancelled,
) -> Pulled:
    workspace = session.workspace
    seen = anchor.last_seen(workspace.id)
    with workspace.read() as view:
        shared = fork or must_read(view.connection).shared
        # Who goes back with a restore has said so: the head last seen is what that lost.
        found = _verify(view, shared, update, None if fork else seen)
        given_up = seen if fork and seen and _knows(view, seen) else None

    def progress(done: int, total: int) -> None:
        report("copies.joining", done, total)
        if is_cancelled():
            raise AppError("copy.cancelled")

    def forget() -> None:
        # The copy's own head changes; where this is cut off, none is better than a false alarm.
        anchor.forget(workspace.own_id)

    basis = Basis(clock.now(), fork)
    joined = join(workspace.engine, update, basis, workspace.sign_head, progress, forget)
    _remember(session, update, joined, (found, given_up) if fork else None)
    if joined.has_erased:
        workspace.purge()
    came = update.size - update.base
    return Pulled(came, joined.left, joined.head.size, joined.changes)


def _knows(view: ReadSession, seen: LastSeen) -> bool:
    return transfer.has_head(view.connection, Seen(seen.size, seen.root.hex()))


def _verify(
    view: ReadSession, shared: Frontier, update: Update, seen: LastSeen | None
) -> Verification:
    """Refuse what does not continue the copy's history, or does not hold by itself."""
    if (update.base, update.root) != (shared.size, shared.root()):
        raise AppError("copy.history_changed", size=shared.size)
    bodies = update.parcel.bodies
    places = range(update.base, update.base + len(bodies))
    added = StoredPart(places, leaf_hashes(bodies), bodies)
    known = [note for note in log.read_checkpoints(view.connection) if note[0] <= update.base]
    notes = [StoredCheckpoint(*kept) for kept in (*known, *update.heads)]
    parts = chain(log.read_parts(view.connection, 0, update.base), (added,) if bodies else ())
    found = checks.verify(parts, notes, seen, forms_from=update.base)
    failure = found.first_failure
    if failure is None:
        return found
    if failure.check == LAST_SEEN:
        raise AppError("copy.history_changed", size=shared.size)
    told = failure.error.code
    raise AppError("copy.update_unsound", check=told, position=failure.position)


def _remember(
    session: Session,
    update: Update,
    joined: Joined,
    restored: tuple[Verification, LastSeen | None] | None,
) -> None:
    """Keep outside the file what was seen: the shared head as the team's, and the copy's own.

    What was seen of the team beyond the copy, and no restore names, stays: whoever opens the
    team's is told.
    """
    workspace, shared, now = session.workspace, joined.copy.shared, clock.now()
    if update.heads:
        note = update.heads[-1][1]
        if restored is None:
            anchor.remember(workspace.id, note, shared.size, shared.root(), now)
        else:
            with suppress(AppError):
                seen = LastSeen(note, shared.size, shared.root(), now)
                found, given_up = restored
                anchor.go_back(seen, workspace.id, found.restores, given_up)
        if joined.note is None:
            anchor.remember(workspace.own_id, note, shared.size, shared.root(), now)
    if joined.note is not None:
        head = joined.head
        anchor.remember(workspace.own_id, joined.note, head.size, head.root(), now)

"""A copy brought up to the shared history, in one transaction; what is unshared stays last."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.events.retention import TextErased
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import log, rebuild, transfer
from mlops_desktop.store.appending import Appending
from mlops_desktop.store.arriving import Arrivals, read_foreign, take_in
from mlops_desktop.store.copies import Copy, Unshared, must_read, read_unshared, write_copy
from mlops_desktop.store.earlier import EarlierRows, take_back
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.erasing import delete_disclosures
from mlops_desktop.store.faults import explained
from mlops_desktop.store.forks import Cut, forget_texts, read_cuts, read_lost
from mlops_desktop.store.lease import earliest_now
from mlops_desktop.store.pens import OWN_PEN
from mlops_desktop.store.replay import UNREADABLE, Touched
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.ledger import checkpoints, events
from mlops_desktop.store.transfer import Parcel

_BATCH = 5_000
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Update:
    """What a shared history has beyond the first ``base`` events, whose root is ``root``.

    ``heads`` are the signed heads of the sizes beyond.
    """

    base: int
    root: bytes
    size: int
    parcel: Parcel
    heads: tuple[tuple[int, str], ...]
    at: datetime | None = None
    """By whose clock the lease counts, if not by the copy's own."""
    cuts: tuple[Cut, ...] = ()
    """The restores among the first ``base`` events."""

    def begun_at(self, head: Frontier) -> "Update":
        """Return what of it lies beyond a head further on, which it was found to go through."""
        rest = self.parcel.bodies[head.size - self.base :]
        heads = tuple(kept for kept in self.heads if kept[0] > head.size)
        parcel = replace(self.parcel, bodies=rest)
        return replace(self, base=head.size, root=head.root(), parcel=parcel, heads=heads)


def read_update(connection: sa.Connection, base: int) -> Update:
    """Return what a shared history has beyond a size; raises ``copy.history_changed``."""
    size = log.read_head(connection).size
    if size < base:
        raise AppError("copy.history_changed", size=base)
    bodies = [body for part in log.read_parts(connection, base, size) for body in part.bodies]
    heads = tuple(kept for kept in log.read_checkpoints(connection) if kept[0] > base)
    root = transfer.root_at(connection, base)
    at = earliest_now(connection)
    parcel, cuts = transfer.pack(connection, bodies), read_cuts(connection, base)
    return Update(base, root, size, parcel, heads, at, cuts)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a copy is after an update: its facts, its own head, and how much is still unshared.

    ``note`` is the head that this device signed over it, None where it is the shared one.
    """

    copy: Copy
    head: Frontier
    note: str | None
    left: int
    changes: Changes
    has_erased: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """When a copy is brought up; after a restore ``fork`` closes what both still have."""

    now: datetime
    fork: Frontier | None = None


def join(
    engine: sa.Engine,
    update: Update,
    basis: Basis,
    sign_head: Callable[[Frontier], str] | None,
    report: Report,
    before_commit: Callable[[], None],
) -> Joined:
    """Put the update behind the shared part and the unshared events behind that, or do nothing.

    What the copy knows beyond a fork goes, and its person's own of it is unshared again. Raises
    ``copy.history_changed``, ``copy.update_unfit`` where another update came meanwhile,
    ``copy.id_taken``, ``copy.event_malformed``.
    """
    with explained(engine), engine.connect().execution_options(**{WRITES: True}) as connection:
        copy = must_read(connection)
        tail, fork = tuple(read_unshared(connection, copy.shared.size)), basis.fork
        lost = read_lost(connection, copy, fork) if fork is not None else None
        if fork is not None and lost is not None:
            tail, copy = (*lost.own, *tail), _going_back(copy, fork)
        if copy.shared.size != update.base:
            raise AppError("copy.update_unfit", size=update.base, now=copy.shared.size)
        if copy.shared.root() != update.root:
            raise AppError("copy.history_changed", size=update.base)
        joining = _Joining(connection, copy, update, tail, is_going_back=fork is not None)
        joined = joining.run(basis.now, sign_head, report)
        if lost is not None:
            forget_texts(connection, lost)
        before_commit()
        connection.commit()
    return joined


def _going_back(copy: Copy, fork: Frontier) -> Copy:
    """Return what a copy is that shares no more than that; so much its events' author had seen."""
    bases = {id: min(base, fork.size) for id, base in copy.bases.items()}
    return replace(copy, shared=fork, bases=bases)


class _Joining:
    def __init__(
        self,
        connection: sa.Connection,
        copy: Copy,
        update: Update,
        tail: tuple[Unshared, ...],
        *,
        is_going_back: bool = False,
    ) -> None:
        self._connection = connection
        self._copy = copy
        self._update = update
        self._tail = tail
        self._is_going_back = is_going_back
        self._events = Appending(connection, copy.shared, OWN_PEN)
        self._rows = Rows(connection, self._events.history, self._events.open)
        self._arrivals = Arrivals()
        self._erased: list[str] = []
        self._is_taken_back = False
        """The rows are those of the shared head; else all are projected again at the end."""

    def run(
        self, now: datetime, sign_head: Callable[[Frontier], str] | None, report: Report
    ) -> Joined:
        self._drop_tail()
        self._is_taken_back = not self._is_going_back and (
            not self._tail or take_back(self._connection, self._copy.shared.size)
        )
        transfer.keep_beside(self._connection, self._update.parcel)
        ids = self._append(report)
        self._rows.flush()
        shared = self._events.flush()
        self._check(shared)
        left = self._put_back(ids)
        head = self._events.flush()
        self._keep_heads(head, sign_head)
        copy = self._facts(shared, left, now)
        write_copy(self._connection, copy)
        log.write_head(self._connection, head)
        log.check_written(self._connection, self._copy.shared.size, self._events.leaves, head)
        changes = Changes(self._settle_rows(report))
        note = log.read_checkpoint(self._connection, head.size) if left else None
        return Joined(copy, head, note, len(left), changes, has_erased=bool(self._erased))

    def _settle_rows(self, report: Report) -> frozenset[tuple[str, str]]:
        """Bring the projected rows up to the log, and return what is new in them."""
        if self._is_taken_back and not self._erased:
            return frozenset(self._rows.touched)
        delete_disclosures(self._connection, self._erased)
        touched = Touched(self._copy.shared.size)
        rebuild.rebuild(self._connection, report, keeps_tables=True, touched=touched)
        return frozenset(touched.records)

    def _drop_tail(self) -> None:
        start = self._copy.shared.size
        for table, column in ((events, events.c.position), (checkpoints, checkpoints.c.size)):
            beyond = column >= start if table is events else column > start
            self._connection.execute(sa.delete(table).where(beyond))

    def _append(self, report: Report) -> dict[str, bytes]:
        parcel = self._update.parcel
        opened, ids = parcel.opened, {}
        for done, body in enumerate(parcel.bodies, 1):
            envelope = read_foreign(body, opened)
            ids[envelope.id] = body
            is_held = self._arrivals.is_held(envelope.id)
            position = self._events.adopt(envelope, body, is_held=is_held)
            if self._is_taken_back:
                take_in(self._rows, self._arrivals, position, envelope, is_held=is_held)
            else:
                self._arrivals.take(envelope.payload)
            if isinstance(envelope.payload, TextErased):
                self._erased += envelope.payload.digests
            if self._events.waiting >= _BATCH:
                self._rows.flush()
                self._rows.states.clear()
                self._events.flush()
                report(done, len(parcel.bodies))
        return ids

    def _check(self, shared: Frontier) -> None:
        if shared.size != self._update.size:
            raise AppError("copy.update_unfit", size=self._update.size, now=shared.size)

    def _put_back(self, ids: dict[str, bytes]) -> tuple[Unshared, ...]:
        """Append what did not come back; what came back must be the same bytes."""
        for one in self._tail:
            if ids.get(one.id, one.body) != one.body:
                raise AppError("copy.id_taken", recovery=Recovery.BUG, id=one.id)
        left = tuple(one for one in self._tail if one.id not in ids)
        self._rows.states.clear()
        self._rows.earlier = EarlierRows.begin(self._connection, self._update.size)
        for one in left:
            opened = self._events.open(transfer.digests_of(one.body))
            envelope = read_foreign(one.body, opened)
            position = self._events.adopt(envelope, one.body)
            if self._is_taken_back:
                self._project(position, envelope)
        self._rows.flush()
        return left

    def _project(self, position: int, envelope: Envelope) -> None:
        """Project what is unshared; what leads nowhere on the new base leads nowhere here too."""
        with suppress(*UNREADABLE):
            take_in(self._rows, self._arrivals, position, envelope, is_held=False)

    def _keep_heads(self, head: Frontier, sign_head: Callable[[Frontier], str] | None) -> None:
        for size, note in self._update.heads:
            log.keep_checkpoint(self._connection, size, note)
        if head.size > self._update.size and sign_head is not None:
            log.keep_checkpoint(self._connection, head.size, sign_head(head))

    def _facts(self, shared: Frontier, left: tuple[Unshared, ...], now: datetime) -> Copy:
        copy = self._copy
        known = {one.id: copy.bases.get(one.id, copy.shared.size) for one in left}
        until = min(now, self._update.at or now).date() + timedelta(days=copy.lease_days)
        return replace(
            copy, shared=shared, lease_until=until, pulled_at=now, bases=known, latest=now
        )

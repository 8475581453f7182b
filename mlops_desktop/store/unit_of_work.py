"""Read sessions and write sessions; the only commit in the program."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import ApprovalRefused, Seen
from mlops_desktop.core.events.people import DeviceEnrolled, PersonLocked
from mlops_desktop.core.events.registry import Envelope, Event
from mlops_desktop.core.identity import Actor
from mlops_desktop.ledger.tree import Frontier, root_of
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store import envelopes, log
from mlops_desktop.store.answers import Asking
from mlops_desktop.store.appending import Appending
from mlops_desktop.store.arriving import Arrivals, read_foreign
from mlops_desktop.store.copies import Copy, check_may_record, must_read
from mlops_desktop.store.dating import check_effective
from mlops_desktop.store.earlier import EarlierRows
from mlops_desktop.store.engine import VIEW, WRITES
from mlops_desktop.store.faults import explain, explained, head_moved, let_go, not_recorded
from mlops_desktop.store.lease import begin_use
from mlops_desktop.store.outcome import check_recorded
from mlops_desktop.store.pens import OWN_PEN, Pen, Seal
from mlops_desktop.store.projecting import Projecting
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.signing import OnCommit, SignHead, SignTree
from mlops_desktop.store.tables.projected import people

_BATCH = 5_000
_OF_REVOKED = ApprovalRefused | PersonLocked | DeviceEnrolled
"""What is recorded of somebody revoked all the same: that he was refused, and where."""

AGENT = "rules"
"""The program that acts where a rule finds something; the person is who caused it."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks at what a write session recorded of these kinds, and may record more into it."""

    kinds: frozenset[type[Event]]
    look: Callable[["WriteSession", tuple[Event, ...]], None]


UNWATCHED = Watch(frozenset(), lambda work, found: None)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a workspace's sessions write: who looks on, how events reach the log, in which copy."""

    watch: Watch = UNWATCHED
    pen: Pen = OWN_PEN
    copy: str | None = None


class ReadSession(Asking):
    """One consistent view of the workspace; it has no way to write."""

    def __init__(self, engine: sa.Engine, workspace: str, copy: str | None = None) -> None:
        super().__init__()
        self._engine = engine
        self.workspace = workspace
        self.copy = copy

    def __enter__(self) -> Self:
        with explained(self._engine):
            self.connection = self._engine.connect().execution_options(**{VIEW: {}})
        if self.connection.dialect.name == "postgresql":
            self.connection = self.connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        let_go(self.connection)
        if isinstance(error, DBAPIError):
            raise explain(error, self._engine) from error

    def head(self) -> Frontier:
        """Return the tree's frontier in this view."""
        return log.read_head(self.connection)

    def root_at(self, size: int) -> bytes | None:
        """Return the root of the first ``size`` events; None where there are not so many."""
        leaves = log.read_leaves(self.connection, size)
        return root_of(leaves) if len(leaves) == size else None

    def head_seen(self) -> Seen:
        """Return the head of this view as signatures name it: in a copy, that which it shares."""
        if self.copy is not None:
            return must_read(self.connection).base
        frontier = self.head()
        return Seen(frontier.size, frontier.root().hex())


class WriteSession(Asking):
    """Records events, projects them, signs the head, checks what it wrote, and commits at the end.

    Leaving the block with an exception rolls everything back. On PostgreSQL the head row is
    locked first, so that what a rule read cannot change before its event is written. Where the
    answer to the commit is lost, the log is asked whether it happened.
    """

    def __init__(
        self,
        engine: sa.Engine,
        workspace: str,
        actor: Actor,
        sign_head: SignHead,
        on_commit: OnCommit,
        manner: Manner,
    ) -> None:
        super().__init__()
        self._engine, self._pen = engine, manner.pen
        self.copy = manner.copy
        self._bounds: Copy | None = None
        self._arrivals = Arrivals()
        self._watch = manner.watch
        self._watched: list[Event] = []
        self.workspace = workspace
        self.actor = actor
        self._sign_head, self._on_commit = sign_head, on_commit
        self._taken, self._last = 0, ""
        self._may_act: bool | None = None
        self.changes = Changes()

    def __enter__(self) -> Self:
        with explained(self._engine):
            options = {WRITES: True, **self._pen.options()}
            self.connection = self._engine.connect().execution_options(**options)
            try:
                found = self._pen.begin(self.connection, self.actor.person)
                self.before, self._may_act = found
                self._pen.check_stays(self.connection)
                self._bounds = begin_use(self.connection, self.copy)
            except BaseException:
                let_go(self.connection)
                raise
        self._events = Appending(self.connection, self.before, self._pen)
        earlier = EarlierRows.of_copy(self.connection, self._bounds, self.before.size)
        self._projecting = Projecting(self.connection, self._events, earlier)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None and self._taken:
                self._look()
                self._commit()
        except DBAPIError as failed:
            raise self._explain(failed) from failed
        finally:
            let_go(self.connection)
        if isinstance(error, DBAPIError):
            raise self._explain(error) from error

    def _explain(self, error: DBAPIError) -> AppError:
        if self._pen.is_overtaken(error):
            return head_moved(self._engine)
        return explain(error, self._engine)

    def record(
        self,
        payload: Event,
        *,
        effective: datetime | None = None,
        sign: SignTree | None = None,
    ) -> Envelope:
        """Append an event and project it; ``effective`` is now unless said, never in the future.

        Raises ``authority.left`` for who was revoked, ``event.effective_implausible``.
        ``sign`` is given the event's tree and returns the signature kept with it. Raises
        ``event.effective_in_future``, the refusals of the body's limits, and in a copy
        ``copy.not_offline``, ``copy.lease_ended``, ``copy.not_yours``, ``copy.read_only``.
        """
        if self._bounds is not None:
            check_may_record(self._bounds, self.actor.person, payload)
        moment = clock.now()
        holds = effective or moment
        self._refuse_revoked(payload)
        check_effective(holds, moment)
        envelope = Envelope(new_id(), moment, holds, self.actor, self.workspace, payload)
        if sign is not None:
            envelope = replace(envelope, signature=sign(envelopes.to_tree(envelope)))
        self._make_room()
        position = self._events.add(envelope)
        self._take_in(position, envelope, is_held=False)
        return envelope

    def adopt(self, body: bytes, opened: Mapping[str, str]) -> Envelope:
        """Append an event of a copy as it was recorded there, byte for byte.

        A receipt recorded before it says whether it counts; without one it does. ``opened`` holds
        the disclosures of its commitments. Raises ``copy.event_malformed``.
        """
        envelope = read_foreign(body, opened)
        is_held = self._arrivals.is_held(envelope.id)
        self._make_room()
        position = self._events.adopt(envelope, body, is_held=is_held)
        self._take_in(position, envelope, is_held=is_held)
        return envelope

    def _written(self) -> tuple[int, ...]:
        return self.rows.writes, self._events.written

    @property
    def rows(self) -> Rows:
        """The rows as this session leaves them, what is recorded of it so far included."""
        return self._projecting.rows

    def flush(self) -> int:
        """Write what waits, so that queries of this session see it; return the log's size."""
        return self._flush().size

    def _make_room(self) -> None:
        """Write a full batch only when another event follows: the last goes with the seal."""
        if self._events.waiting >= self._pen.batch:
            self._events.flush()

    def _take_in(self, position: int, envelope: Envelope, *, is_held: bool) -> None:
        self._projecting.add(position, envelope, is_held=is_held)
        self._taken, self._last = self._taken + 1, envelope.id
        if not is_held:
            self._arrivals.take(envelope.payload)
            if type(envelope.payload) in self._watch.kinds:
                self._watched.append(envelope.payload)
        if self._taken % _BATCH == 0:
            self._flush_rows()

    def _refuse_revoked(self, payload: Event) -> None:
        """Keep out who was revoked before this session; that he was refused is still recorded."""
        if self._may_act is None:
            found = self.rows.get(people, self.actor.person)
            self._may_act = found is None or found["revoked_position"] is None
        if not self._may_act and not isinstance(payload, _OF_REVOKED):
            found = self.rows.get(people, self.actor.person) or {}
            raise AppError("authority.left", person=str(found.get("name", "")))

    def erase(self, digests: Sequence[str]) -> None:
        """Delete value and salt behind digests that events of this session name as erased.

        Everything projected is made anew from the events, so that no row keeps a text.
        """
        self._pen.erase(self.connection, self._flush(), digests)
        self.rows.forget()

    def _look(self) -> None:
        """Let the rules see what was recorded; what they record is the program's doing."""
        if self._watched:
            found, self._watched = tuple(self._watched), []
            person, self.actor = self.actor, replace(self.actor, agent=AGENT)
            self.rows.flush()
            self._watch.look(self, found)
            self.actor = person

    def _flush(self) -> Frontier:
        self._flush_rows()
        return self._events.flush()

    def _flush_rows(self) -> None:
        self.rows.flush()
        self.rows.states.clear()

    def _commit(self) -> None:
        rows = self.rows  # what they are made from is read before the lock
        after = self._events.ahead()
        note = self._sign_head(after)
        self._pen.hold(self.connection)
        rows.flush()
        changes = Changes(frozenset(rows.touched))
        told = tuple(sorted(changes.kinds)), self.actor.device
        self._events.flush(Seal(note, self.before.size, self._events.leaves, *told))
        try:
            self._pen.finish(self.connection)
        except DBAPIError as error:
            if self._pen.is_refusal(error):
                raise not_recorded(error, self._engine) from error
            self.connection.invalidate()  # whatever it still holds ends with it
            check_recorded(error, self._engine, self._last, self._pen.lock)
        self.changes = changes
        self._on_commit(after, note)

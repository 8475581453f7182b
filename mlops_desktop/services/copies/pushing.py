"""Bringing an outbox back: under the head lock, each event with its fate, none of them lost.

Sending it again does nothing: what is there already, byte for byte, is passed over. So whatever
was cut off is simply sent again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Arrival, Fate, OutboxReceived
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.work import IsCancelled, Report, never, unheard
from mlops_desktop.services.copies.judging import Judging, named_by, needs_rules
from mlops_desktop.services.copies.outbox import Outbox, read_outbox
from mlops_desktop.services.session import Session
from mlops_desktop.store import transfer
from mlops_desktop.store.arriving import read_foreign
from mlops_desktop.store.unit_of_work import WriteSession

_TOGETHER = 500
"""Events that one receipt names at most: its body has a limit."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of an outbox: how many were there already, and the fate of each new event."""

    known: int = 0
    arrivals: tuple[Arrival, ...] = ()
    changes: Changes = field(default_factory=Changes)

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many new events met each fate."""
        return Counter(one.fate for one in self.arrivals)

    @property
    def held(self) -> tuple[Arrival, ...]:
        """Those that were held back."""
        return tuple(one for one in self.arrivals if one.fate is not Fate.EFFECTIVE)


def push(
    session: Session,
    team: Session,
    report: Report = unheard,
    is_cancelled: IsCancelled = never,
) -> Pushed:
    """Send the open copy's outbox to its shared workspace; the copy itself is left as it is.

    Raises as :func:`receive`.
    """
    return receive(team, read_outbox(session), report, is_cancelled)


def receive(
    team: Session,
    outbox: Outbox,
    report: Report = unheard,
    is_cancelled: IsCancelled = never,
) -> Pushed:
    """Take an outbox into the shared workspace, all of it or nothing.

    Raises ``copy.of_copy``, ``copy.other_workspace``, ``copy.history_changed`` where the head it
    was recorded behind is not of this history, ``copy.id_taken``, ``copy.not_own`` for another
    person's event, ``copy.keeper_needed``, ``copy.event_malformed``, ``copy.cancelled``.
    """
    if team.workspace.copy is not None:
        raise AppError("copy.of_copy", where="--workspace")
    if outbox.workspace != team.workspace.id:
        raise AppError("copy.other_workspace")
    envelopes = _open(outbox)
    with _by_keeper(team, outbox), team.workspace.write(team.actor) as work:
        _check_base(work, outbox)
        fresh = _fresh(work, envelopes, outbox)
        arrivals: tuple[Arrival, ...] = ()
        if fresh:
            arrivals = _Receiving(work, outbox, {one.id for one in envelopes}).run(
                fresh, report, is_cancelled
            )
    return Pushed(len(envelopes) - len(fresh), arrivals, work.changes)


@contextmanager
def _by_keeper(team: Session, outbox: Outbox) -> Iterator[None]:
    """Say what a server means that lets a member bring nobody's events but his own."""
    try:
        yield
    except AppError as error:
        if error.code != "team.not_your_person" or outbox.person == team.actor.person:
            raise
        raise AppError("copy.keeper_needed") from error


def _open(outbox: Outbox) -> list[Envelope]:
    """Return the events of an outbox, each of them its person's own."""
    opened = outbox.parcel.opened
    if not all(Erasable(*one).is_sound for one in opened.items()):
        raise AppError("copy.event_malformed")
    envelopes = [read_foreign(body, opened) for body in outbox.parcel.bodies]
    for one in envelopes:
        if one.actor.person != outbox.person:
            raise AppError("copy.not_own", id=one.id)
        if one.workspace != outbox.workspace:
            raise AppError("copy.other_workspace")
    return envelopes


def _check_base(work: WriteSession, outbox: Outbox) -> None:
    base = outbox.base
    if not transfer.has_head(work.connection, base):
        raise AppError("copy.history_changed", size=base.size)


def _fresh(
    work: WriteSession, envelopes: list[Envelope], outbox: Outbox
) -> list[tuple[Envelope, bytes]]:
    """Return what is not there yet; refuse an id that is there with other bytes."""
    there = transfer.read_bodies(work.connection, (one.id for one in envelopes))
    pairs = list(zip(envelopes, outbox.parcel.bodies, strict=True))
    for envelope, body in pairs:
        if there.get(envelope.id, body) != body:
            raise AppError("copy.id_taken", id=envelope.id)
    return [pair for pair in pairs if pair[0].id not in there]


class _Receiving:
    """One outbox on its way in: judged, receipted, adopted, in the order it was recorded."""

    def __init__(self, work: WriteSession, outbox: Outbox, own: set[str]) -> None:
        self._work = work
        self._outbox = outbox
        self._opened = transfer.not_erased(work.connection, outbox.parcel)
        self._judging = Judging(work, outbox, own)
        self._waiting: list[tuple[Arrival, bytes]] = []
        self._named: frozenset[str] = frozenset()

    def run(
        self, fresh: list[tuple[Envelope, bytes]], report: Report, is_cancelled: IsCancelled
    ) -> tuple[Arrival, ...]:
        """Take all of them in and return their fates."""
        transfer.keep_beside(self._work.connection, self._outbox.parcel)
        arrivals: list[Arrival] = []
        for done, (envelope, body) in enumerate(fresh):
            if is_cancelled():
                raise AppError("copy.cancelled")
            report("copies.pushing", done, len(fresh))
            if len(self._waiting) >= _TOGETHER or self._rests_on_waiting(envelope):
                self._send()
            verdict = self._judging.judge(envelope)
            arrival = Arrival(envelope.id, verdict.fate, verdict.rule, verdict.against)
            self._waiting.append((arrival, body))
            self._named |= named_by(envelope)
            arrivals.append(arrival)
        self._send()
        return tuple(arrivals)

    def _rests_on_waiting(self, envelope: Envelope) -> bool:
        """Tell whether rules must see what waits before they judge the next event."""
        return needs_rules(envelope) and not self._named.isdisjoint(named_by(envelope))

    def _send(self) -> None:
        """Record what becomes of the waiting events, then the events themselves."""
        told = tuple(arrival for arrival, _ in self._waiting)
        receipt = OutboxReceived(self._outbox.copy, self._outbox.person, self._outbox.base, told)
        self._work.record(receipt)
        for _, body in self._waiting:
            self._work.adopt(body, self._opened)
        self._waiting, self._named = [], frozenset()

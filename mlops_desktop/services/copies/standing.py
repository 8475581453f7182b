"""Where a copy stands: what is not yet shared, until when it may be written, what conflicts."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import mlops_desktop.store.queries.events as queries
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.copies import Fate, Settlement
from mlops_desktop.services.copies.told import told_row
from mlops_desktop.services.ledger import LogRow
from mlops_desktop.services.log_about import About
from mlops_desktop.services.session import Session
from mlops_desktop.store import engine as engines
from mlops_desktop.store.copies import CopyKind, must_read
from mlops_desktop.store.lease import read_bounds
from mlops_desktop.store.queries.copies import HeldRow, list_held
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class State:
    """What the open copy says of itself; ``unshared`` stands newest first.

    The lease counts from ``counted_from``: today, unless the clock was set back.
    ``place`` is empty in an extract. ``is_reachable`` is None where only trying would tell.
    """

    id: str
    place: str
    kind: CopyKind
    person: str
    base: Seen
    unshared: tuple[LogRow, ...]
    taken_at: datetime
    pulled_at: datetime
    lease_until: date
    is_lease_over: bool
    counted_from: date
    is_reachable: bool | None


def state(session: Session) -> State:
    """Return where the open copy stands; raises ``copy.none`` for a shared workspace."""
    with session.workspace.read() as view:
        copy = read_bounds(view.connection, session.workspace.copy) or must_read(view.connection)
        number = view.head().size - copy.shared.size
        found = queries.list_events(view.connection, limit=number) if number else ()
        about = About(view)
        unshared = tuple(told_row(row, about) for row in found)
    told = not copy.place or engines.is_team(copy.place)
    reachable = None if told else Path(copy.place).is_file()
    return State(
        copy.id,
        copy.place,
        copy.kind,
        copy.person,
        copy.base,
        unshared,
        copy.taken_at,
        copy.pulled_at,
        copy.lease_until,
        copy.is_lease_over,
        copy.counted_from,
        reachable,
    )


@dataclass(frozen=True, slots=True)
class Conflict:
    """An event that was held back, and the one in its way, each as people read it.

    ``settled`` is the event that settled it, ``again`` the one by which it was done again.
    """

    event: LogRow
    fate: Fate
    rule: str | None
    against: LogRow | None
    settlement: Settlement | None
    settled: LogRow | None
    again: str | None


def conflicts(session: Session, *, settled: bool = False) -> tuple[Conflict, ...]:
    """Return what was held back and waits for somebody, newest first; with ``settled`` all."""
    with session.workspace.read() as view:
        about = About(view)
        found = list_held(view.connection, is_open=None if settled else True)
        return tuple(_conflict(view, row, about) for row in found)


def _conflict(view: ReadSession, row: HeldRow, about: About) -> Conflict:
    event = _row(view, row.envelope.id, about)
    assert event is not None, "it was joined with its event"
    against = _row(view, row.against, about) if row.against else None
    settled = _row(view, str(row.settled), about) if row.settled is not None else None
    return Conflict(event, row.fate, row.rule, against, row.settlement, settled, row.again)


def _row(view: ReadSession, named: str, about: About) -> LogRow | None:
    position = queries.find_event(view.connection, named)
    found = queries.list_events(view.connection, before=position + 1, limit=1)
    return told_row(found[0], about) if found else None

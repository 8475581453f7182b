"""What came back from copies: fates, and what was held back."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.events.copies import Fate, Settlement
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.store import envelopes, log
from mlops_desktop.store.tables.copies import arrivals
from mlops_desktop.store.tables.ledger import events


@dataclass(frozen=True, slots=True)
class HeldRow:
    """An event that was held back, its texts opened: where, by which receipt, and why.

    ``settlement`` is None while nobody settled it; ``again`` is the event that did it again.
    """

    position: int
    receipt: int
    copy: str
    envelope: Envelope
    fate: Fate
    rule: str | None
    against: str | None
    settlement: Settlement | None
    settled: int | None
    again: str | None


def read_held(connection: sa.Connection, copy: str) -> Iterator[Envelope]:
    """Yield the events of one copy that were held back and not done again, closed."""
    c = arrivals.c
    query = sa.select(events.c.body).join(arrivals, c.event == events.c.id)
    query = query.where(c.copy == copy, c.held.is_not(None))
    query = query.where(c.settlement.is_distinct_from(Settlement.DONE_AGAIN.value))
    for body in connection.execute(query.order_by(c.held)).scalars():
        yield envelopes.from_body(bytes(body), {})


def list_held(
    connection: sa.Connection, *, event: str | None = None, is_open: bool | None = None
) -> tuple[HeldRow, ...]:
    """Return what was held back, newest first; only what nobody settled if ``is_open``."""
    c = arrivals.c
    query = sa.select(arrivals, events.c.body).join(events, events.c.id == c.event)
    query = query.where(c.held.is_not(None)).order_by(c.held.desc())
    if event is not None:
        query = query.where(c.event == event)
    if is_open is not None:
        query = query.where(c.settled.is_(None) if is_open else c.settled.is_not(None))
    rows = connection.execute(query).mappings().all()
    told = log.read_envelopes(connection, [bytes(row["body"]) for row in rows])
    return tuple(_held(row, one) for row, one in zip(rows, told, strict=True))


def _held(row: sa.RowMapping, envelope: Envelope) -> HeldRow:
    return HeldRow(
        row["held"],
        row["receipt"],
        row["copy"],
        envelope,
        Fate(row["fate"]),
        row["rule"],
        row["against"],
        Settlement(row["settlement"]) if row["settlement"] else None,
        row["settled"],
        row["again"],
    )


def fates_of(connection: sa.Connection, positions: list[int]) -> dict[int, tuple[Fate, str | None]]:
    """Return fate and rule of those events that are held back, by their position."""
    c = arrivals.c
    query = sa.select(c.held, c.fate, c.rule).where(c.held.in_(positions))
    return {row.held: (Fate(row.fate), row.rule) for row in connection.execute(query)}

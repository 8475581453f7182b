"""The log out, for people: who did what when, and which heads left the workspace."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.events.registry import Envelope, name_of
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.store import log
from mlops_desktop.store.concerning import concerning
from mlops_desktop.store.envelopes import HELD
from mlops_desktop.store.queries.copies import fates_of
from mlops_desktop.store.tables.copies import arrivals
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import dossiers

Condition: TypeAlias = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with its place and leaf; its commitments are opened as far as they can be."""

    position: int
    leaf: str
    type: str
    envelope: Envelope
    fate: Fate | None = None
    """Of an event that came back from a copy and is held back."""
    rule: str | None = None


def list_events(
    connection: sa.Connection,
    *,
    subject: str | None = None,
    limit: int | None = None,
    before: int | None = None,
    since: int | None = None,
    fits: tuple[Condition, ...] = (),
) -> tuple[EventRow, ...]:
    """Return events, newest first; those that concern ``subject``, below ``before``, if given.

    ``since`` is the least position looked at.
    """
    query = sa.select(events).order_by(events.c.position.desc()).where(*fits)
    if subject is not None:
        held = sa.select(arrivals.c.held).where(arrivals.c.subject == subject)
        query = query.where(sa.or_(concerning(subject), events.c.position.in_(held)))
    if before is not None:
        query = query.where(events.c.position < before)
    if since is not None:
        query = query.where(events.c.position >= since)
    if limit is not None:
        query = query.limit(limit)
    rows = connection.execute(query).all()
    told = fates_of(connection, [row.position for row in rows if row.type == HELD])
    opened = log.read_envelopes(connection, [bytes(row.body) for row in rows])
    return tuple(
        _event(row, one, *told.get(row.position, (None, None)))
        for row, one in zip(rows, opened, strict=True)
    )


def _event(row: sa.Row[Any], envelope: Envelope, fate: Fate | None, rule: str | None) -> EventRow:
    return EventRow(
        row.position, row.leaf.hex(), name_of(type(envelope.payload)), envelope, fate, rule
    )


def find_event(connection: sa.Connection, named: str) -> int:
    """Return the position of an event named by position or id; raises ``event.not_found``."""
    number = whole(named)
    matches = events.c.position == number if number is not None else events.c.id == named
    found = connection.execute(sa.select(events.c.position).where(matches)).scalar()
    if found is None:
        raise AppError("event.not_found", id=named)
    return int(found)


def last_act(connection: sa.Connection, person: str) -> tuple[int, datetime] | None:
    """Return how many events there were with a person's newest one, and when it was recorded."""
    c = events.c
    query = sa.select(c.position, c.at).where(c.person == person).order_by(c.position.desc())
    found = connection.execute(query.limit(1)).one_or_none()
    return (found.position + 1, clock.from_text(found.at)) if found is not None else None


def last_anchor(connection: sa.Connection) -> tuple[datetime | None, int]:
    """Return when the newest head left in a dossier and how many events it covers, (None, 0).

    A row altered until its time cannot be read anchors nothing; verifying the rows names it.
    """
    query = sa.select(dossiers.c.at, dossiers.c.size).order_by(dossiers.c.size.desc()).limit(1)
    row = connection.execute(query).first()
    try:
        return (clock.from_text(row.at), int(row.size)) if row else (None, 0)
    except ValueError:
        return None, 0

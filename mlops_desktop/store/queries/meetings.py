"""Meetings out, as of any date."""

from dataclasses import dataclass, replace

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import registry
from mlops_desktop.core.events.meetings import (
    MeetingCalled,
    MeetingItemAdded,
    MeetingMinuted,
    ResolutionSigned,
)
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.meetings import meeting_events


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with its minutes, the first that were kept, and who signed what."""

    called: MeetingCalled
    position: int
    minuted: MeetingMinuted | None = None
    minuted_position: int | None = None
    signed: tuple[ResolutionSigned, ...] = ()

    @property
    def id(self) -> str:
        """What people say: K-00042."""
        return f"K-{self.position:05d}"


def list_meetings(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[MeetingRow, ...]:
    """Return meetings in the order called."""
    c = meeting_events.c
    query = sa.select(meeting_events).where(c.position < known_size(connection, as_of))
    rows = connection.execute(query.order_by(c.position)).mappings().all()
    closed = {digest for row in rows for digest in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed)
    made: dict[str, MeetingRow] = {}
    for row in rows:
        told = records.from_text(registry.kind_of(row["kind"]), row["record"], opened)
        known = made.get(row["meeting"])
        if isinstance(told, MeetingCalled):
            made[told.meeting] = MeetingRow(told, row["position"])
        elif known is None:
            continue
        elif isinstance(told, MeetingItemAdded) and known.minuted is None:
            made[told.meeting] = replace(known, called=_longer(known.called, told))
        elif isinstance(told, MeetingMinuted) and known.minuted is None:
            made[told.meeting] = replace(known, minuted=told, minuted_position=row["position"])
        elif isinstance(told, ResolutionSigned):
            made[told.meeting] = replace(known, signed=(*known.signed, told))
    return tuple(made.values())


def _longer(called: MeetingCalled, told: MeetingItemAdded) -> MeetingCalled:
    """Return a call with one item more, numbered by its place: copies may have added at once."""
    item = replace(told.item, number=len(called.agenda) + 1)
    return replace(called, agenda=(*called.agenda, item))


def get_meeting(connection: sa.Connection, id: str, as_of: AsOf = NOW) -> MeetingRow:
    """Return a meeting by what people say (K-00042) or its key; raises ``meeting.not_found``."""
    wanted = id.strip()
    for row in list_meetings(connection, as_of):
        if wanted.upper() == row.id or wanted == row.called.meeting:
            return row
    raise AppError("meeting.not_found", id=id)

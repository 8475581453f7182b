"""Offers to take over out, as of any date."""

from dataclasses import dataclass, replace

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.handovers import HandoverOffered, HandoverRefused
from mlops_desktop.core.handovers import HandoverState
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.handovers import handover_events


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """An offer, where it stands, and why it was refused."""

    offer: HandoverOffered
    state: HandoverState
    at: str
    answered_at: str | None = None
    refusal: Erasable | None = None

    def waits_for(self, person: str) -> bool:
        """Whether this person is to answer it."""
        return self.state is HandoverState.OFFERED and self.offer.receiver == person


def list_handovers(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[HandoverRow, ...]:
    """Return every offer ever made, the oldest first."""
    c = handover_events.c
    query = sa.select(handover_events).where(c.position < known_size(connection, as_of))
    if as_of.at_text is not None:
        query = query.where(c["at"] <= as_of.at_text)
    said = connection.execute(query.order_by(c.position)).mappings().all()
    closed = {digest for row in said for digest in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed)
    found: dict[str, HandoverRow] = {}
    for row in said:
        key, state = row["handover"], HandoverState(row["state"])
        if state is HandoverState.OFFERED:
            offer = records.from_text(HandoverOffered, row["record"], opened)
            found[key] = HandoverRow(offer, state, row["at"])
        elif key in found:
            answered = replace(found[key], state=state, answered_at=row["at"])
            found[key] = _with_reason(answered, row["record"], opened)
    return tuple(found.values())


def _with_reason(row: HandoverRow, record: str, opened: dict[str, str]) -> HandoverRow:
    if row.state is not HandoverState.REFUSED:
        return row
    return replace(row, refusal=records.from_text(HandoverRefused, record, opened).reason)


def find_handover(connection: sa.Connection, named: str) -> HandoverRow:
    """Return an offer by its id or the beginning of it; raises ``handover.not_found``."""
    text = named.strip().lower()
    found = [row for row in list_handovers(connection) if row.offer.handover.startswith(text)]
    if len(found) != 1 or not text:
        raise AppError("handover.not_found", where="id", name=named)
    return found[0]

"""Decisions that were shown with their personal data, as of any date."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.decision_records import DecisionRevealed
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.decision_records import decision_reveals


@dataclass(frozen=True, slots=True)
class RevealRow:
    """Who had which decision shown, when; its texts are None once they have been erased."""

    event: DecisionRevealed
    person: str
    at: str


def list_reveals(
    connection: sa.Connection, model: str | None = None, as_of: AsOf = NOW
) -> tuple[RevealRow, ...]:
    """Return who had a decision shown, the oldest first; of one model where it is named."""
    c = decision_reveals.c
    query = sa.select(decision_reveals).where(c.position < known_size(connection, as_of))
    if as_of.at_text is not None:
        query = query.where(c["at"] <= as_of.at_text)
    if model is not None:
        query = query.where(c.model == model)
    found = connection.execute(query.order_by(c.position)).mappings().all()
    closed = {digest for row in found for digest in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed)
    return tuple(
        RevealRow(
            records.from_text(DecisionRevealed, row["record"], opened), row["person"], row["at"]
        )
        for row in found
    )

"""Permits out, as of any date."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.permits import PermitIssued
from mlops_desktop.store import records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.permits import permits


@dataclass(frozen=True, slots=True)
class PermitRow:
    """A permit as issued: by whom, when (UTC)."""

    issued: PermitIssued
    person: str
    at: str
    position: int


def list_permits(
    connection: sa.Connection, model: str | None = None, as_of: AsOf = NOW
) -> tuple[PermitRow, ...]:
    """Return permits, the newest first."""
    c = permits.c
    query = sa.select(permits).where(c.position < known_size(connection, as_of))
    if model is not None:
        query = query.where(c.model == model)
    if as_of.at_text is not None:
        query = query.where(c.at <= as_of.at_text)
    found = connection.execute(query.order_by(c.position.desc()))
    return tuple(
        PermitRow(records.from_text(PermitIssued, row.record), row.person, row.at, row.position)
        for row in found
    )


def get_permit(connection: sa.Connection, id: str) -> PermitRow:
    """Return a permit by id, or by its beginning; raises ``permit.not_found``."""
    found = [row for row in list_permits(connection) if row.issued.permit.startswith(id)]
    if not id or len(found) != 1:
        raise AppError("permit.not_found", where="permit", id=id)
    return found[0]

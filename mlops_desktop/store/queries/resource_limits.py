"""What a workspace calls a bottleneck, as of any date."""

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.resource_limits import ResourceLimitsSet
from mlops_desktop.core.resources.limits import NAMES, USUAL, Limits
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.lineage_keys import limits_of
from mlops_desktop.store.tables.resource_limits import resource_limits


@dataclass(frozen=True, slots=True)
class LimitsRow:
    """The limits in force, and who set them when and why; nobody, where they are the usual ones."""

    limits: Limits
    person: str | None = None
    since: str | None = None
    reason: str | None = None


def read_limits(connection: sa.Connection, as_of: AsOf = NOW) -> LimitsRow:
    """Return the limits that hold by the dates asked for."""
    c = resource_limits.c
    query = sa.select(resource_limits).where(*limits_of(connection, resource_limits, as_of))
    row = connection.execute(query.order_by(c.effective.desc(), c.position.desc())).first()
    if row is None:
        return LimitsRow(USUAL)
    opened = log.open_commitments(connection, set(records.digests_in(row.record)))
    told = records.from_text(ResourceLimitsSet, row.record, opened)
    given = {name: getattr(told, name) for name in NAMES}
    limits = Limits(**{name: Decimal(text) for name, text in given.items() if text is not None})
    reason = told.reason.text if told.reason else None
    return LimitsRow(limits, row.person, row.effective, reason)

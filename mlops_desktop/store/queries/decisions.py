"""Every decision on record with what the rules need to judge it again."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.approvals import Relations
from mlops_desktop.core.events.approvals import ApprovalDecided
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.store import records
from mlops_desktop.store.tables.projected import (
    approval_decisions,
    approval_requests,
    model_states,
)


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision, the rule it was under, and the persons the request was about at that time."""

    position: int
    rule: str
    relations: Relations
    decided: ApprovalDecided


def past_decisions(connection: sa.Connection) -> Iterator[PastDecision]:
    """Yield every signed decision in the order recorded."""
    c = approval_decisions.c
    query = (
        sa.select(c.position, c.record, approval_requests.c.rule, approval_requests.c.requester)
        .join(approval_requests, approval_requests.c.id == c.request)
        .where(c.refused_by.is_(None))
        .order_by(c.position)
    )
    for row in connection.execute(query).all():
        decided = records.from_text(ApprovalDecided, row.record)
        relations = _relations(connection, decided.model, row.position, row.requester)
        yield PastDecision(row.position, row.rule, relations, decided)


def _relations(connection: sa.Connection, model: str, position: int, requester: str) -> Relations:
    c = model_states.c
    query = (
        sa.select(c.record)
        .where(c.id == model, c.position < position)
        .order_by(c.position.desc(), c.effective.desc())
        .limit(1)
    )
    record = connection.execute(query).scalar()
    if record is None:
        return Relations(requester=requester)
    return records.from_text(ModelState, record).relations(requester)

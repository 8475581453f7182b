"""What was in use before its model came into the inventory."""

from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.events.candidates import CandidateAccepted
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.store.queries.record_terms import field_of
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import model_states


def onboarded_deployments(connection: sa.Connection, model: str) -> frozenset[str]:
    """Return the deployments of a model that began before somebody took it into the inventory."""
    query = sa.select(deployments.c.id).where(
        deployments.c.model == model, deployments.c.opened < _taken_in(model).scalar_subquery()
    )
    return frozenset(connection.execute(query).scalars())


def was_reviewed_before(connection: sa.Connection, model: str) -> bool:
    """Tell whether a model's record ever named a review from before it was in the inventory."""
    taken_in: str | None = connection.execute(_taken_in(model)).scalar()
    named = sa.func.min(field_of(model_states.c.record, "last_review"))
    first = connection.execute(sa.select(named).where(model_states.c.id == model)).scalar()
    return bool(taken_in and first and first < taken_in[:10])


def _taken_in(model: str) -> sa.Select[Any]:
    entries = [name_of(kind) for kind in (ModelRegistered, CandidateAccepted)]
    return sa.select(sa.func.min(events.c.at)).where(
        events.c.subject == model, events.c.type.in_(entries)
    )

"""What was in use before its model came into the inventory."""

import sqlalchemy as sa

from mlops_desktop.core.events.candidates import CandidateAccepted
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import deployments


def onboarded_deployments(connection: sa.Connection, model: str) -> frozenset[str]:
    """Return the deployments of a model that began before somebody took it into the inventory."""
    entries = [name_of(kind) for kind in (ModelRegistered, CandidateAccepted)]
    taken_in = sa.select(sa.func.min(events.c.at)).where(
        events.c.subject == model, events.c.type.in_(entries)
    )
    query = sa.select(deployments.c.id).where(
        deployments.c.model == model, deployments.c.opened < taken_in.scalar_subquery()
    )
    return frozenset(connection.execute(query).scalars())

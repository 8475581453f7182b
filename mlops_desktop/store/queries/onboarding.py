"""What was in use before its model came into the inventory."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.events.candidates import CandidateAccepted
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import deployments


def onboarded_deployments(connection: sa.Connection, model: str) -> frozenset[str]:
    """Return the deployments of a model that began before somebody took it into the inventory."""
    query = sa.select(deployments.c.id).where(
        deployments.c.model == model, deployments.c.opened < _taken_in(model).scalar_subquery()
    )
    return frozenset(connection.execute(query).scalars())


def taken_in_on(connection: sa.Connection, model: str) -> date | None:
    """Return the day on which somebody took a model into the inventory; None before that."""
    found: str | None = connection.execute(_taken_in(model)).scalar()
    return date.fromisoformat(found[:10]) if found else None


def _taken_in(model: str) -> sa.Select[Any]:
    entries = [name_of(kind) for kind in (ModelRegistered, CandidateAccepted)]
    return sa.select(sa.func.min(events.c.at)).where(
        events.c.subject == model, events.c.type.in_(entries)
    )

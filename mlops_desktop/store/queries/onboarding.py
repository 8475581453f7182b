"""What was in use before its model came into the inventory."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from mlops_desktop.core.events.candidates import CandidateAccepted
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.store.queries.among import one_of
from mlops_desktop.store.queries.record_terms import field_of
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import model_states


def onboarded_deployments(
    connection: sa.Connection, taken_in: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Return of each model the deployments that began before it was ``taken_in``.

    A model without any is not named.
    """
    c = deployments.c
    query = sa.select(c.model, c.id, c.opened).where(one_of(c.model, taken_in))
    found: dict[str, set[str]] = {}
    for row in connection.execute(query):
        if row.opened < taken_in[row.model]:
            found.setdefault(row.model, set()).add(row.id)
    return {model: frozenset(ids) for model, ids in found.items()}


def reviewed_before(connection: sa.Connection, taken_in: Mapping[str, str]) -> frozenset[str]:
    """Return the models whose record ever named a review from before they were ``taken_in``."""
    c = model_states.c
    named = sa.func.min(field_of(c.record, "last_review"))
    query = sa.select(c.id, named).where(one_of(c.id, taken_in)).group_by(c.id)
    found = connection.execute(query)
    return frozenset(model for model, first in found if first and first < taken_in[model][:10])


def taken_in_at(connection: sa.Connection, wanted: Collection[str]) -> dict[str, str]:
    """Return when somebody took each model into the inventory; candidates are not named."""
    entered = [name_of(kind) for kind in (ModelRegistered, CandidateAccepted)]
    query = sa.select(events.c.subject, sa.func.min(events.c.at)).where(
        one_of(events.c.subject, wanted), events.c.type.in_(entered)
    )
    found = connection.execute(query.group_by(events.c.subject))
    return {str(model): str(at) for model, at in found}

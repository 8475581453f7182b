"""Models as the transaction leaves them, what is not committed yet included."""

from collections.abc import Iterable
from typing import TypeAlias

import sqlalchemy as sa

from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.among import one_of
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.projected import model_states, models

_CHUNK = 500


def current_state(connection: sa.Connection, key: str) -> ModelState:
    """Return a model as this transaction leaves it, what is not committed yet included."""
    found = connection.execute(sa.select(models.c.record).where(models.c.id == key)).scalar_one()
    opened = log.open_commitments(connection, set(records.digests_in(found)))
    return records.from_text(ModelState, found, opened)


def current_states(connection: sa.Connection, keys: tuple[str, ...]) -> dict[str, ModelState]:
    """Return models by id, in the order of the keys, as :func:`current_state` does one."""
    query = sa.select(models.c.id, models.c.record).where(one_of(models.c.id, keys))
    found = {row.id: row.record for row in connection.execute(query)}
    closed = {digest for record in found.values() for digest in records.digests_in(record)}
    opened = log.open_commitments(connection, closed)
    return {key: records.from_text(ModelState, found[key], opened) for key in keys if key in found}


Tiers: TypeAlias = tuple[int | None, int | None]


def last_tiers(connection: sa.Connection, keys: tuple[str, ...], since: int) -> dict[str, Tiers]:
    """Return models' tiers before the ledger had ``since`` events and now, in the keys' order."""
    before = (
        sa.select(model_states.c.tier)
        .where(model_states.c.id == models.c.id, model_states.c.position < since)
        .order_by(model_states.c.effective.desc(), model_states.c.position.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = sa.select(models.c.id, before, models.c.tier).where(one_of(models.c.id, keys))
    found = {id: (was, now) for id, was, now in connection.execute(query)} if keys else {}
    return {key: found[key] for key in keys if key in found}


def decided(connection: sa.Connection, keys: Iterable[str]) -> tuple[str, ...]:
    """Return those of these models that somebody took into the inventory, sorted by number."""
    wanted, undecided = list(keys), (State.CANDIDATE.value, State.REJECTED.value)
    query = sa.select(models.c.id).where(models.c.stage.not_in(undecided))
    found: list[str] = []
    for start in range(0, len(wanted), _CHUNK):
        part = query.where(models.c.id.in_(wanted[start : start + _CHUNK]))
        found += connection.execute(part.order_by(models.c.number)).scalars()
    return tuple(found)


def seen_serving(connection: sa.Connection, keys: Iterable[str]) -> tuple[str, ...]:
    """Return those of these models that a source saw serve, sorted."""
    c, others = deployments.c, sorted(keys)
    found: list[str] = []
    for start in range(0, len(others), _CHUNK):
        part = c.model.in_(others[start : start + _CHUNK])
        query = sa.select(c.model).where(part, c.thing.is_not(None)).distinct()
        found += connection.execute(query.order_by(c.model)).scalars()
    return tuple(found)


def deployment_evidence(connection: sa.Connection, key: str) -> tuple[str, ...]:
    """Return what shows a deployment: the digest of the answer that told of it, or its basis."""
    c = deployments.c
    row = connection.execute(sa.select(c.seen_digest, c.basis).where(c.id == key)).first()
    return tuple(part for part in row or () if part)

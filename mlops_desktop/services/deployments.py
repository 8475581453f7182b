"""Deployments that no source tells about: opened and closed by hand."""

from dataclasses import dataclass
from datetime import datetime

import mlops_desktop.store.queries.models as queries
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.asking import find_version
from mlops_desktop.services.entities import find_entities
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.store.queries.versions import DeploymentRow, list_deployments
from mlops_desktop.store.unit_of_work import WriteSession

ROLES = ("champion", "challenger")


@dataclass(frozen=True, slots=True)
class Place:
    """Which version serves where, in which role (champion or challenger), for which entity.

    ``entity`` is what a legal entity is called; None says nothing of it.
    """

    version: str
    environment: str
    role: str = "champion"
    entity: str | None = None


@locks_late
def open_deployment(
    session: Session,
    named: str,
    place: Place,
    *,
    basis: str | None = None,
    effective: datetime | None = None,
) -> Recorded:
    """Record that a version began to serve and return the deployment's id.

    ``basis`` says how that is known, ``effective`` since when (now unless said). Raises
    ``deployment.environment_missing``, ``deployment.role_unknown``, ``deployment.already_open``,
    ``version.not_found``, ``model.not_found``, ``entity.not_found``.
    """
    environment = _check(place)
    with session.workspace.write(session.actor) as work:
        model = queries.find_model(work.connection, named)
        version = find_version(work, model, place.version)
        entity = _entity(work, place)
        if _find_open(work, model, version.key, place, environment):
            label = version.details.version
            raise AppError(
                "deployment.already_open", where="version", version=label, environment=environment
            )
        deployment = new_id()
        opened = DeploymentOpened(
            deployment,
            model,
            version.key,
            version.details.version,
            environment,
            place.role,
            basis=clean_text(basis).strip() or None if basis else None,
            entity=entity,
        )
        work.record(opened, effective=effective)
    return Recorded(deployment, work.changes)


@locks_late
def close_deployment(
    session: Session, named: str, place: Place, *, effective: datetime | None = None
) -> Recorded:
    """Record that a version stopped serving; ``effective`` says until when (now unless said).

    Raises ``deployment.not_open``, ``deployment.told_by_source`` where a source opened it and so
    its reading closes it, ``deployment.closed_before_opened``.
    """
    environment = _check(place)
    with session.workspace.write(session.actor) as work:
        model = queries.find_model(work.connection, named)
        version = find_version(work, model, place.version)
        found = _find_open(work, model, version.key, place, environment)
        if found is None:
            label = version.details.version
            raise AppError(
                "deployment.not_open", where="version", version=label, environment=environment
            )
        _check_closing(found, effective or clock.now())
        work.record(DeploymentClosed(found.key, model), effective=effective)
    return Recorded(found.key, work.changes)


def _check(place: Place) -> str:
    if place.role not in ROLES:
        allowed = ", ".join(ROLES)
        raise AppError("deployment.role_unknown", where="role", role=place.role, allowed=allowed)
    environment = clean_text(place.environment).strip()
    if not environment:
        raise AppError("deployment.environment_missing", where="environment")
    return environment


def _find_open(
    work: WriteSession, model: str, version: str, place: Place, environment: str
) -> DeploymentRow | None:
    wanted = (version, environment, place.role, _entity(work, place))
    for row in list_deployments(work.connection, model):
        if row.until is None and (row.version, row.environment, row.role, row.entity) == wanted:
            return row
    return None


def _entity(work: WriteSession, place: Place) -> str | None:
    return find_entities(work, (place.entity,))[0] if place.entity else None


def _check_closing(found: DeploymentRow, until: datetime) -> None:
    if found.source:
        raise AppError("deployment.told_by_source", where="version", source=found.source)
    if clock.to_text(until) < found.since:
        raise AppError("deployment.closed_before_opened", where="effective", since=found.since)

"""Emergency changes and permissions out, as of any date."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.emergencies import Emergency
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import registry
from mlops_desktop.core.events.approvals import Condition
from mlops_desktop.core.events.emergencies import EmergencyRecorded
from mlops_desktop.core.events.permissions import (
    ObligationMet,
    PermissionAnswered,
    PermissionApplied,
    PermissionNeeded,
)
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.permissions import Permission
from mlops_desktop.core.request_changes import terms_of
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.permissions import emergencies, permission_events


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """An emergency change as recorded: by whom and why."""

    emergency: Emergency
    person: str
    at: str
    reason: str | None
    position: int
    why: Erasable


def list_emergencies(
    connection: sa.Connection, model: str | None = None, as_of: AsOf = NOW
) -> tuple[EmergencyRow, ...]:
    """Return emergency changes in the order recorded."""
    c = emergencies.c
    query = sa.select(emergencies).where(c.position < known_size(connection, as_of))
    if model is not None:
        query = query.where(c.model == model)
    if as_of.at is not None:
        query = query.where(c.since <= as_of.at.isoformat())
    rows = connection.execute(query.order_by(c.position)).mappings().all()
    opened = _opened(connection, rows)
    return tuple(_emergency(row, opened) for row in rows)


def _opened(connection: sa.Connection, rows: Sequence[sa.RowMapping]) -> dict[str, str]:
    closed = {digest for row in rows for digest in records.digests_in(row["record"])}
    return log.open_commitments(connection, closed)


def _emergency(row: sa.RowMapping, opened: dict[str, str]) -> EmergencyRow:
    told = records.from_text(EmergencyRecorded, row["record"], opened)
    since = date.fromisoformat(row["since"])
    made = Emergency(told.emergency, told.model, told.version, told.environment, since, told.days)
    return EmergencyRow(
        made, row["person"], row["at"], told.reason.text, row["position"], told.reason
    )


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """A version's case with a supervisor, its texts and evidence, and everything told about it."""

    permission: Permission
    model: str
    reason: str | None
    reference: str | None
    obligations: tuple[Condition, ...]
    position: int
    told: tuple["PermissionTelling", ...] = ()

    def fulfilment(self, number: int) -> "PermissionTelling | None":
        """Return who recorded with which evidence that an obligation is met."""
        met = [one for one in self.told if isinstance(one.payload, ObligationMet)]
        return next((one for one in met if getattr(one.payload, "number", 0) == number), None)


@dataclass(frozen=True, slots=True)
class PermissionTelling:
    """Something told about a permission: by whom, and when it was recorded."""

    position: int
    person: str
    at: str
    payload: Event


def list_permissions(
    connection: sa.Connection, model: str | None = None, as_of: AsOf = NOW
) -> tuple[PermissionRow, ...]:
    """Return permissions in the order they were found to be needed."""
    c = permission_events.c
    query = sa.select(permission_events).where(c.position < known_size(connection, as_of))
    if model is not None:
        query = query.where(c.model == model)
    rows = connection.execute(query.order_by(c.position)).mappings().all()
    opened = _opened(connection, rows)
    made: dict[str, PermissionRow] = {}
    for row in rows:
        told = records.from_text(registry.kind_of(row["kind"]), row["record"], opened)
        if isinstance(told, PermissionNeeded):
            made[told.permission] = _needed(told, row["position"])
        elif row["permission"] in made:
            made[row["permission"]] = _told(made[row["permission"]], told, as_of.day)
        if (known := made.get(row["permission"])) is not None:
            one = PermissionTelling(row["position"], row["person"], row["at"], told)
            made[row["permission"]] = replace(known, told=(*known.told, one))
    return tuple(made.values())


def _needed(told: PermissionNeeded, position: int) -> PermissionRow:
    permission = Permission(
        told.permission, told.version, told.environment, told.category, told.authority
    )
    reason = told.reason.text if told.reason else None
    return PermissionRow(permission, told.model, reason, None, (), position)


def _told(row: PermissionRow, told: Event, day: date) -> PermissionRow:
    known = row.permission
    if isinstance(told, PermissionApplied) and told.applied_on <= day:
        applied = replace(known, applied_on=told.applied_on)
        return replace(row, permission=applied, reference=told.reference)
    if isinstance(told, PermissionAnswered) and told.answered_on <= day:
        answered = replace(
            known,
            outcome=told.outcome,
            answered_on=told.answered_on,
            terms=terms_of(told.obligations),
        )
        return replace(row, permission=answered, obligations=told.obligations)
    if isinstance(told, ObligationMet):
        return replace(row, permission=replace(known, met=(*known.met, told.number)))
    return row


def get_permission(connection: sa.Connection, id: str) -> PermissionRow:
    """Return a permission by id, or by its beginning; raises ``permission.not_found``."""
    rows = list_permissions(connection)
    found = [row for row in rows if row.permission.id.startswith(id)]
    if not id or len(found) != 1:
        raise AppError("permission.not_found", id=id)
    return found[0]

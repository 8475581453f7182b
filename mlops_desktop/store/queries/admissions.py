"""Invitations and admissions out."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.admissions import PersonAdmitted, PersonInvited
from mlops_desktop.store import log, records
from mlops_desktop.store.tables.admissions import admissions, invitations


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation: what it says, who wrote it and when, and whether it was withdrawn."""

    told: PersonInvited
    by: str
    at: datetime
    is_withdrawn: bool
    position: int


@dataclass(frozen=True, slots=True)
class AdmissionRow:
    """An admission, by whom, and how it stands: ``waiting``, ``done`` or ``refused``."""

    told: PersonAdmitted
    by: str
    at: datetime
    standing: str
    second: str | None
    position: int


def list_invitations(connection: sa.Connection) -> tuple[InvitationRow, ...]:
    """Return every invitation, the newest first."""
    query = sa.select(invitations).order_by(invitations.c.position.desc())
    return tuple(_invitation(connection, row) for row in connection.execute(query).mappings())


def get_invitation(connection: sa.Connection, id: str) -> InvitationRow:
    """Return an invitation by id; raises ``invitation.not_found``."""
    query = sa.select(invitations).where(invitations.c.id == id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise AppError("invitation.not_found")
    return _invitation(connection, row)


def _invitation(connection: sa.Connection, row: sa.RowMapping) -> InvitationRow:
    record = row["record"]
    opened = log.open_commitments(connection, set(records.digests_in(record)))
    told = records.from_text(PersonInvited, record, opened)
    at, withdrawn = clock.from_text(row["at"]), row["withdrawn_at"] is not None
    return InvitationRow(told, row["by"], at, withdrawn, row["position"])


def list_admissions(connection: sa.Connection) -> tuple[AdmissionRow, ...]:
    """Return every admission, the newest first."""
    query = sa.select(admissions).order_by(admissions.c.position.desc())
    return tuple(_admission(connection, row) for row in connection.execute(query).mappings())


def _admission(connection: sa.Connection, row: sa.RowMapping) -> AdmissionRow:
    record = row["record"]
    opened = log.open_commitments(connection, set(records.digests_in(record)))
    told = records.from_text(PersonAdmitted, record, opened)
    at = clock.from_text(row["at"])
    return AdmissionRow(told, row["by"], at, row["standing"], row["second"], row["position"])

"""Invitations and admissions; an admission lets somebody sign once enough custodians signed it."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.admissions import (
    AdmissionConfirmed,
    AdmissionRefused,
    InvitationWithdrawn,
    PersonAdmitted,
    PersonInvited,
    RevocationConfirmed,
)
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.people import keep_person, revoke, take
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.admissions import admissions, invitations


@projects(PersonInvited, InvitationWithdrawn)
def project_invitation(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep an invitation, and that it was withdrawn."""
    payload = happening.payload
    if isinstance(payload, PersonInvited):
        rows.touched.add(("person", payload.person))
        rows.put(invitations, {"id": payload.invitation, **_told(happening, payload.person)})
    elif isinstance(payload, InvitationWithdrawn):
        row = rows.get(invitations, payload.invitation)
        if row is not None:
            rows.touched.add(("person", str(row["person"])))
            rows.put(invitations, {**row, "withdrawn_at": clock.to_text(happening.at)})


@projects(PersonAdmitted)
def project_admission(rows: Rows, happening: Happening, signature: Signature | None) -> None:
    """Keep an admission; where one custodian is enough, the person signs from here on."""
    payload = happening.payload
    if not isinstance(payload, PersonAdmitted):
        return
    effect = take(rows, happening, signature)
    standing = "refused" if effect is None else "done" if effect.admission else "waiting"
    row: Row = {"id": payload.admission, "standing": standing, **_told(happening, payload.person)}
    rows.put(admissions, row)
    rows.touched.add(("person", payload.person))
    if standing == "done":
        _let_in(rows, row, happening.position)


@projects(AdmissionConfirmed, AdmissionRefused)
def project_second(rows: Rows, happening: Happening, signature: Signature | None) -> None:
    """Let in whom a second custodian confirms; keep that he refused."""
    payload = happening.payload
    if not isinstance(payload, AdmissionConfirmed | AdmissionRefused):
        return
    row = rows.get(admissions, payload.admission)
    effect = take(rows, happening, signature)
    if row is None or effect is None:
        return
    standing = "done" if effect.admission else "refused"
    reason = getattr(payload, "reason", None)
    said = records.to_text(reason) if reason is not None else None
    told = {**row, "standing": standing, "second": happening.actor.person, "reason": said}
    rows.put(admissions, told)
    rows.touched.add(("person", str(row["person"])))
    if effect.admission:
        _let_in(rows, told, happening.position)


@projects(RevocationConfirmed)
def project_removal(rows: Rows, happening: Happening, signature: Signature | None) -> None:
    """Let a custodian sign no longer, by the second signature."""
    payload = happening.payload
    if not isinstance(payload, RevocationConfirmed):
        return
    if take(rows, happening, signature) is not None:
        revoke(rows, payload.person, happening.position)


def _let_in(rows: Rows, row: Row, position: int) -> None:
    record = str(row["record"])
    admitted = records.from_text(PersonAdmitted, record, rows.opened(record))
    keep_person(rows, admitted, position)


def _told(happening: Happening, person: str) -> Row:
    return {
        "person": person,
        "record": records.to_text(happening.payload),
        "by": happening.actor.person,
        "at": clock.to_text(happening.at),
        "position": happening.position,
    }

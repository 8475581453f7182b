"""Persons, the certificates their signatures are checked with, and devices."""

import msgspec

from mlops_desktop.core.custody_fold import Effect, Told
from mlops_desktop.core.events.admissions import PersonAdmitted
from mlops_desktop.core.events.people import (
    DeviceEnrolled,
    PersonEnrolled,
    PersonLocked,
    PersonRevoked,
)
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.custody import fold_custody
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.projected import certificates, devices, people


@projects(PersonEnrolled)
def project_enrolment(rows: Rows, happening: Happening, signature: Signature | None) -> None:
    """Keep a person; a further enrolment replaces roles and certificate."""
    payload = happening.payload
    if isinstance(payload, PersonEnrolled) and take(rows, happening, signature) is not None:
        keep_person(rows, payload, happening.position)


def take(rows: Rows, happening: Happening, signature: Signature | None) -> Effect | None:
    """Take an event into the custody; None where too few signed it: then nothing comes of it."""
    told = Told(happening.payload, happening.actor.person, happening.at, signature is not None)
    return fold_custody(rows, told)


def keep_person(rows: Rows, payload: PersonEnrolled | PersonAdmitted, position: int) -> None:
    """Keep a person as enrolled or admitted at ``position``."""
    name = payload.name.text or payload.person
    rows.touched.add(("person", payload.person))
    rows.put(
        people,
        {
            "id": payload.person,
            "name": name,
            "name_key": sort_key(name),
            "roles": msgspec.json.encode([role.value for role in payload.roles]).decode(),
            "scopes": records.list_to_text(tuple(payload.scopes)),
            "certificate": payload.certificate,
            "fingerprint": payload.fingerprint,
            "position": position,
        },
    )
    if payload.certificate and payload.fingerprint:
        row: Row = {
            "fingerprint": payload.fingerprint,
            "person": payload.person,
            "pem": payload.certificate,
            "position": position,
        }
        if rows.get(certificates, payload.fingerprint) is None:
            rows.put(certificates, row)


@projects(PersonRevoked)
def project_revocation(rows: Rows, happening: Happening, signature: Signature | None) -> None:
    """Note from which position on a person's signatures no longer count."""
    payload = happening.payload
    if not isinstance(payload, PersonRevoked):
        return
    rows.touched.add(("person", payload.person))
    effect = take(rows, happening, signature)
    if effect is not None and effect.revoked is not None:
        revoke(rows, payload.person, happening.position)


def revoke(rows: Rows, id: str, position: int) -> None:
    """Let signatures of a person count no longer from ``position`` on."""
    person = rows.get(people, id)
    if person is None:
        return
    rows.touched.add(("person", id))
    rows.put(people, {**person, "revoked_position": position})
    certificate = rows.get(certificates, person["fingerprint"])
    if certificate is not None:
        rows.put(certificates, {**certificate, "revoked_position": position})


@projects(PersonLocked)
def project_lock(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Tell the pages that a person's key was locked; the row itself stays."""
    if isinstance(happening.payload, PersonLocked):
        rows.touched.add(("person", happening.payload.person))


@projects(DeviceEnrolled)
def project_device(rows: Rows, happening: Happening, signature: Signature | None) -> None:
    """Keep a device's public key."""
    payload = happening.payload
    if isinstance(payload, DeviceEnrolled) and take(rows, happening, signature) is not None:
        rows.put(
            devices,
            {
                "id": payload.device,
                "person": payload.person,
                "public_key": payload.public_key,
                "position": happening.position,
            },
        )

"""Persons, the certificates their signatures are checked with, and devices."""

import msgspec

from mlops_desktop.core.events.people import (
    DeviceEnrolled,
    PersonEnrolled,
    PersonLocked,
    PersonRevoked,
)
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.projected import certificates, devices, people


@projects(PersonEnrolled)
def project_enrolment(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a person; a further enrolment replaces roles and certificate."""
    payload = happening.payload
    if not isinstance(payload, PersonEnrolled):
        return
    name = payload.name.text or payload.person
    rows.touched.add(("person", payload.person))
    rows.put(
        people,
        {
            "id": payload.person,
            "name": name,
            "name_key": sort_key(name),
            "roles": msgspec.json.encode([role.value for role in payload.roles]).decode(),
            "certificate": payload.certificate,
            "fingerprint": payload.fingerprint,
            "position": happening.position,
        },
    )
    if payload.certificate and payload.fingerprint:
        row: Row = {
            "fingerprint": payload.fingerprint,
            "person": payload.person,
            "pem": payload.certificate,
            "position": happening.position,
        }
        rows.put(certificates, row)


@projects(PersonRevoked)
def project_revocation(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note from which position on a person's signatures no longer count."""
    payload = happening.payload
    if not isinstance(payload, PersonRevoked):
        return
    rows.touched.add(("person", payload.person))
    person = rows.get(people, payload.person)
    if person is None:
        return
    rows.put(people, {**person, "revoked_position": happening.position})
    certificate = rows.get(certificates, person["fingerprint"])
    if certificate is not None:
        rows.put(certificates, {**certificate, "revoked_position": happening.position})


@projects(PersonLocked)
def project_lock(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Tell the pages that a person's key was locked; the row itself stays."""
    if isinstance(happening.payload, PersonLocked):
        rows.touched.add(("person", happening.payload.person))


@projects(DeviceEnrolled)
def project_device(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a device's public key."""
    payload = happening.payload
    if isinstance(payload, DeviceEnrolled):
        rows.put(
            devices,
            {
                "id": payload.device,
                "person": payload.person,
                "public_key": payload.public_key,
                "position": happening.position,
            },
        )

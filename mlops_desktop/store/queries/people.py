"""Persons, certificates and devices out."""

from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person, Role, Scope
from mlops_desktop.store import records
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries import admissions
from mlops_desktop.store.tables.projected import certificates, devices, people


def list_people(connection: sa.Connection) -> tuple[Person, ...]:
    """Return everybody ever enrolled, by name."""
    found = connection.execute(sa.select(people).order_by(people.c.name_key)).mappings()
    return tuple(_person(row) for row in found)


def get_person(connection: sa.Connection, id: str) -> Person:
    """Return a person by id; raises ``person.not_found``."""
    found = look_up(connection, id)
    if found is None:
        raise AppError("person.not_found", name=id)
    return found


def look_up(connection: sa.Connection, id: str) -> Person | None:
    """Return a person by id, or None, as for who only reads and has no key here."""
    found = connection.execute(sa.select(people).where(people.c.id == id)).mappings().first()
    return _person(found) if found is not None else None


def find_person(connection: sa.Connection, named: str) -> Person:
    """Return the person of that id or name, case and accents aside.

    Raises ``person.not_found``, ``person.invited`` and ``person.waits`` for somebody who is not
    let in yet, or ``person.ambiguous`` for a name that several bear.
    """
    key = sort_key(named.strip())
    query = sa.select(people).where(sa.or_(people.c.id == named, people.c.name_key == key))
    found = connection.execute(query).mappings().all()
    if len(found) > 1:
        raise AppError("person.ambiguous", name=named)
    if not found:
        raise _unknown(connection, named, key)
    return _person(found[0])


def _unknown(connection: sa.Connection, named: str, key: str) -> AppError:
    """Return why nobody is known by a name: somebody of that name may be on the way."""
    admitted = admissions.list_admissions(connection)
    answered = {one.told.invitation for one in admitted}
    waiting = [one.told for one in admitted if one.standing == "waiting"]
    if any(sort_key(one.name.text or "") == key for one in waiting):
        return AppError("person.waits", name=named)
    for one in admissions.list_invitations(connection):
        is_open = not one.is_withdrawn and one.told.invitation not in answered
        if is_open and sort_key(one.told.name.text or "") == key:
            return AppError("person.invited", name=named)
    return AppError("person.not_found", name=named)


def names(connection: sa.Connection) -> dict[str, str]:
    """Return the printed name of every person by id."""
    query = sa.select(people.c.id, people.c.name)
    return {row.id: row.name for row in connection.execute(query)}


def _person(row: sa.RowMapping) -> Person:
    roles = msgspec.json.decode(row["roles"], type=list[str])
    return Person(
        id=row["id"],
        name=row["name"],
        roles=tuple(Role(role) for role in roles),
        certificate=row["certificate"],
        fingerprint=row["fingerprint"],
        is_revoked=row["revoked_position"] is not None,
        scopes=records.list_from_text(Scope, row["scopes"]),
    )


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled device key; ``public_key`` is 64 hexadecimal digits."""

    id: str
    person: str
    public_key: str
    position: int


def list_devices(connection: sa.Connection) -> tuple[Device, ...]:
    """Return every device key ever enrolled, in order."""
    found = connection.execute(sa.select(devices).order_by(devices.c.position)).mappings()
    return tuple(
        Device(row["id"], row["person"], row["public_key"], row["position"]) for row in found
    )


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with the positions between which its signatures count."""

    person: str
    pem: str
    position: int
    revoked_position: int | None


def get_certificate(connection: sa.Connection, fingerprint: str) -> Certificate | None:
    """Return the enrolled certificate of a SHA-256 fingerprint (hexadecimal)."""
    query = sa.select(certificates).where(certificates.c.fingerprint == fingerprint)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return _certificate(row)


def list_certificates(connection: sa.Connection) -> tuple[Certificate, ...]:
    """Return every certificate ever enrolled, in order."""
    found = connection.execute(sa.select(certificates).order_by(certificates.c.position))
    return tuple(_certificate(row) for row in found.mappings())


def _certificate(row: sa.RowMapping) -> Certificate:
    return Certificate(row["person"], row["pem"], row["position"], row["revoked_position"])

"""One event about persons, taken into the custody of a workspace: what takes effect by it."""

from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core.custody import Admission, Custody
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.admissions import (
    AdmissionConfirmed,
    AdmissionRefused,
    PersonAdmitted,
    RevocationConfirmed,
)
from mlops_desktop.core.events.people import DeviceEnrolled, PersonEnrolled, PersonRevoked
from mlops_desktop.core.identity import Role

FOLDED = (
    PersonEnrolled,
    PersonRevoked,
    PersonAdmitted,
    AdmissionConfirmed,
    AdmissionRefused,
    RevocationConfirmed,
    DeviceEnrolled,
)
"""The events the rules about custodians speak of."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event about persons: what, by whom, when, and whether a person's own key signed it."""

    payload: object
    by: str
    at: datetime
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event brought about: an admission's id, or the person revoked; None for neither."""

    admission: str | None = None
    revoked: str | None = None


def take(custody: Custody, told: Told) -> Effect:
    """Take in one event; raises AppError ``custody.…`` where too few signed, and stays as it is."""
    payload = told.payload
    match payload:
        case PersonEnrolled():
            can_sign = payload.certificate is not None
            custody.enrol(payload.person, _roles(payload.roles), can_sign=can_sign)
        case DeviceEnrolled():
            if custody.needs_two and not told.is_signed:
                raise AppError("custody.device_unproven", person=payload.person)
        case PersonRevoked():
            signed = told.is_signed
            if custody.revoke(payload.person, told.by, told.at, is_signed=signed):
                return Effect(revoked=payload.person)
        case RevocationConfirmed():
            custody.confirm_removal(payload.person, told.by, told.at)
            return Effect(revoked=payload.person)
        case _:
            return _take_admission(custody, told)
    return Effect()


def _take_admission(custody: Custody, told: Told) -> Effect:
    payload = told.payload
    match payload:
        case PersonAdmitted():
            if custody.admit(admission_of(payload, told.by)):
                return Effect(admission=payload.admission)
        case AdmissionConfirmed():
            waits = custody.waiting.get(payload.admission)
            if waits is not None and waits.fingerprint != payload.fingerprint:
                raise AppError("custody.other_certificate", person=waits.person)
            custody.confirm(payload.admission, told.by)
            return Effect(admission=payload.admission)
        case AdmissionRefused():
            custody.refuse(payload.admission, told.by)
    return Effect()


def admission_of(payload: PersonAdmitted, by: str) -> Admission:
    """Return what the rules about custodians need to know of an admission signed by ``by``."""
    roles = _roles(payload.roles)
    return Admission(payload.admission, payload.person, by, roles, payload.fingerprint)


def _roles(told: tuple[Role, ...]) -> tuple[Role, ...]:
    return tuple(Role(role) for role in told)  # bytes of another program may name none

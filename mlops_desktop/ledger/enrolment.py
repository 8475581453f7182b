"""Who could sign at which position, learned from the events themselves, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from mlops_desktop.core import clock, ledger_format
from mlops_desktop.core.custody import Custody
from mlops_desktop.core.custody_fold import FOLDED, Effect, Told, take
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.events.admissions import PersonAdmitted
from mlops_desktop.core.events.people import (
    DeviceEnrolled,
    PersonEnrolled,
    WorkspaceCreated,
)
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.ledger.body import Tree
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.outside.certificate_requests import check_request
from mlops_desktop.outside.certificates import fingerprint, read_certificate
from mlops_desktop.outside.public_keys import key_digest

LEARNED: dict[str, type] = {name_of(kind): kind for kind in (WorkspaceCreated, *FOLDED)}


ENROLLED = name_of(PersonEnrolled)


class Enrolment(Protocol):
    """Answers who was enrolled when."""

    @property
    def origin(self) -> str | None:
        """The origin that every checkpoint of the workspace names."""
        ...

    @property
    def format(self) -> int:
        """What the ledger promised when it was founded."""
        ...

    @property
    def authority(self) -> str:
        """The certificate (PEM) of the workspace's authority, which vouches for signers."""
        ...

    def certificate_at(self, person: str, position: int) -> str | None:
        """Return the certificate (PEM) the person signs with at ``position``, None if none."""
        ...

    def device_keys(self, since: int, size: int) -> list[NoteKey]:
        """Return the device keys that could sign a head of ``size`` that follows ``since``."""
        ...


@dataclass(slots=True)
class _Device:
    key: NoteKey
    person: str
    start: int
    end: int | None = None


@dataclass(slots=True)
class LearnedEnrolment:
    """Enrolment as the events tell it; feed it every event that :func:`is_learned` names."""

    origin: str | None = None
    authority: str = ""
    format: int = ledger_format.FIRST
    _certificates: dict[str, list[tuple[int, str | None]]] = field(default_factory=dict)
    _holders: dict[str, str] = field(default_factory=dict)
    _devices: list[_Device] = field(default_factory=list)
    _custody: Custody = field(default_factory=Custody)
    _admitted: dict[str, PersonAdmitted] = field(default_factory=dict)

    def learn(self, position: int, event: Mapping[str, Tree]) -> None:
        """Take in one event.

        Raises AppError ``ledger.event_malformed``, ``ledger.key_shared``, ``custody.…`` for what
        too few custodians signed (it makes no signer), ``request.…`` without proof of possession.
        """
        try:
            happening = _read(event)
            self._take(position, happening)
        except AppError as refusal:
            if refusal.code.startswith(_RULES):
                raise
            raise AppError("ledger.event_malformed") from None
        except (TypeError, ValueError, KeyError, AttributeError):
            raise AppError("ledger.event_malformed") from None

    def must_be_vouched(self, position: int, event: Mapping[str, Tree]) -> bool:
        """Tell whether the authority must have signed an enrolment: a signer is made or changed."""
        data = event.get("data")
        if event.get("type") != ENROLLED or self.format < ledger_format.VOUCHED:
            return False
        if not isinstance(data, Mapping):
            return True
        was_one = self.certificate_at(str(data.get("person")), position) is not None
        return was_one or data.get("certificate") is not None

    def certificate_at(self, person: str, position: int) -> str | None:
        """Return the certificate (PEM) the person signs with at ``position``, None if none."""
        found = None
        for start, certificate in self._certificates.get(person, ()):
            if start < position:
                found = certificate
        return found

    def device_keys(self, since: int, size: int) -> list[NoteKey]:
        """Return the device keys that could sign a head of ``size`` that follows ``since``.

        A device enrolled in the very events the head covers counts, and so does one whose person
        is revoked in them.
        """
        return [
            device.key
            for device in self._devices
            if device.start < size and (device.end is None or device.end >= since)
        ]

    def _take(self, position: int, told: Told) -> None:
        payload = told.payload
        match payload:
            case WorkspaceCreated() if self.origin is None:
                self.origin, self.format = payload.origin, int(payload.format)
                self.authority = payload.authority
            case DeviceEnrolled():
                take(self._custody, told)
                key = NoteKey(self.origin or "", bytes.fromhex(payload.public_key))
                self._devices.append(_Device(key, payload.person, position))
            case WorkspaceCreated():
                raise AppError("ledger.event_malformed")
            case _:
                if isinstance(payload, PersonAdmitted):
                    self._check_admission(payload, position)
                self._apply(position, payload, take(self._custody, told))

    def _apply(self, position: int, payload: object, effect: Effect) -> None:
        """Let somebody sign from here on, or no longer."""
        if isinstance(payload, PersonEnrolled):
            self._certify(payload.person, position, payload.certificate)
        if isinstance(payload, PersonAdmitted):
            self._admitted[payload.admission] = payload
        if effect.admission is not None:
            done = self._admitted[effect.admission]
            self._certify(done.person, position, done.certificate)
        if effect.revoked is not None:
            self._certify(effect.revoked, position, None)
            self._close_devices(effect.revoked, position)

    def _check_admission(self, payload: PersonAdmitted, position: int) -> None:
        """Ask for proof that whoever is admitted holds the key, unless it is his already."""
        certificate = read_certificate(payload.certificate)
        if fingerprint(certificate) != payload.fingerprint:
            raise AppError("custody.other_certificate", person=payload.person)
        if payload.request is not None:
            bound = payload.invitation or payload.person
            check_request(payload.request, certificate.public_key(), bound)
        elif self.certificate_at(payload.person, position) != payload.certificate:
            raise AppError("request.missing", person=payload.person)

    def _certify(self, person: object, position: int, certificate: object) -> None:
        if not isinstance(person, str) or not isinstance(certificate, str | None):
            raise TypeError("foreign bytes hold anything")
        if certificate:
            self._check_own_key(person, certificate)
        self._certificates.setdefault(person, []).append((position, certificate))

    def _check_own_key(self, person: str, certificate: str) -> None:
        """Refuse a key that another person was enrolled with: its holder would count twice."""
        try:
            key = key_digest(read_certificate(certificate).public_key())
        except AppError:  # one that cannot be read signs nothing
            return
        holder = self._holders.setdefault(key, person)
        if holder != person:
            raise AppError("ledger.key_shared", person=person, holder=holder)

    def _close_devices(self, person: str, position: int) -> None:
        for device in self._devices:
            if device.person == person and device.end is None:
                device.end = position


_RULES = ("custody.", "request.", "ledger.key_shared", "public_key.")
"""What verification says as it is; anything else means bytes that nobody of ours wrote."""


def _read(event: Mapping[str, Tree]) -> Told:
    payload: object = codec.from_tree(LEARNED[str(event["type"])], event["data"], {})
    actor = event["actor"]
    by = actor["person"] if isinstance(actor, Mapping) else None
    return Told(payload, str(by), clock.from_text(str(event["at"])), "signature" in event)


def is_learned(event: Mapping[str, Tree]) -> bool:
    """Tell whether an event says something about who may sign."""
    kind = event.get("type")
    return isinstance(kind, str) and kind in LEARNED

"""Who could sign at which position, learned from the events themselves, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from mlops_desktop.core import ledger_format
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.events.people import (
    DeviceEnrolled,
    PersonEnrolled,
    PersonRevoked,
    WorkspaceCreated,
)
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.ledger.body import Tree
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.outside.certificates import read_certificate
from mlops_desktop.outside.public_keys import key_digest

LEARNED: dict[str, type] = {
    name_of(kind): kind
    for kind in (WorkspaceCreated, PersonEnrolled, PersonRevoked, DeviceEnrolled)
}


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
    format: int = ledger_format.FIRST
    _certificates: dict[str, list[tuple[int, str | None]]] = field(default_factory=dict)
    _holders: dict[str, str] = field(default_factory=dict)
    _devices: list[_Device] = field(default_factory=list)

    def learn(self, position: int, event: Mapping[str, Tree]) -> None:
        """Take in one event; raises AppError ``ledger.event_malformed``, ``ledger.key_shared``."""
        kind = LEARNED[str(event["type"])]
        try:
            payload: object = codec.from_tree(kind, event["data"], {})
            self._take(position, payload)
        except (AppError, TypeError, ValueError, KeyError, AttributeError):
            raise AppError("ledger.event_malformed") from None
        if isinstance(payload, PersonEnrolled) and payload.certificate:
            self._check_own_key(payload.person, payload.certificate)

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

    def _take(self, position: int, payload: object) -> None:
        match payload:
            case WorkspaceCreated() if self.origin is None:
                self.origin, self.format = payload.origin, int(payload.format)
            case PersonEnrolled():
                self._certify(payload.person, position, payload.certificate)
            case PersonRevoked():
                self._certify(payload.person, position, None)
                self._close_devices(payload.person, position)
            case DeviceEnrolled():
                key = NoteKey(self.origin or "", bytes.fromhex(payload.public_key))
                self._devices.append(_Device(key, payload.person, position))
            case _:
                raise AppError("ledger.event_malformed")

    def _certify(self, person: object, position: int, certificate: object) -> None:
        if not isinstance(person, str) or not isinstance(certificate, str | None):
            raise TypeError("foreign bytes hold anything")
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


def is_learned(event: Mapping[str, Tree]) -> bool:
    """Tell whether an event says something about who may sign."""
    kind = event.get("type")
    return isinstance(kind, str) and kind in LEARNED

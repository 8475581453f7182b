"""The workspace itself, who may sign in it, and with which devices."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.identity import Role, Scope
from mlops_desktop.core.ledger_format import FIRST


@event("workspace.created")
@dataclass(frozen=True, slots=True)
class WorkspaceCreated:
    """The first event: the name, the log's origin and the authority's certificate (PEM).

    ``format`` says what the ledger promises (:mod:`mlops_desktop.core.ledger_format`).
    """

    name: str
    origin: str
    authority: str
    format: int = FIRST


@event("person.enrolled")
@dataclass(frozen=True, slots=True)
class PersonEnrolled:
    """A person is known from now on; with a certificate (PEM) he may sign.

    Then the workspace's authority signs the event, naming the head it saw: who the person is, his
    key and his roles are vouched for.
    """

    person: str
    name: Erasable
    roles: tuple[Role, ...] = ()
    certificate: str | None = None
    fingerprint: str | None = None
    scopes: tuple[Scope, ...] = ()
    seen: Seen | None = None


@event("person.revoked")
@dataclass(frozen=True, slots=True)
class PersonRevoked:
    """Signatures of the person count no longer from here on; earlier ones stay good.

    Where two custodians exist it is signed, and one of a custodian waits for a second signature
    (:class:`~mlops_desktop.core.events.admissions.RevocationConfirmed`).
    """

    person: str
    reason: Erasable | None = None
    seen: Seen | None = None


@event("person.locked")
@dataclass(frozen=True, slots=True)
class PersonLocked:
    """Five wrong passphrases in a row locked the person's key."""

    person: str
    failures: int


@event("device.enrolled")
@dataclass(frozen=True, slots=True)
class DeviceEnrolled:
    """A device key (Ed25519, hexadecimal) signs checkpoints for the person from now on.

    Signed by the person's own key (then with ``seen``) it is proven to be the person's.
    With ``reader`` it travels in an extract made for him, and the person vouches for what he
    records there.
    """

    device: str
    person: str
    public_key: str
    seen: Seen | None = None
    reader: str | None = None

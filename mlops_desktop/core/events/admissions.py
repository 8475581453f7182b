"""How somebody comes to sign: invited, admitted by a custodian, confirmed by a second one."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.identity import Role, Scope


@event("person.invited")
@dataclass(frozen=True, slots=True)
class PersonInvited:
    """Somebody may send a request for a certificate until ``expires``; it gives no right yet."""

    invitation: str
    person: str
    name: Erasable
    roles: tuple[Role, ...]
    expires: date
    scopes: tuple[Scope, ...] = ()


@event("invitation.withdrawn")
@dataclass(frozen=True, slots=True)
class InvitationWithdrawn:
    """An invitation holds no longer."""

    invitation: str


@event("person.admitted")
@dataclass(frozen=True, slots=True)
class PersonAdmitted:
    """A custodian lets a person sign with this certificate (PEM), in these roles; signed by him.

    ``request`` is the PKCS#10 request (PEM) whose signature proves possession of the key, bound
    to the ``invitation``, or to the person where a known one gets a new key; None where the
    certificate stays and only roles and scopes change. From two custodians on it takes effect
    with :class:`AdmissionConfirmed`.
    """

    admission: str
    person: str
    name: Erasable
    roles: tuple[Role, ...]
    certificate: str
    fingerprint: str
    seen: Seen
    scopes: tuple[Scope, ...] = ()
    invitation: str | None = None
    request: str | None = None


@event("admission.confirmed")
@dataclass(frozen=True, slots=True)
class AdmissionConfirmed:
    """A second custodian confirms an admission, which takes effect here; signed by him."""

    admission: str
    fingerprint: str
    seen: Seen


@event("admission.refused")
@dataclass(frozen=True, slots=True)
class AdmissionRefused:
    """A custodian refuses an admission that waits; it can be confirmed no longer; signed."""

    admission: str
    seen: Seen
    reason: Erasable | None = None


@event("revocation.confirmed")
@dataclass(frozen=True, slots=True)
class RevocationConfirmed:
    """The second signature under a custodian's revocation, which takes effect here."""

    person: str
    seen: Seen

"""Delegations: granted and signed by who lets another sign in his place, and taken back."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.delegations import EVERYTHING, Mandate
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event


@event("delegation.granted")
@dataclass(frozen=True, slots=True)
class DelegationGranted:
    """``person`` lets ``holder`` sign in his place, from the first to the last day."""

    delegation: str
    person: str
    name: Erasable
    holder: str
    begins: date
    ends: date
    seen: Seen
    fingerprint: str
    mandate: Mandate = EVERYTHING
    reason: Erasable | None = None


@event("delegation.revoked")
@dataclass(frozen=True, slots=True)
class DelegationRevoked:
    """A delegation holds no longer from here on."""

    delegation: str
    reason: Erasable | None = None

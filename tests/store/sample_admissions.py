"""Somebody invited and admitted, a second custodian, and one who is let go, for the sample."""

from datetime import date

from mlops_desktop.core.erasable import Erasable, commit
from mlops_desktop.core.events.admissions import (
    AdmissionConfirmed,
    AdmissionRefused,
    InvitationWithdrawn,
    PersonAdmitted,
    PersonInvited,
    RevocationConfirmed,
)
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.identity import Role, Scope

_HEAD = Seen(2, "00" * 32)
_PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
_LINE = Scope("business_line", "Firmenkunden")


def _said(text: str) -> Erasable:
    return commit(text, b"0" * 16)


ADMISSIONS: tuple[Event, ...] = (
    PersonInvited(
        "i1", "sander", _said("Miriam Sander"), (Role.COMPLIANCE,), date(2026, 3, 1), (_LINE,)
    ),
    InvitationWithdrawn("i1"),
    PersonAdmitted(
        "a1", "sander", _said("Miriam Sander"), (Role.CUSTODIAN,), _PEM, "5a" * 32, _HEAD,
        (_LINE,), "i1", "-----BEGIN CERTIFICATE REQUEST-----\n",
    ),
)  # fmt: skip
SECONDS: tuple[Event, ...] = (
    AdmissionConfirmed("a1", "5a" * 32, _HEAD),
    AdmissionRefused("a1", _HEAD, _said("kennt ihn nicht")),
    RevocationConfirmed("sander", _HEAD),
)

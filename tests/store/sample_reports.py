"""The sample's reports: one approved here, one confirmed from paper, one revoked."""

from datetime import date

from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import Erasable, commit
from mlops_desktop.core.events.approvals import ApprovalRevoked, ApprovalWithdrawn, Seen
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRecorded, PaperValidation
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.validations import (
    ValidationDetails,
    ValidationMoved,
    ValidationOpened,
)
from mlops_desktop.core.identity import Role
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.validations import Cause, Light

_HEAD, _DIGEST = Seen(2, "00" * 32), "11" * 32


def _said(text: str) -> Erasable:
    return commit(text, b"0123456789abcdef")


_FILE = Document("ab" * 32, _said("Bericht.pdf"))


def _paper(request: str, day: date) -> PaperRecorded:
    told = PaperValidation(Cause.INITIAL, Light.GREEN, _said("Interne Validierung"))
    body = _said("Modellrisikokomitee")
    kind = Kind.VALIDATION_REPORT
    return PaperRecorded(request, "m1", "", "", body, day, _FILE, kind, validation=told)


def _confirmed(request: str) -> PaperConfirmed:
    who = _said("Jonas Brandt")
    return PaperConfirmed(request, "m1", "brandt", who, (), _DIGEST, _HEAD, "of brandt", who)


REPORTS: tuple[Event, ...] = (
    ValidationOpened("validation-2", ("m1", "m2"), ValidationDetails(cause=Cause.PERIODIC)),
    ValidationMoved("validation-2", "approve_report", ValidationDetails(), _said("in Ordnung")),
    _paper("p3", date(2021, 3, 9)),
    _confirmed("p3"),
    _paper("p4", date(2022, 3, 9)),
    _confirmed("p4"),
    ApprovalRevoked(
        "p4", "m1", "brandt", _said("Jonas Brandt"), Role.VALIDATOR, "revocation", _DIGEST, _HEAD,
        "of brandt", _said("falsches Modell"),
    ),
    _paper("p5", date(2023, 3, 9)),
    ApprovalWithdrawn("p5", "m1", _said("doppelt")),
)  # fmt: skip

"""Check 6: signed decisions, by the certificate enrolled at their place and the head they saw."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.events.admissions import (
    AdmissionConfirmed,
    AdmissionRefused,
    PersonAdmitted,
    RevocationConfirmed,
)
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRecused,
    ApprovalRevoked,
    ConditionMet,
    Seen,
)
from mlops_desktop.core.events.campaigns import CampaignAnswered
from mlops_desktop.core.events.delegations import DelegationGranted
from mlops_desktop.core.events.emergencies import EmergencyRecorded
from mlops_desktop.core.events.meetings import ResolutionSigned
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRejected
from mlops_desktop.core.events.people import PersonEnrolled, PersonRevoked
from mlops_desktop.core.events.permissions import (
    ObligationMet,
    PermissionAnswered,
    PermissionApplied,
    PermissionNeeded,
)
from mlops_desktop.core.events.permits import PermitIssued
from mlops_desktop.core.events.registry import Signature, name_of
from mlops_desktop.core.events.restores import LedgerRestored
from mlops_desktop.core.events.rules import RuleActivated, RuleArchived
from mlops_desktop.core.events.tiering import TierTemplateActivated
from mlops_desktop.core.ledger_format import SIGNED_FROM_THE_START
from mlops_desktop.ledger import signature
from mlops_desktop.ledger.body import Tree, encode
from mlops_desktop.ledger.enrolment import ENROLLED, Enrolment
from mlops_desktop.ledger.restores import is_restore, read_restore
from mlops_desktop.outside.certificates import check_may_sign, read_certificate

_SIGNED = (
    ApprovalDecided,
    ApprovalRevoked,
    ApprovalRecused,
    ConditionMet,
    DelegationGranted,
    LedgerRestored,
    PaperConfirmed,
    PaperRejected,
    PermitIssued,
    ResolutionSigned,
    PersonAdmitted,
    AdmissionConfirmed,
    AdmissionRefused,
    RevocationConfirmed,
)
_ABOUT_OTHERS = frozenset(
    name_of(kind) for kind in (PersonAdmitted, PersonEnrolled, PersonRevoked, RevocationConfirmed)
)
"""The person such an event names is not who signs it."""
MUST_BE_SIGNED = frozenset(name_of(kind) for kind in _SIGNED)
_ACTS = (
    CampaignAnswered,
    EmergencyRecorded,
    ObligationMet,
    PermissionAnswered,
    PermissionApplied,
    PermissionNeeded,
    RuleActivated,
    RuleArchived,
    TierTemplateActivated,
)
SIGNED_BY_HOLDERS = frozenset(name_of(kind) for kind in _ACTS)
"""What whoever holds a key signs: from the first event on where the ledger promised it, in older
ones since the first of it that was signed; earlier ones stay good."""


def is_decision(event: Mapping[str, Tree]) -> bool:
    """Tell whether an event is signed by a person, or may have to be."""
    kind = event.get("type")
    is_one = isinstance(kind, str) and kind in MUST_BE_SIGNED | SIGNED_BY_HOLDERS
    return "signature" in event or is_one


@dataclass(slots=True)
class Decisions:
    """Checks decisions one after the other; remembers them, so that none counts twice."""

    enrolment: Enrolment
    root_at: Callable[[int], bytes]
    _payloads: dict[bytes, int] = field(default_factory=dict)
    _holders_sign: bool = False

    def check(self, position: int, event: Mapping[str, Tree]) -> None:
        """Raise AppError unless the decision at ``position`` is good.

        ``ledger.signature_missing``, ``ledger.signer_not_enrolled``, ``ledger.decision_repeated``,
        ``ledger.seen_differs``, ``ledger.restore_misplaced``, ``ledger.event_malformed``,
        ``signature.…``, ``certificate.…``, ``public_key.…``.
        """
        if "signature" not in event:
            self._check_unsigned(position, event)
            return
        given, person, seen = _read(event)
        is_vouched = event.get("type") == ENROLLED
        known = self.enrolment
        pem = known.authority if is_vouched else known.certificate_at(person, position)
        if pem is None:
            raise AppError("ledger.signer_not_enrolled", person=person)
        certificate = read_certificate(pem)
        payload = signature.payload_of(event)
        signature.verify(payload, given, certificate)
        if not is_vouched:
            check_may_sign(certificate, clock.from_text(str(event["at"])))
        self._check_once(position, payload)
        self._check_seen(position, seen)
        if is_restore(event):
            read_restore(position, event)
        self._holders_sign |= event.get("type") in SIGNED_BY_HOLDERS

    def _check_unsigned(self, position: int, event: Mapping[str, Tree]) -> None:
        """Refuse what is not signed, unless no key was there to sign it, or nobody did by then."""
        actor, data = event.get("actor"), event.get("data")
        if not isinstance(actor, Mapping) or not isinstance(data, Mapping):
            raise AppError("ledger.event_malformed")
        must_sign = self._holders_sign or self.enrolment.format >= SIGNED_FROM_THE_START
        is_act = event.get("type") in SIGNED_BY_HOLDERS and data.get("seen") is None
        pem = self.enrolment.certificate_at(str(actor.get("person")), position)
        if not is_act or (must_sign and pem is not None):
            raise AppError("ledger.signature_missing")

    def _check_once(self, position: int, payload: Tree) -> None:
        earlier = self._payloads.setdefault(sha256(encode(payload)).digest(), position)
        if earlier != position:
            raise AppError("ledger.decision_repeated", earlier=earlier)

    def _check_seen(self, position: int, seen: Seen) -> None:
        if not 0 <= seen.size <= position or self.root_at(seen.size).hex() != seen.root:
            raise AppError("ledger.seen_differs", size=seen.size)


def _read(event: Mapping[str, Tree]) -> tuple[Signature, str, Seen]:
    actor, data = event.get("actor"), event.get("data")
    if not isinstance(actor, Mapping) or not isinstance(data, Mapping):
        raise AppError("ledger.event_malformed")
    person = str(actor.get("person"))
    names_signer = str(event.get("type")) not in _ABOUT_OTHERS
    if names_signer and data.get("person", person) != person:
        raise AppError("ledger.signer_not_enrolled", person=str(data.get("person")))
    try:
        given = codec.from_tree(Signature, event["signature"], {})
        seen = codec.from_tree(Seen, data["seen"], {})
        clock.from_text(str(event["at"]))
    except (TypeError, ValueError, KeyError, AttributeError):
        raise AppError("ledger.event_malformed") from None
    texts = (given.fingerprint, given.algorithm, given.value, seen.root)
    if type(seen.size) is not int or not all(isinstance(text, str) for text in texts):
        raise AppError("ledger.event_malformed")
    return given, person, seen

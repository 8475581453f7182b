"""The sample's events about rules, delegations, recusal, conditions and papers."""

from dataclasses import replace
from datetime import UTC, date, datetime

from mlops_desktop.core.delegations import Mandate
from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.approvals import (
    ApprovalRecused,
    Condition,
    ConditionMet,
    Decision,
    Seen,
)
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.events.delegations import DelegationGranted, DelegationRevoked
from mlops_desktop.core.events.emergencies import EmergencyRecorded
from mlops_desktop.core.events.meetings import (
    Item,
    MeetingCalled,
    MeetingItemAdded,
    MeetingMinuted,
    Partiality,
    ResolutionSigned,
)
from mlops_desktop.core.events.papers import (
    PaperConfirmed,
    PaperRecorded,
    PaperRejected,
    PaperValidation,
)
from mlops_desktop.core.events.permissions import (
    ObligationMet,
    PermissionAnswered,
    PermissionApplied,
    PermissionNeeded,
)
from mlops_desktop.core.events.permits import PermitIssued
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.rules import RuleActivated, RuleAdded, RuleArchived
from mlops_desktop.core.events.use_cases import Direction
from mlops_desktop.core.events.version_tests import TestEvaluated, TestsRequired
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.meetings import Vote
from mlops_desktop.core.permissions import Category, Outcome
from mlops_desktop.core.quorum import Capacity
from mlops_desktop.core.rules import Kind, Rule, Scope, Step
from mlops_desktop.core.validations import Cause, Light
from mlops_desktop.core.version_tests import TestKind

_THEN = datetime(2026, 2, 1, tzinfo=UTC)
_DIGEST = "ab" * 32
_HEAD = Seen(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
_SCAN = Document("cd" * 32, commit("Protokoll.pdf", b"0" * 16))
_WHO = commit("Jonas Brandt", b"1" * 16)
_WHY = commit("hat den Vorgänger gebaut", b"2" * 16)
_RULE = Rule(
    "tier_one",
    (Step("any", 1), Step("compliance", 1, (Role.COMPLIANCE,))),
    version=1,
    scope=Scope((Kind.PROMOTE,), (1,), ("production",)),
    deadline=10,
    escalate_to=Role.BOARD,
)

BEFORE: tuple[Event, ...] = (
    RuleAdded(_RULE, _WHY),
    RuleAdded(replace(_RULE, version=2), _WHY, is_draft=True),
    RuleActivated("tier_one", 2, is_alone=False, reason=_WHY),
    RuleArchived("tier_one", 1, _WHY),
    DelegationGranted(
        "g1",
        "feddersen",
        _WHO,
        "sander",
        date(2026, 1, 1),
        date(2026, 1, 31),
        _HEAD,
        "of brandt",
        Mandate(("m1",), (Kind.PROMOTE,)),
        _WHY,
    ),
    DelegationRevoked("g1", _WHY),
)
"""What needs no request to be about."""

AFTER: tuple[Event, ...] = (
    ApprovalRecused("r3", "m1", "brandt", _WHO, _WHY, _DIGEST, _HEAD, "of brandt"),
    ConditionMet("r1", "m1", 1, "brandt", _WHO, _DIGEST, _HEAD, "of brandt", _SCAN, _WHY),
    PaperRecorded(
        "p1",
        "m1",
        "v1",
        "production",
        commit("Modellrisikokomitee", b"3" * 16),
        date(2023, 12, 12),
        _SCAN,
        conditions=(Condition(_WHY, date(2024, 6, 30)),),
        valid_until=date(2026, 12, 31),
    ),
    PaperConfirmed(
        "p1", "m1", "brandt", _WHO, (Pair("model.tier", "2"),), _DIGEST, _HEAD, "of brandt"
    ),
    PaperRecorded(
        "p2",
        "m1",
        "",
        "",
        commit("Innenrevision", b"4" * 16),
        date(2022, 5, 3),
        _SCAN,
        Kind.VALIDATION_REPORT,
        reference=commit("Protokoll 5/2022, TOP 3", b"5" * 16),
        validation=PaperValidation(Cause.PERIODIC, Light.YELLOW, _WHO),
        intake="i1",
    ),
    PaperRejected("p2", "m1", "brandt", _WHO, _WHY, _HEAD, "of brandt"),
    MeetingCalled(
        "k1",
        "Modellrisikokomitee",
        date(2026, 1, 20),
        "sander",
        "brandt",
        ("sander", "brandt"),
        1,
        (Item(1, _WHY, "r3", (_SCAN,)),),
    ),
    MeetingItemAdded("k1", Item(2, _WHY)),
    MeetingMinuted(
        "k1",
        ("sander",),
        (Vote(1, "sander", Decision.APPROVE),),
        _WHY,
        (Partiality(1, "brandt", _WHY),),
        _SCAN,
    ),
    ResolutionSigned(
        "r3",
        "m1",
        "k1",
        1,
        "approval",
        Decision.APPROVE,
        "sander",
        _WHO,
        Capacity.CHAIR,
        _DIGEST,
        _HEAD,
        "of sander",
    ),
    EmergencyRecorded("e1", "m1", "v1", "production", _WHY),
    PermissionNeeded("s1", "m1", "v1", "production", Category.PERMISSION, "EZB", _WHY),
    PermissionApplied("s1", "m1", date(2026, 1, 2), "AZ 1", _SCAN),
    PermissionAnswered(
        "s1", "m1", Outcome.GRANTED, date(2026, 1, 9), (Condition(_WHY, date(2026, 9, 1)),), _SCAN
    ),
    ObligationMet("s1", "m1", 1, _SCAN, _WHY),
    TestEvaluated(
        "t1", 1, "m1", "v1", "0.7", Direction.AT_LEAST, "0.65", Verdict.PASSED, _THEN, _DIGEST
    ),
    TestsRequired(1, (TestKind.MODEL, TestKind.SECURITY), _WHY),
    PermitIssued(
        "g1", "m1", "v1", "production", _DIGEST, datetime(2026, 2, 1, tzinfo=UTC), _SCAN, _HEAD
    ),
)
"""What is about the sample's requests and models."""

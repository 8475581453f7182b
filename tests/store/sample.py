"""A little history in which every event type occurs and every projected table gets rows."""

from datetime import UTC, date, datetime

from mlops_desktop.core.erasable import Erasable, commit
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRefused,
    ApprovalRequested,
    ApprovalRevoked,
    ApprovalWithdrawn,
    Condition,
    Decision,
    Seen,
)
from mlops_desktop.core.events.candidates import (
    CandidateAccepted,
    CandidateFound,
    CandidateMatched,
    CandidateRejected,
    Verdict,
)
from mlops_desktop.core.events.decision_records import DecisionRevealed, Revealed
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.dossiers import DossierCountersigned, DossierExported
from mlops_desktop.core.events.entries import (
    EntryChanged,
    EntryMissed,
    EntryRenamed,
    EntryReturned,
)
from mlops_desktop.core.events.handovers import (
    HandoverAccepted,
    HandoverOffered,
    HandoverRefused,
)
from mlops_desktop.core.events.imports import ColumnRead, ImportApplied
from mlops_desktop.core.events.links import EntryLinked
from mlops_desktop.core.events.model_links import ModelLinked, ModelUnlinked
from mlops_desktop.core.events.models import ModelEdited, ModelMoved, ModelRegistered
from mlops_desktop.core.events.people import (
    DeviceEnrolled,
    PersonEnrolled,
    PersonLocked,
    PersonRevoked,
)
from mlops_desktop.core.events.profiles import (
    ModelEvidenced,
    ModelScoped,
    ProfileActivated,
    ProfileAdded,
    ProfileDeactivated,
)
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.retention import RetentionDefined, RetentionEnded, TextErased
from mlops_desktop.core.events.sources import (
    CompletedStream,
    SourceAdded,
    SourceEdited,
    SourceRemoved,
    SourceSynced,
    StreamFailure,
    SyncCounts,
)
from mlops_desktop.core.events.tiering import (
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
    TierTemplateActivated,
    TierTemplateAdded,
    TierTemplateArchived,
)
from mlops_desktop.core.events.versions import (
    VersionChanged,
    VersionMissed,
    VersionObserved,
    VersionRegistered,
    VersionReturned,
)
from mlops_desktop.core.handovers import HeldModel
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import (
    Entry,
    Grade,
    ModelDetails,
    Origin,
    Pair,
    Sighting,
    VersionDetails,
)
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.core.retention import Retained
from mlops_desktop.core.rules import FOUR_EYES
from tests.store.sample_admissions import ADMISSIONS, SECONDS
from tests.store.sample_approvals import AFTER, BEFORE
from tests.store.sample_campaigns import CAMPAIGNS
from tests.store.sample_care import CARE
from tests.store.sample_copies import COPIES
from tests.store.sample_dossier_forms import DOSSIER_FORMS
from tests.store.sample_fields import FIELDS
from tests.store.sample_items import ITEMS
from tests.store.sample_monitoring import MONITORING
from tests.store.sample_observed import OBSERVED
from tests.store.sample_pipelines import PIPELINES
from tests.store.sample_report_plans import PLANNED
from tests.store.sample_reports import REPORTS
from tests.store.sample_served import SERVED
from tests.store.sample_trust import TRUST
from tests.support.tiering import computed, template

SEEN = Sighting("ab" * 32, datetime(2026, 1, 15, 7, tzinfo=UTC))
AGAIN = Sighting("cd" * 32, datetime(2026, 2, 15, 7, tzinfo=UTC))
HEAD = Seen(2, "00" * 32)
DIGEST = "11" * 32


def said(text: str) -> Erasable:
    return commit(text, b"0123456789abcdef")


DETAILS = ModelDetails(
    name="PD Mittelstand 7",
    owner="wolters",
    developer="kowalczyk",
    purpose=said("Bepreisung von Krediten"),
    origin=Origin.IN_HOUSE,
    regions=("DE", "LU"),
    tier=1,
    materiality=Grade.HIGH,
    next_review=date(2026, 12, 31),
)


def version(name: str, artifact: str = "s3://models/1") -> VersionDetails:
    return VersionDetails(name, stage="Production", artifact=artifact, tags=(Pair("team", "risk"),))


def decided(person: str, decision: Decision, request: str = "r1") -> ApprovalDecided:
    return ApprovalDecided(
        request,
        "m1",
        person,
        said(person),
        Role.VALIDATOR,
        decision,
        "approval",
        DIGEST,
        HEAD,
        f"of {person}",
        conditions=(Condition(said("Kalibrierung prüfen"), date(2026, 6, 30)),),
        valid_until=date(2027, 6, 30),
    )


def entry(name: str, *tags: Pair) -> Entry:
    return Entry("mlflow", name, name, tags=tags, aliases=(Pair("champion", "1"),))


def asked(request: str, version: str) -> ApprovalRequested:
    covered = (Pair("model.tier", "1"),)
    return ApprovalRequested(
        request, "m1", version, "production", FOUR_EYES.id, covered, DIGEST, said("Bitte")
    )


PEOPLE: tuple[Event, ...] = (
    PersonEnrolled("wolters", said("Corinna Wolters"), (Role.OWNER,)),
    PersonEnrolled("brandt", said("Jonas Brandt"), (Role.VALIDATOR,), "PEM", "of brandt"),
    PersonEnrolled("sander", said("Miriam Sander"), (Role.COMPLIANCE,), "PEM", "of sander"),
    PersonLocked("sander", 5),
    PersonRevoked("sander", said("ausgeschieden")),
    DeviceEnrolled(
        "laptop", "brandt", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    ),
)
MODELS: tuple[Event, ...] = (
    ModelRegistered("m1", DETAILS),
    ModelEdited("m1", ModelDetails(tier=2), ("regions",), said("neu eingestuft")),
    VersionRegistered("v1", "m1", version("1")),
    asked("r1", "v1"),
    ApprovalRefused("r1", "m1", "wolters", Decision.APPROVE, "owner"),
    decided("brandt", Decision.APPROVE),
    decided("sander", Decision.CONDITION),
    DeploymentOpened("d1", "m1", "v1", "1", "production", "champion", "mlflow", "alias", SEEN),
    *SERVED,
    ApprovalRevoked(
        "r1",
        "m1",
        "brandt",
        said("Jonas Brandt"),
        Role.VALIDATOR,
        "revocation",
        DIGEST,
        HEAD,
        "of brandt",
        said("falsche Daten"),
    ),
    asked("r2", "v1"),
    ApprovalWithdrawn("r2", "m1", said("verfrüht")),
    asked("r3", "v1"),
    VersionChanged("v1", "m1", version("1", "s3://models/2"), AGAIN, ("version.artifact",)),
    DeploymentClosed("d1", "m1", AGAIN),
    ModelMoved("m1", Move.RETIRE, said("abgelöst"), "m2"),
    ImportApplied(
        "i1",
        said("Inventar 2023.xlsx"),
        DIGEST,
        SEEN,
        3,
        1,
        1,
        1,
        columns=(ColumnRead("Modellname", "name"), ColumnRead("Ablage")),
    ),
    DossierExported(
        "x1", "m1", DIGEST, DIGEST, 9, "00" * 32, "de", "2026-01-31", "2026-01-31", ("feddersen",)
    ),
    DossierCountersigned("x1", 1, DIGEST),
)
SOURCES: tuple[Event, ...] = (
    SourceAdded("mlflow", "mlflow", "https://mlflow.elbmark.example", "reader"),
    CandidateFound("m2", entry("pd-retail"), SEEN),
    VersionObserved("v2", "m2", "mlflow", "pd-retail/1", version("1"), SEEN),
    CandidateAccepted("m2", ModelDetails(owner="wolters", tier=3)),
    EntryChanged("m2", entry("pd-retail", Pair("tier", "3")), AGAIN),
    EntryRenamed("m2", "pd-retail", entry("pd-private"), AGAIN),
    EntryMissed("m2", "mlflow", "pd-private"),
    EntryReturned("m2", entry("pd-private"), AGAIN),
    VersionMissed("v2", "m2"),
    VersionReturned("v2", "m2", version("1", "s3://models/3"), AGAIN),
    CandidateFound("m3", entry("test-123"), SEEN),
    CandidateRejected("m3", Verdict.TEST_ARTEFACT, said("nur ein Versuch")),
    CandidateFound("m4", entry("pd-retail-copy"), SEEN),
    VersionObserved("v4", "m4", "mlflow", "pd-retail-copy/1", version("1"), SEEN),
    VersionChanged("v4", "m4", version("1", "s3://models/4"), AGAIN),
    CandidateMatched("m4", "m2", said("Dublette")),
    EntryLinked("m1", "mlflow", "pd-mittelstand"),
    SourceSynced(
        "mlflow",
        SyncCounts(read=9, new=3),
        (CompletedStream("versions", ("aa", "bb")),),
        (StreamFailure("models", "http.timeout", "after 30 s"),),
        "mlflow 1",
        "3.2.0",
    ),
    SourceEdited(
        "mlflow", "https://registry.elbmark.example", "reader", "/ca.pem", "http://p:3128"
    ),
    SourceAdded("old", "mlflow", "https://old.elbmark.example"),
    SourceRemoved("old"),
)
PROFILES: tuple[Event, ...] = (
    ProfileAdded("house", "1", "{}"),
    ProfileActivated("house", date(2027, 5, 1), said("Beschluss des Vorstands")),
    ProfileDeactivated("house", date(2028, 1, 1)),
    ModelScoped("m1", "eu-ai-act", True, said("Kreditwürdigkeit"), (Pair("role", "deployer"),)),
    ModelEvidenced("m1", "dpia", said("DSFA 2026/17"), DIGEST),
)
TIERING: tuple[Event, ...] = (
    TierTemplateAdded(template()),
    TierTemplateActivated("small", 1),
    ModelTiered("m2", "small", 1, computed(3), said("Erstbewertung")),
    ModelTierOverridden("m2", 2, date(2026, 12, 31), said("im ersten Jahr vorsichtig")),
    ModelTierOverrideEnded("m2", said("ein Jahr ohne Befund")),
    TierTemplateArchived("small", 1),
)
RETENTION: tuple[Event, ...] = (
    RetentionDefined("findings", Retained.ITEMS, 60, said("Löschkonzept 4.2"), ("finding",)),
    TextErased("findings", said("Frist abgelaufen"), ("A" * 43,), ("finding-0",)),
    RetentionEnded("findings", said("neues Löschkonzept")),
)
RELATIONS: tuple[Event, ...] = (
    ModelLinked("m1", LinkKind.FEEDS, "m2", said("liefert die Ausfallwahrscheinlichkeit")),
    ModelLinked("m2", LinkKind.BENCHMARK_OF, "m1"),
    ModelUnlinked("m2", LinkKind.BENCHMARK_OF, "m1", said("Vergleich beendet")),
    HandoverOffered("h1", "wolters", "brandt", (HeldModel("m2", ("owner",)),), (), said("geht")),
    HandoverRefused("h1", said("keine Zeit")),
    HandoverOffered("h2", "wolters", "sander", (HeldModel("m2", ("owner",)),)),
    HandoverAccepted("h2"),
)
DECISIONS: tuple[Event, ...] = (
    DecisionRevealed(
        *("d1", "scores", said("ELB-2026-0418-77310"), said("Beschwerde")),
        Revealed(("income",), said('{"income": "3100"}')),
        *("m2", "7"),
    ),
)
HISTORY = (
    *PEOPLE, *BEFORE, *MODELS, *AFTER, *SOURCES, *OBSERVED, *TIERING, *PROFILES, *ITEMS,
    *REPORTS, *PLANNED, *RELATIONS, *CAMPAIGNS, *FIELDS, *MONITORING, *RETENTION, *PIPELINES,
    *DECISIONS, *DOSSIER_FORMS, *TRUST, *ADMISSIONS, *SECONDS, *COPIES, *CARE,
)  # fmt: skip

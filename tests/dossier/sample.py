"""Invented content of Elbmark Bank's M-00002, with a real ledger behind its extract."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.dossier.content import (
    Approval,
    AsOf,
    Axis,
    BlindSpots,
    Chapter,
    Checkpoint,
    Dataset,
    DatasetUse,
    Decision,
    Deployment,
    Document,
    DossierContent,
    Entry,
    EvidenceFile,
    Facts,
    Field,
    FieldChange,
    Grid,
    Head,
    Kind,
    Leaf,
    Ledger,
    LeftOut,
    Missing,
    Pair,
    Part,
    Point,
    Reason,
    Scope,
    Section,
    Series,
    SignatureState,
    SourceState,
    Step,
    Unmeasured,
    Value,
    Version,
)
from mlops_desktop.ledger import checkpoint
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.ledger.proofs import inclusion_proof
from mlops_desktop.ledger.tree import leaf_hash, root_of

ORIGIN = "mlops-desktop/elbmark-bank"
CHECKPOINT_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOT_RECORDED = Missing(Reason.NOT_RECORDED)


def at(text: str) -> datetime:
    """Return a time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def text(name: str, *values: str, reference: str = "") -> Field:
    """Return a field of plain text."""
    return _field(name, Kind.TEXT, values, reference)


def code(name: str, *values: str, reference: str = "") -> Field:
    """Return a field of codes."""
    return _field(name, Kind.CODE, values, reference)


def _field(name: str, kind: Kind, values: tuple[str, ...], reference: str) -> Field:
    references = (reference,) if reference else ()
    return Field(name, tuple(Value(kind, value) for value in values), references)


def gap(name: str, reason: Reason, detail: str = "", reference: str = "") -> Field:
    """Return a field without value."""
    return Field(name, Missing(reason, detail), (reference,) if reference else ())


INVENTORY = (
    Section(
        "identity",
        (
            text("model_id", "M-00002", reference="E23-A1-01"),
            text("name", "PD Ratenkredit Privatkunden (IRB)", reference="E23-A1-02"),
            text(
                "description",
                "Schätzt die Ausfallwahrscheinlichkeit innerhalb von zwölf Monaten für "
                "Ratenkredite an Privatkunden; Grundlage der Risikogewichte nach IRB und der "
                "Bepreisung im Neugeschäft. Gradient Boosting über 43 Merkmale, kalibriert auf "
                "den langjährigen Durchschnitt.",
                reference="E23-A1-02",
            ),
            code("state", "production"),
            code("approval", "approved"),
            code("origin", "in_house", reference="E23-A1-06"),
            text("version", "7", reference="E23-A1-07"),
            _field("deployed_at", Kind.TIME, ("2025-11-03T06:30:00Z",), "E23-A1-08"),
        ),
    ),
    Section(
        "roles",
        (
            text("owner", "Corinna Wolters", reference="E23-A1-04"),
            text("developer", "Mateusz Kowalczyk", "Lena Hofmann", reference="E23-A1-05"),
            text("validator", "Dr. Aylin Yıldız", reference="E23-A1-09"),
            text("approver", "Dr. Katrin Feddersen", "Dr. Ulrich Harms", reference="E23-A1-10"),
            gap("monitoring_owner", Reason.NOT_RECORDED),
        ),
    ),
    Section(
        "risk",
        (
            text("tier", "1", reference="E23-A1-03"),
            code("materiality", "high"),
            code("complexity", "high"),
            _field("last_review", Kind.DATE, ("2025-10-17",), "E23-A1-15"),
            _field("next_review", Kind.DATE, ("2026-10-17",), "E23-A1-17"),
            code("monitoring_status", "breached", reference="E23-A1-16"),
        ),
    ),
    Section(
        "use",
        (
            text(
                "approved_uses",
                "Risikogewichtete Aktiva (IRB)",
                "Bepreisung Ratenkredit Neugeschäft, Deutschland",
                reference="E23-A1-13",
            ),
            text(
                "limitations",
                "Nicht für Selbstständige. Vermittlerkanal seit März 2026 außerhalb der "
                "Entwicklungsstichprobe; Anpassung 6,2 Mio. EUR bis zur Neuschätzung.",
                reference="E23-A1-14",
            ),
        ),
    ),
    Section(
        "data",
        (
            text(
                "data_sources",
                "Kontoumsätze 2019–2023",
                "Auskunftei, Merkmal 14 bis 31",
                reference="E23-A1-12",
            ),
            text("dependencies", "M-00022 Belegklassifikation", reference="E23-A1-11"),
            gap("vendor", Reason.NOT_APPLICABLE),
        ),
    ),
)


def version(number: int) -> Version:
    """Return version ``number`` with a run, parameters, metrics and datasets."""
    return Version(
        version=str(number),
        release=f"3.{number - 4}" if number > 4 else NOT_RECORDED,
        stage="Production" if number == 7 else "Archived",
        status="READY",
        created_at=at(f"2025-0{number}-14T09:12:4{number}"),
        created_by="m.kowalczyk",
        source="mlflow-risk / pd-ratenkredit",
        run=f"b7f3c1d2e4a5968778695a4e2d1c3f7{number}",
        commit=f"9c1f4e7a0b2d3c4e5f60718293a4b5c6d7e8f90{number}",
        digest="sha256:" + f"{number:x}" * 64,
        aliases=("champion",) if number == 7 else (),
        tags=(Pair("team", "credit-risk"), Pair("validation", "2025-10")),
        parameters=(
            Pair("learning_rate", "0.05"),
            Pair("max_depth", "5"),
            Pair("n_estimators", "640"),
            Pair("subsample", "0.8"),
            Pair("min_child_weight", "12"),
        ),
        metrics=(
            Pair("gini", f"0.6{number}8214"),
            Pair("auc", f"0.8{number}4107"),
            Pair("ks", f"0.4{number}"),
            Pair("brier", "0.021378"),
            Pair("rows_scored", "1284311"),
        ),
        datasets=(
            DatasetUse(
                "Kontoumsätze 2019–2023",
                "md5:4be1c0a7",
                "s3://elbmark-risk/kontoumsaetze/2019-2023.parquet",
                4128773,
                "training",
            ),
            DatasetUse("Ausfälle 2024", "md5:88aa01ff", NOT_RECORDED, 61204, "evaluation"),
        ),
    )


DEPLOYMENTS = (
    Deployment(
        "5",
        "production",
        at("2025-06-02T05:00:00"),
        at("2025-11-03T06:30:00"),
        "mlflow-risk: alias champion, read 2025-06-02",
    ),
    Deployment(
        "7",
        "production",
        at("2025-11-03T06:30:00"),
        None,
        "mlflow-risk: alias champion, read 2025-11-03",
    ),
    Deployment("8", "staging", Missing(Reason.SOURCE_SILENT), None, NOT_RECORDED),
)

DATASETS = (
    Dataset(
        "Kontoumsätze 2019–2023",
        "md5:4be1c0a7",
        "s3://elbmark-risk/kontoumsaetze/2019-2023.parquet",
        4128773,
        ("5", "6", "7"),
    ),
    Dataset("Ausfälle 2024", "md5:88aa01ff", NOT_RECORDED, 61204, ("5", "6", "7")),
    Dataset(
        "Auskunftei 2025",
        Missing(Reason.SOURCE_SILENT),
        "https://auskunftei.example/v4",
        18022,
        ("7",),
    ),
)


def _quarterly(metric: str, values: str, warning: str, intervention: str) -> Series:
    days = ("2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30")
    points = tuple(
        Point("5" if day < "2025-11-03" else "7", at(f"{day}T22:00:00"), value)
        for day, value in zip(days, values.split(), strict=True)
    )
    return Series(metric, Axis.TIME, points, warning, intervention)


SERIES = (
    _quarterly("gini", "0.712 0.709 0.704 0.698 0.671 0.66", "0.65", "0.6"),
    _quarterly("psi", "0.031 0.042 0.044 0.08 0.14 0.27", "0.1", "0.25"),
    _quarterly("default_rate", "0.0187 0.0191 0.0189 0.0193 0.0221 0.0263", "0.024", "0.028"),
    Series(
        "brier",
        Axis.VERSION,
        (
            Point("5", at("2025-05-14T09:12:45"), "0.02291"),
            Point("6", at("2025-06-14T09:12:46"), "0.021934"),
            Point("7", at("2025-07-14T09:12:47"), "0.021378"),
            Point("8", None, Missing(Reason.NOT_MEASURED)),
        ),
    ),
)

APPROVALS = (
    Approval(
        number="F-00031",
        subject="promote",
        version="7",
        environment="production",
        requested_by="Corinna Wolters",
        requested_at=at("2025-10-20T08:05:11"),
        state="conditional",
        expires_on=date(2026, 12, 31),
        steps=(Step("four_eyes", 2, 2, ("risk_manager", "validator")),),
        decisions=(
            Decision(
                "Dr. Katrin Feddersen",
                "risk_manager",
                None,
                "approve",
                "approve",
                at("2025-10-27T13:41:09"),
                "Trennschärfe und Kalibrierung im Rahmen; Use-Test nachvollzogen.",
                (),
                SignatureState.VERIFIED,
                "5f" * 32,
                "a1" * 32,
                Head(1, "00" * 32),
            ),
            Decision(
                "Jonas Brandt",
                "validator",
                "Dr. Aylin Yıldız",
                "condition",
                "condition",
                at("2025-10-29T16:02:50"),
                "PSI im Vermittlerkanal monatlich berichten.",
                ("PSI je Vertriebskanal monatlich bis 30.06.2026", "Neuschätzung bis 31.12.2026"),
                SignatureState.VERIFIED,
                "6e" * 32,
                "a1" * 32,
                Head(2, "11" * 32),
            ),
        ),
        voided_by=(),
    ),
    Approval(
        number="F-00024",
        subject="promote",
        version="6",
        environment="production",
        requested_by="Corinna Wolters",
        requested_at=at("2025-07-02T10:00:00"),
        state="voided",
        expires_on=None,
        steps=(Step("four_eyes", 2, 1, ("risk_manager", "validator")),),
        decisions=(
            Decision(
                "Dr. Katrin Feddersen",
                "risk_manager",
                None,
                "approve",
                "approve",
                at("2025-07-04T07:20:00"),
                Missing(Reason.NOT_RECORDED),
                (),
                SignatureState.FROM_PAPER,
                NOT_RECORDED,
                NOT_RECORDED,
                None,
            ),
        ),
        voided_by=(
            FieldChange(
                "limitations", "keine", "Nicht für Selbstständige.", at("2025-07-05T12:00:00")
            ),
        ),
    ),
)

CHAPTERS = (
    Chapter(
        "findings",
        (
            Part(
                "finding",
                "F-00012 Population stability after the new broker channel",
                (code("severity", "high"), text("owner", "Corinna Wolters")),
                Grid(
                    ("effective", "step", "person"),
                    (
                        (
                            (Value(Kind.DATE, "2026-04-02"),),
                            (Value(Kind.CODE, "open"),),
                            (Value(Kind.TEXT, "Jonas Brandt"),),
                        ),
                    ),
                ),
            ),
        ),
    ),
)

BLIND_SPOTS = BlindSpots(
    sources=(
        SourceState("mlflow-risk", "MLflow", at("2026-09-30T18:00:02"), reached=True),
        SourceState(
            "mlflow-markets",
            "MLflow",
            at("2026-09-22T18:00:05"),
            reached=False,
            problem="unreachable",
        ),
    ),
    unmeasured=(
        Unmeasured(
            "adverse_impact_ratio",
            at("2026-06-30T00:00:00"),
            Missing(Reason.NOT_MEASURED, "Merkmal fehlt"),
        ),
    ),
    left_out=(LeftOut("ledger_entries", 1204, Missing(Reason.NOT_APPLICABLE, "andere Modelle")),),
)

EVENTS = (
    ("workspace.created", "Dr. Katrin Feddersen", "2024-01-15T08:00:00", "Elbmark Bank AG"),
    ("model.registered", "Dr. Katrin Feddersen", "2024-01-15T08:14:31", "M-00002"),
    ("version.observed", "mlflow-risk", "2025-07-14T09:30:00", "Version 7"),
    ("approval.requested", "Corinna Wolters", "2025-10-20T08:05:11", "F-00031: Version 7"),
    ("approval.decided", "Dr. Katrin Feddersen", "2025-10-27T13:41:09", "F-00031"),
    ("approval.decided", "Jonas Brandt", "2025-10-29T16:02:50", "F-00031"),
    ("deployment.opened", "mlflow-risk", "2025-11-03T06:30:04", "Version 7 → production"),
)


def ledger(count: int = len(EVENTS)) -> tuple[Ledger, tuple[Leaf, ...]]:
    """Return an extract of a ledger of ``count`` events in which only the first is not ours."""
    events = [EVENTS[index % len(EVENTS)] for index in range(count)]
    bodies = [
        json.dumps({"at": moment, "n": number, "type": kind}, separators=(",", ":"))
        for number, (kind, _, moment, _) in enumerate(events)
    ]
    hashes = [leaf_hash(body.encode()) for body in bodies]
    root = root_of(hashes)
    note = checkpoint.sign(checkpoint.Checkpoint(ORIGIN, count, root), ORIGIN, CHECKPOINT_KEY)
    key = NoteKey(ORIGIN, CHECKPOINT_KEY.public_key().public_bytes_raw()).to_text()
    entries = tuple(
        Entry(number, at(moment), at(moment).date(), kind, who, said, hashes[number].hex())
        for number, (kind, who, moment, said) in enumerate(events)
        if number
    )
    leaves = tuple(
        Leaf(
            entry.position,
            bodies[entry.position],
            tuple(step.hex() for step in inclusion_proof(hashes, entry.position, count)),
        )
        for entry in entries
    )
    head = Checkpoint(Head(count, root.hex()), at("2026-09-30T18:00:02"), note, (key,))
    return Ledger(head, entries), leaves


def document(language: str) -> Document:
    """Return this copy's own data."""
    return Document(
        id="0199a3f2-7c41-7d5e-9b21-3f6a8c0e4d17",
        scope=Scope.MODEL,
        language=language,
        created_at=at("2026-09-30T19:05:12"),
        created_by="Dr. Katrin Feddersen",
        workspace="Elbmark Bank AG · Modellrisikomanagement",
        classification="Vertraulich",
        generator="MLOps Desktop 0.1.0",
    )


def content(language: str = "en") -> DossierContent:
    """Return the dossier of M-00002 as of 30 September 2026."""
    extract, leaves = ledger()
    facts = Facts(
        model_id="M-00002",
        model_name="PD Ratenkredit Privatkunden (IRB)",
        as_of=AsOf(date(2026, 9, 30), at("2026-09-30T18:00:02"), len(EVENTS)),
        inventory=INVENTORY,
        versions=tuple(version(number) for number in (5, 6, 7)),
        deployments=DEPLOYMENTS,
        datasets=DATASETS,
        series=SERIES,
        approvals=APPROVALS,
        chapters=CHAPTERS,
        ledger=extract,
        blind_spots=BLIND_SPOTS,
        evidence_files=(
            EvidenceFile("Validierungsbericht 2025.pdf", "c4" * 32, 2841733, "Turnusvalidierung"),
        ),
    )
    return DossierContent(document(language), facts, leaves)


def with_facts(base: DossierContent, **changes: object) -> DossierContent:
    """Return ``base`` with some facts replaced."""
    return replace(base, facts=replace(base.facts, **changes))  # type: ignore[arg-type]

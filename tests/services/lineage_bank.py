"""A little history of data: account movements, cleaned by a job, learned from by three models."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from mlops_desktop.core.events.checks import (
    CheckCase,
    CheckDetails,
    CheckKind,
    CheckObserved,
    Verdict,
)
from mlops_desktop.core.events.datasets import Column, DatasetDetails, DatasetObserved
from mlops_desktop.core.events.pipeline_runs import (
    DatasetUse,
    PipelineRunDetails,
    PipelineRunObserved,
)
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.versions import VersionObserved
from mlops_desktop.core.inventory import DatasetInput, Run, Sighting, VersionDetails
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.pipelines import outcome_of
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import deployments, models
from mlops_desktop.services.deployments import Place
from tests.services.conftest import Bank

LAKE = "s3://elbmark"
RAW, CLEAN = "Kontoumsätze 2019–2023", "Kontoumsätze bereinigt"
SEEN = Sighting("cc" * 32, datetime(2026, 1, 2, tzinfo=UTC))


@dataclass
class History:
    """Records what sources tell, straight into the ledger."""

    bank: Bank
    versions: dict[str, str] = field(default_factory=dict)

    def record(self, *events: Event) -> None:
        """Record some events in one session."""
        with self.bank.session.workspace.write(self.bank.session.actor) as work:
            for one in events:
                work.record(one)

    def model(self, name: str, label: str, *inputs: DatasetInput, **texts: str) -> str:
        """Register a model with a version that learned from these; return its number."""
        model = models.register_model(self.bank.session, {"name": name, **texts}).id
        key = new_id()
        run = Run(f"run-{name}", datasets=inputs)
        details = VersionDetails(label, run_id=run.id, run=run)
        self.record(VersionObserved(key, model, "registry", f"{name}/{label}", details, SEEN))
        self.versions[name] = key
        return models.show_model(self.bank.session, model).row.id

    def serve(self, model: str, label: str) -> str:
        """Deploy a version to production; return the deployment's key."""
        return deployments.open_deployment(self.bank.session, model, Place(label, "production")).id

    def run(self, native: str, details: PipelineRunDetails, *about: str) -> str:
        """Tell of a run; return its id here."""
        thing = new_id()
        assert outcome_of(details.status)
        self.record(PipelineRunObserved(thing, "lake", native, about, details, SEEN))
        return thing

    def own_run(self, name: str, digest: str) -> None:
        """Let the registry tell of the training run too, beside the version that came of it."""
        model = models.show_model(self.bank.session, name).row.key
        details = PipelineRunDetails(
            name=name, pipeline="kreditrisiko", step=name, run=f"run-{name}", status="FINISHED",
            inputs=(DatasetUse(CLEAN, None, digest, context="training"),),
            subjects=(Subject(name),),
        )  # fmt: skip
        native = f"runs/{name}"
        self.record(PipelineRunObserved(new_id(), "registry", native, (model,), details, SEEN))

    def clean(self, native: str, wrote: str, *, status: str = "COMPLETE", day: int = 1) -> str:
        """Tell of a run of the job that cleans the movements."""
        at = datetime(2026, 1, day, 6, 0, tzinfo=UTC)
        return self.run(
            native,
            PipelineRunDetails(
                name="bereinigen", at=at, path=f"runs/{native}", pipeline="konten",
                step="bereinigen", run=native, description="Removes duplicates.", status=status,
                started=at, ended=at, code="git@elbmark:konten", commit="4f2a9c1", owner="nguyen",
                inputs=(DatasetUse(RAW, LAKE, "raw-1", 1000, ("iban", "betrag", "waehrung")),),
                outputs=(DatasetUse(CLEAN, LAKE, wrote, 990, ("iban", "betrag_eur")),),
            ),
        )  # fmt: skip

    def dataset(self, name: str, digest: str) -> None:
        """Tell of a dataset at a state."""
        details = DatasetDetails(
            name=name, namespace=LAKE, digest=digest, path=f"datasets/{name}", owner="nguyen",
            description="Booked movements of all accounts.", columns=(Column("iban", "string"),),
        )  # fmt: skip
        native = f"{LAKE}/{name}@{digest}"
        self.record(DatasetObserved(new_id(), "lake", native, (), details, SEEN))

    def check(self, verdict: Verdict, value: str, day: int) -> None:
        """Tell of a check of the cleaned movements for completeness."""
        case = CheckCase(
            "expect_column_values_to_not_be_null(iban)", verdict, value, "mostly 0.99",
            "unexpected_percent",
        )  # fmt: skip
        details = CheckDetails(
            name="konten", at=datetime(2026, 1, day, 7, tzinfo=UTC), suite="konten",
            kind=CheckKind.DATA_QUALITY, verdict=verdict, total=1, failed=1,
            dataset=f"lager/{CLEAN}", cases=(case,),
        )  # fmt: skip
        native = f"gx/{day}.json"
        self.record(CheckObserved(new_id(), "lake", native, (), details, SEEN))


def learned(name: str, digest: str, context: str = "training") -> DatasetInput:
    """Return a dataset as MLflow tells of what a run read: without namespace."""
    return DatasetInput(name, digest, context=context)


def subject(model: str, version: str | None = None) -> Subject:
    """Return what a source says a run is about."""
    return Subject(model, version)

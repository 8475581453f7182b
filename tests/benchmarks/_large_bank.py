"""A bank of 100,000 models with all that hangs on them, kept between runs: it takes minutes.

The key stands beside the file: nothing in it is a secret. The number in the folder's name is
raised whenever what is made here changes.
"""

import os
import shutil
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from mlops_desktop.core.events.approvals import ApprovalRequested, ApprovalWithdrawn
from mlops_desktop.core.events.datasets import Column, DatasetDetails, DatasetObserved
from mlops_desktop.core.events.deployments import DeploymentOpened
from mlops_desktop.core.events.models import ModelMoved
from mlops_desktop.core.events.pipeline_runs import (
    DatasetUse,
    PipelineRunDetails,
    PipelineRunObserved,
)
from mlops_desktop.core.events.series import (
    Measure,
    Resource,
    SeriesDetails,
    SeriesKind,
    SeriesObserved,
)
from mlops_desktop.core.events.thresholds import Bounds, Side, ThresholdSet
from mlops_desktop.core.events.versions import VersionObserved
from mlops_desktop.core.inventory import DatasetInput, Pair, Run, Sighting, VersionDetails
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.rules import FOUR_EYES
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import workspaces
from mlops_desktop.services.session import Session
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.services.sync.points import record_points
from mlops_desktop.sources.observations import ObservedPoints
from mlops_desktop.store.tables.projected import models
from mlops_desktop.store.unit_of_work import WriteSession
from tests.benchmarks.governance import govern
from tests.benchmarks.inventory import fill
from tests.benchmarks.workspaces import found_bank

_EDITION = 1
_CACHE = Path(__file__).parents[2] / ".cache"
_FIRST = datetime(2026, 1, 1, 6, tzinfo=UTC)
_SEEN = Sighting("cc" * 32, _FIRST)
_DAY = 86_400_000
_AT_ONCE = 10_000
BIG_VERSIONS, BIG_METRICS = 200, 50
BIG = "M-00001"
"""The model with 200 versions and 50 metrics."""


def large_bank(number: int) -> Session:
    """Open the bank of so many models, made if this machine has none yet; its home is set too."""
    folder = _CACHE / f"bank-{number}-{_EDITION}"
    os.environ["MLOPS_DESKTOP_HOME"] = str(folder / "home")
    os.environ[VARIABLE] = "5a" * 32
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _found(folder / "bank.mrm", number)
        (folder / "whole").touch()
    return workspaces.open_workspace(str(folder / "bank.mrm"))


def _found(place: Path, number: int) -> None:
    session = found_bank(place)
    fill(session, number)
    govern(session, _FIRST.date())
    keys = _keys(session)
    for start in range(0, number, _AT_ONCE):
        with session.workspace.write(session.actor) as work:
            _version(work, keys[start : start + _AT_ONCE], start)
    with session.workspace.write(session.actor) as work:
        _flow(work, keys)
    with session.workspace.write(session.actor) as work:
        told = [*_measured(work, keys), *_consumed(work, keys[: number // 100])]
        record_points(Ledgering(work), "monitor", told)
    session.workspace.close()


def _keys(session: Session) -> list[str]:
    with session.workspace.read() as view:
        asked = sa.select(models.c.id).order_by(models.c.number)
        return [*view.connection.execute(asked).scalars()]


def _version(work: WriteSession, keys: list[str], first: int) -> None:
    """Give every fourth model up to three versions and a life; some are asked for."""
    for at, model in enumerate(keys, first):
        if at % 4:
            continue
        count = BIG_VERSIONS if at == 0 else 1 + at % 3
        version = [_observe(work, at, model, label) for label in range(1, count + 1)][-1]
        if at % 5 == 0:
            serves = (new_id(), model, version, str(count), "production", "champion")
            work.record(DeploymentOpened(*serves))
        if at % 20 == 8:
            covered = (Pair("model.tier", "2"),)
            asked = (new_id(), model, version, "production", FOUR_EYES.id, covered, "00" * 32)
            work.record(ApprovalRequested(*asked))
            if at % 200 != 8:
                work.record(ApprovalWithdrawn(asked[0], model))
        work.record(ModelMoved(model, Move.VALIDATE))


def _observe(work: WriteSession, at: int, model: str, label: int) -> str:
    digest = f"d{(at + label) % 2_000}"
    run = Run(f"t{at}-{label}", datasets=(DatasetInput("clean", digest),))
    details = VersionDetails(
        str(label), artifact="s3://models/x", run_id=run.id, run=run, created_at=_FIRST,
        frameworks=(Pair("scikit-learn", f"1.{at % 6}.0"),),
    )  # fmt: skip
    version = new_id()
    work.record(VersionObserved(version, model, "registry", f"{at}/{label}", details, _SEEN))
    return version


def _flow(work: WriteSession, keys: list[str]) -> None:
    """Let 200 pipelines write what models learned from, and tell of the data itself."""
    for at in range(len(keys) // 20):
        begun = _FIRST + timedelta(hours=at)
        run = PipelineRunDetails(
            name=f"clean {at % 200}", at=begun, pipeline=f"accounts-{at % 200}", step="clean",
            status="FAIL" if at % 37 == 0 else "COMPLETE", started=begun, ended=begun,
            inputs=(DatasetUse("raw", "lake", f"raw{at}"),),
            outputs=(DatasetUse("clean", "lake", f"d{at % 2_000}"),),
        )  # fmt: skip
        work.record(PipelineRunObserved(new_id(), "lake", f"r{at}", (), run, _SEEN))
    for at in range(len(keys) // 50):
        columns = tuple(Column(f"c{number}", "double") for number in range(12))
        data = DatasetDetails(
            name="clean", at=_FIRST, namespace="lake", digest=f"d{at}", rows=1_000 + at,
            columns=columns,
        )  # fmt: skip
        work.record(DatasetObserved(new_id(), "lake", f"clean/{at}", (keys[at],), data, _SEEN))


def _measured(work: WriteSession, keys: list[str]) -> Iterator[tuple[str, ObservedPoints]]:
    """Watch every fiftieth model by three metrics, and the first one by fifty."""
    bounds = Bounds(Side.ABOVE, "0.1", "0.25")
    times = _days(60)
    for at, model in enumerate(keys[::50]):
        names = ["psi", "gini", "missing"]
        names += [f"metric {number}" for number in range(BIG_METRICS - 3)] if at == 0 else []
        work.record(ThresholdSet(new_id(), model, "psi", bounds))
        for metric in names:
            value = 0.3 if metric == "psi" and at % 20 == 0 else 0.05
            details = SeriesDetails(
                name=f"{model}/{metric}", metric=metric, kind=SeriesKind.STABILITY,
                environment="production", interval=86_400,
            )  # fmt: skip
            yield _told(work, "monitor", (model,), details, value, times)


def _consumed(work: WriteSession, keys: list[str]) -> Iterator[tuple[str, ObservedPoints]]:
    times = _days(182)
    for at, model in enumerate(keys):
        for resource, unit in ((Resource.CPU, "cores"), (Resource.MEMORY, "GiB")):
            for measure in (Measure.USED, Measure.REQUESTED):
                details = SeriesDetails(
                    name=f"{model}/{resource}/{measure}", metric=resource.value,
                    kind=SeriesKind.RESOURCE, unit=unit, environment=("blue", "green")[at % 2],
                    interval=86_400, resource=resource, measure=measure,
                )  # fmt: skip
                yield _told(work, "metrics", (model,), details, 1.0, times)


def _told(
    work: WriteSession,
    source: str,
    about: tuple[str, ...],
    details: SeriesDetails,
    value: float,
    times: "array[int]",
) -> tuple[str, ObservedPoints]:
    thing, name = new_id(), details.name or ""
    work.record(SeriesObserved(thing, source, name, about, details, _SEEN))
    values = array("d", (value + (at % 7) / 100 for at in range(len(times))))
    return thing, ObservedPoints(name, details, times, values)


def _days(number: int) -> "array[int]":
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    end = int(today.timestamp() * 1000)
    return array("q", range(end - number * _DAY, end, _DAY))

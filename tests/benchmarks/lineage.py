"""The history of data behind 2,000 models, against reading the rows of the answer plainly.

One dataset, written day by day for two years, from which 6,000 versions of 2,000 models learned,
a third of them serving. The floor reads, by the driver alone, the rows that the answer is made of.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.deployments import DeploymentOpened
from mlops_desktop.core.events.pipeline_runs import (
    DatasetUse,
    PipelineRunDetails,
    PipelineRunObserved,
)
from mlops_desktop.core.events.versions import VersionObserved
from mlops_desktop.core.inventory import DatasetInput, Run, Sighting, VersionDetails
from mlops_desktop.core.lineage import Way
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.lineage import Asked, dependents, trace_lineage
from mlops_desktop.services.pipelines import list_pipelines
from mlops_desktop.services.session import Session
from mlops_desktop.store import sql
from mlops_desktop.store.tables.projected import models
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS = 2_000
_VERSIONS = 3
_DAYS = 700
_ROUNDS = 5
_FIRST = datetime(2025, 1, 1, 6, tzinfo=UTC)
_SEEN = Sighting("cc" * 32, _FIRST)
_PLAIN = (
    "SELECT subject, role, name, namespace, digest, scheme, word FROM data_uses",
    "SELECT id, model, version, source FROM versions",
    "SELECT id, number, name, state, owner_name, tier FROM models",
    "SELECT id, model, version, environment, opened, closed FROM deployments",
    "SELECT id, source, pipeline, step, outcome, started, ended FROM pipeline_runs",
)


def measure() -> list[Line]:
    """Ask for the whole history down from the data, for one model up, for the pipelines."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        fill(session, _MODELS)
        _flow(session)
        spent = interleave(_works(session), _ROUNDS)
        session.workspace.close()
    return list(_lines(spent))


def _flow(session: Session) -> None:
    with session.workspace.write(session.actor) as work:
        for day in range(_DAYS):
            work.record(PipelineRunObserved(new_id(), "lake", f"r{day}", (), _run(day), _SEEN))
        keys = work.connection.execute(sa.select(models.c.id)).scalars().all()
        for at, model in enumerate(keys):
            for label in range(_VERSIONS):
                run = Run(f"t{at}", datasets=(DatasetInput("clean", _digest(at + label)),))
                details = VersionDetails(str(label), run_id=run.id, run=run)
                version, native = new_id(), f"{model}/{label}"
                work.record(VersionObserved(version, model, "registry", native, details, _SEEN))
                if at % 3 == 0 and label == _VERSIONS - 1:
                    serves = (new_id(), model, version, str(label), "production", "champion")
                    work.record(DeploymentOpened(*serves))


def _digest(day: int) -> str:
    return f"d{day % _DAYS}"


def _run(day: int) -> PipelineRunDetails:
    at = _FIRST + timedelta(days=day)
    return PipelineRunDetails(
        name="clean", at=at, pipeline="accounts", step="clean", status="COMPLETE", started=at,
        ended=at, inputs=(DatasetUse("raw", "lake", f"raw{day}"),),
        outputs=(DatasetUse("clean", "lake", _digest(day)),),
    )  # fmt: skip


def _works(session: Session) -> dict[str, Callable[[], object]]:
    then = AsOf(known=datetime.now(UTC).date())
    return {
        "floor": partial(_plainly, session),
        "down": partial(_trace, session, Asked("raw", way=Way.DOWN)),
        "then": partial(_trace, session, Asked("raw", way=Way.DOWN, as_of=then)),
        "up": partial(_trace, session, Asked("M-00042", way=Way.UP)),
        "pipelines": partial(list_pipelines, session),
    }


def _plainly(session: Session) -> None:
    with session.workspace.read() as view:
        for text in _PLAIN:
            sql.fetch(view.connection, text)


def _trace(session: Session, asked: Asked) -> None:
    dependents(trace_lineage(session, asked))


def _lines(spent: dict[str, Spent]) -> Iterator[Line]:
    floor = spent["floor"]
    for name, what, limit, goal in (
        ("down", f"all {_MODELS:,} models down from a dataset, and where they run", 60.0, 25.0),
        ("then", "the same as of a date", 60.0, 25.0),
        ("up", "one model up to its data", 8.0, 4.0),
        ("pipelines", f"the list of pipelines over {_DAYS} runs", 4.0, 2.0),
    ):
        one = spent[name]
        told = f"{milliseconds(one.processor)} against {milliseconds(floor.processor)}"
        yield Line(what, told, one.processor / floor.processor, limit, goal)

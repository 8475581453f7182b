"""What real MLflow servers tell beside the registry: data, lineage, evaluations, use, traces."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import CheckCase, CheckDetails, Verdict
from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.base import Connection, Credentials, Source
from mlops_desktop.sources.catalog import open_source
from mlops_desktop.sources.observations import (
    Completion,
    Failure,
    ObservedPoints,
    ObservedThing,
    Page,
    Stream,
)
from tests.support.mlflow import MlflowServer
from tests.support.mlflow_seed import Dataset

_DAY = 86_400_000
_BEGIN = 1_760_000_000_000
_TRAINING = Dataset(
    "antraege",
    "8a6b114d",
    source='{"uri": "s3://bank/antraege.parquet"}',
    schema='{"mlflow_colspec": [{"type": "double", "name": "einkommen"}]}',
    profile='{"num_rows": 400}',
)


@pytest.fixture(
    params=["mlflow_registry", pytest.param("mlflow2_registry", marks=pytest.mark.whole)]
)
def registry(request: pytest.FixtureRequest) -> MlflowServer:
    found: MlflowServer = request.getfixturevalue(request.param)
    return found


def opened(server: MlflowServer, **settings: str) -> Source:
    pairs = tuple(Pair(name, value) for name, value in settings.items())
    connection = Connection("test", "mlflow", server.url, settings=pairs)
    return open_source(connection, Credentials(), lambda: False)


@pytest.fixture
def source(registry: MlflowServer) -> Iterator[Source]:
    with closing(opened(registry)) as source:
        yield source


def things(source: Source, stream: Stream) -> dict[str, ObservedThing]:
    *pages, last = source.pull(stream)
    assert isinstance(last, Completion), last
    facts = [fact for page in pages if isinstance(page, Page) for fact in page.facts()]
    return {fact.native_id: fact for fact in facts if isinstance(fact, ObservedThing)}


def test_datasets_and_the_runs_that_led_to_versions(registry: MlflowServer, source: Source) -> None:
    seed = registry.seed
    held_out = Dataset("antraege", "bc16aece", context="validation")
    experiment = seed.experiment("pd-retail")
    run = seed.run(
        experiment=experiment,
        name="training-7",
        datasets=(_TRAINING, held_out),
        tags={"mlflow.source.git.commit": "1900abcdef", "mlflow.source.name": "train.py"},
    )
    trial = seed.run(datasets=(_TRAINING, Dataset("probe", "00aa11bb")))
    seed.model("pd")
    seed.version("pd", run_id=run)
    seed.model("pd-light")
    seed.version("pd-light", run_id=run)
    datasets, runs = things(source, Stream.DATASETS), things(source, Stream.LINEAGE)
    assert set(datasets) == {"antraege@8a6b114d", "antraege@bc16aece", "probe@00aa11bb"}
    told = datasets["antraege@8a6b114d"].details
    assert isinstance(told, DatasetDetails)
    assert told.subjects == (Subject("pd"), Subject("pd-light"))
    assert (told.rows, told.location) == (400, "s3://bank/antraege.parquet")
    assert [(one.name, one.type) for one in told.columns] == [("einkommen", "double")]
    assert not datasets["probe@00aa11bb"].details.subjects
    assert set(runs) == {run}
    assert trial not in runs
    told_run = runs[run].details
    assert isinstance(told_run, PipelineRunDetails)
    assert set(told_run.subjects) == {Subject("pd", "1"), Subject("pd-light", "1")}
    assert (told_run.pipeline, told_run.step) == ("pd-retail", "training-7")
    assert (told_run.code, told_run.commit) == ("train.py", "1900abcdef")
    assert told_run.started == datetime(2025, 10, 9, 8, 53, 20, tzinfo=UTC)
    uses = {(one.digest, one.context) for one in told_run.inputs}
    assert uses == {("8a6b114d", "training"), ("bc16aece", "validation")}
    assert f"#/experiments/{experiment}/runs/{run}" == told_run.path


_REGISTER = """
import mlflow, mlflow.pyfunc, pandas
class Scorecard(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input):
        return model_input

@mlflow.trace
def brief(question):
    return "Sehr geehrte Frau Geheimnis"

frame = pandas.DataFrame({"einkommen": [1.0, 2.0]})
data = mlflow.data.from_pandas(frame, name="antraege", source="antraege.csv")
with mlflow.start_run():
    made = mlflow.pyfunc.log_model(
        "model", python_model=Scorecard(), registered_model_name="scored", pip_requirements=[],
    )
    mlflow.log_metric("auc", 0.1 + 0.2, model_id=made.model_id, dataset=data)
    mlflow.log_metric("loss", 0.5, model_id=made.model_id)
    mlflow.set_active_model(model_id=made.model_id)
    brief("Wie alt ist Geheimnis?")
    brief("Noch einmal, Geheimnis")
with mlflow.start_run():
    trial = mlflow.pyfunc.log_model("trial", python_model=Scorecard(), pip_requirements=[])
    mlflow.log_metric("auc", 0.4, model_id=trial.model_id)
print(made.model_id, data.digest)
"""


def test_measurements_are_tied_to_dataset_and_version_and_traces_to_their_names(
    mlflow_registry: MlflowServer,
) -> None:
    id, digest = mlflow_registry.run_script(_REGISTER).split()[-2:]
    with closing(opened(mlflow_registry, traces="3")) as source:
        checks = things(source, Stream.CHECKS)
        lineage = things(source, Stream.LINEAGE)
        pages = [page for page in source.pull(Stream.LINEAGE) if isinstance(page, Page)]
    assert set(checks) == {f"{id}/", f"{id}/antraege@{digest}"}
    told = checks[f"{id}/antraege@{digest}"].details
    assert isinstance(told, CheckDetails)
    assert told.subjects == (Subject("scored", "1"),)
    assert (told.dataset, told.verdict) == (f"antraege@{digest}", Verdict.NONE)
    assert told.cases == (CheckCase("auc", Verdict.NONE, "0.30000000000000004"),)
    runs = {one.details.subjects for one in lineage.values()}
    assert (Subject("scored", "1"),) in runs
    (trace,) = (one for key, one in lineage.items() if key.startswith("traces/"))
    assert (trace.details.name, trace.details.subjects) == ("brief", (Subject("scored", "1"),))
    assert not [page for page in pages if b"Geheimnis" in page.raw]


def test_what_2_22_does_not_offer_is_said_and_is_no_failure(
    mlflow2_registry: MlflowServer,
) -> None:
    with closing(opened(mlflow2_registry, traces="3")) as source:
        found = {stream: list(source.pull(stream)) for stream in source.streams}
        probe = source.probe()
    assert (probe.version, probe.missing) == ("2.22.5", (Stream.CHECKS,))
    assert not [one for told in found.values() for one in told if isinstance(one, Failure)]
    assert found[Stream.CHECKS] == [Completion(Stream.CHECKS, is_offered=False)]


def _measured(server: MlflowServer, name: str, day: int, *, is_registered: bool = True) -> str:
    run = server.seed.run(name=name, started=_BEGIN + day * _DAY)
    for key in ("system/cpu_utilization_percentage", "system/gpu_0_power_usage_watts"):
        for step, value in enumerate((45.9, 51.4, 16.1)):
            at = _BEGIN + day * _DAY + step * 1000
            server.seed.call(
                "POST", "runs/log-metric", run_id=run, key=key, value=value, timestamp=at, step=step
            )
    if is_registered:
        server.seed.version("pd", run_id=run)
    return run


def test_system_metrics_come_in_bounded_portions_and_each_run_once(
    registry: MlflowServer,
) -> None:
    registry.seed.model("pd")
    runs = [_measured(registry, f"run-{day}", day) for day in range(3)]
    trial = _measured(registry, "trial", 3, is_registered=False)
    cursor, told = None, list[list[str]]()
    with closing(opened(registry, system_metrics="4")) as source:
        for _ in range(3):
            *pages, last = source.pull(Stream.RESOURCE_USE, cursor)
            assert isinstance(last, Completion)
            assert last.is_partial
            cursor = last.cursor
            told.append([one.native_id for page in pages for one in _points(page)])
        assert [len(some) for some in told] == [4, 2, 0]
        assert {one.partition("/")[0] for some in told for one in some} == set(runs)
        registry.seed.version("pd", run_id=trial)
        late = [one for page in source.pull(Stream.RESOURCE_USE, cursor) for one in _points(page)]
    assert [one.native_id.partition("/")[0] for one in late] == [trial, trial]
    series = late[0]
    assert series.details.metric == "system/cpu_utilization_percentage"
    assert (series.details.unit, series.details.subjects) == ("percentage", (Subject("pd", "4"),))
    assert list(series.values) == [45.9, 51.4, 16.1]
    assert list(series.times) == [_BEGIN + 3 * _DAY + step * 1000 for step in range(3)]


def _points(page: object) -> list[ObservedPoints]:
    facts = page.facts() if isinstance(page, Page) else ()
    return [fact for fact in facts if isinstance(fact, ObservedPoints)]


def test_a_bound_that_is_no_number_is_refused(mlflow_registry: MlflowServer) -> None:
    with pytest.raises(AppError) as refused:
        opened(mlflow_registry, traces="all")
    assert refused.value.code == "source.number_refused"

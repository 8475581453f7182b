"""A real MLflow server, filled with models that this program has never seen.

The server's own database is the oracle: what stands there must be found, each row once.
"""

import contextlib
import random
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mlops_desktop.sources.base import Connection, Credentials, SignatureReader, Source
from mlops_desktop.sources.catalog import open_source
from mlops_desktop.sources.mlflow import requests
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    Failure,
    FailureCode,
    ObservedModel,
    ObservedRun,
    ObservedVersion,
    Page,
    Stream,
)
from tests.support.mlflow import LOGIN, MlflowServer
from tests.support.mlflow_seed import Dataset, Seed

_LETTERS = "aZ09-_. ÄöüßéłЖ模型🏦'\"\\%&?#=+<>~`$|"

_KEYS = "aZ09-_. Äß模"  # what the server takes as the name of a tag


@pytest.fixture
def source(mlflow_registry: MlflowServer) -> Iterator[Source]:
    connection = Connection("test", "mlflow", mlflow_registry.url)
    source = open_source(connection, Credentials(), lambda: False)
    yield source
    source.close()


def _pull(source: Source, stream: Stream) -> list[Fact]:
    *pages, last = source.pull(stream)
    assert last == Completion(stream)
    return [fact for page in pages if isinstance(page, Page) for fact in page.facts()]


def _models(source: Source) -> dict[str, ObservedModel]:
    found = _pull(source, Stream.MODELS)
    return {fact.name: fact for fact in found if isinstance(fact, ObservedModel)}


def _versions(source: Source) -> dict[str, ObservedVersion]:
    found = _pull(source, Stream.VERSIONS)
    return {fact.native_id: fact for fact in found if isinstance(fact, ObservedVersion)}


def _runs(source: Source) -> dict[str, ObservedRun]:
    found = _pull(source, Stream.RUNS)
    return {fact.native_id: fact for fact in found if isinstance(fact, ObservedRun)}


def _digests(source: Source, stream: Stream) -> list[str]:
    return [page.evidence.digest for page in source.pull(stream) if isinstance(page, Page)]


def _rows(server: MlflowServer, query: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(server.database, timeout=30)) as connection:
        return sorted(connection.execute(query).fetchall())


def _text(chance: random.Random, length: int, letters: str = _LETTERS) -> str:
    return "".join(chance.choices(letters, k=length)).strip() or "x"


def _fill(seed: Seed, chance: random.Random) -> None:
    experiments = ["0", *(seed.experiment(f"E {_text(chance, 9)} {n}") for n in range(2))]
    for number in range(12):
        name = f"{_text(chance, chance.randint(1, 40))} {number}"
        tags = {
            f"t{n} {_text(chance, 5, _KEYS)}": _text(chance, 30)
            for n in range(chance.randint(0, 4))
        }
        seed.model(name, _text(chance, 60), tags)
        for _ in range(chance.randint(0, 4)):
            _fill_version(seed, chance, name, chance.choice(experiments))


def _fill_version(seed: Seed, chance: random.Random, name: str, experiment: str) -> None:
    run_id = seed.run(
        experiment=experiment,
        name=_text(chance, 12),
        params={f"p{n}": _text(chance, 20) for n in range(chance.randint(0, 5))},
        metrics={f"m{n}": chance.uniform(-1e3, 1e3) for n in range(chance.randint(0, 5))},
        datasets=tuple(
            Dataset(f"d{n} {_text(chance, 8)}", f"{chance.randrange(16**8):08x}")
            for n in range(chance.randint(0, 2))
        ),
    )
    version = seed.version(name, run_id=run_id, tags={"approval": _text(chance, 9)})
    if chance.random() < 0.5:
        seed.alias(name, f"alias-{version}", version)
    if chance.random() < 0.3:
        seed.stage(name, version, chance.choice(["Staging", "Production", "Archived"]))
    if chance.random() < 0.2:
        seed.delete_run(run_id)


@pytest.mark.parametrize("number", [20240115])
def test_everything_is_accounted_for(
    mlflow_registry: MlflowServer, source: Source, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(requests, "_MODELS_A_PAGE", "5")
    monkeypatch.setattr(requests, "_VERSIONS_A_PAGE", "7")
    monkeypatch.setattr(requests, "_RUNS_A_PAGE", 4)
    monkeypatch.setattr(requests, "_EXPERIMENTS_A_PAGE", "1")
    monkeypatch.setattr(requests, "EXPERIMENTS_AT_ONCE", 2)
    _fill(mlflow_registry.seed, random.Random(number))  # noqa: S311 - shapes, no secrets
    models, versions, runs = _models(source), _versions(source), _runs(source)
    assert len(models) == 12
    _check_registry(mlflow_registry, models, versions)
    _check_runs(mlflow_registry, runs)


def _check_registry(
    server: MlflowServer, models: dict[str, ObservedModel], versions: dict[str, ObservedVersion]
) -> None:
    assert _rows(server, "SELECT name, description FROM registered_models") == sorted(
        (model.name, model.description) for model in models.values()
    )
    assert _rows(server, "SELECT name, key, value FROM registered_model_tags") == sorted(
        (model.name, tag.name, tag.value) for model in models.values() for tag in model.tags
    )
    assert _rows(server, "SELECT name, alias, version FROM registered_model_aliases") == sorted(
        (model.name, alias.name, int(alias.value))
        for model in models.values()
        for alias in model.aliases
    )
    query = "SELECT name, version, current_stage, run_id, source, status FROM model_versions"
    assert _rows(server, query) == sorted(
        (
            one.model_native_id,
            int(one.version),
            one.stage or "None",
            one.run_id,
            one.artifact,
            one.status,
        )
        for one in versions.values()
    )
    assert _rows(server, "SELECT name, version, key, value FROM model_version_tags") == sorted(
        (one.model_native_id, int(one.version), tag.name, tag.value)
        for one in versions.values()
        for tag in one.tags
    )


def _check_runs(server: MlflowServer, runs: dict[str, ObservedRun]) -> None:
    assert _rows(server, "SELECT run_uuid, name, lifecycle_stage FROM runs") == sorted(
        (run.native_id, run.name, "deleted" if run.is_deleted else "active")
        for run in runs.values()
    )
    assert _rows(server, "SELECT run_uuid, key, value FROM params") == sorted(
        (run.native_id, param.name, param.value)
        for run in runs.values()
        for param in run.parameters
    )
    assert _rows(server, "SELECT run_uuid, key, value FROM latest_metrics") == sorted(
        (run.native_id, metric.name, float(metric.value))
        for run in runs.values()
        for metric in run.metrics
    )
    assert _rows(server, "SELECT run_uuid, key, value FROM tags") == sorted(
        (run.native_id, tag.name, tag.value) for run in runs.values() for tag in run.tags
    )
    assert {
        (name, digest) for name, digest in _rows(server, "SELECT name, digest FROM datasets")
    } == {(dataset.name, dataset.digest) for run in runs.values() for dataset in run.datasets}


def test_unchanged_answers_are_equal_and_every_change_shows(
    mlflow_registry: MlflowServer, source: Source
) -> None:
    seed = mlflow_registry.seed
    seed.model("a")
    seed.model("b", tags={"owner": "x"})
    first, second = seed.version("b"), seed.version("b")
    changes: dict[str, Callable[[], object]] = {
        "alias set": lambda: seed.alias("b", "champion", first),
        "alias moved": lambda: seed.alias("b", "champion", second),
        "alias dropped": lambda: seed.drop_alias("b", "champion"),
        "owner changed": lambda: seed.tag_model("b", "owner", "y"),
        "version tag": lambda: seed.tag_version("b", first, "approval", "given"),
        "stage": lambda: seed.stage("b", second, "Production"),
        "version deleted": lambda: seed.delete_version("b", first),
        "run": lambda: seed.run(metrics={"auc": 0.5}),
    }
    for what, change in changes.items():
        before = [digest for stream in source.streams for digest in _digests(source, stream)]
        again = [digest for stream in source.streams for digest in _digests(source, stream)]
        assert before == again, what
        change()
        after = [digest for stream in source.streams for digest in _digests(source, stream)]
        assert before != after, what


def test_a_new_run_touches_the_last_page_alone(
    mlflow_registry: MlflowServer, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "_RUNS_A_PAGE", 2)
    for day in range(3):
        mlflow_registry.seed.run(started=1_760_000_000_000 + day)
    before = _digests(source, Stream.RUNS)
    mlflow_registry.seed.run(started=1_770_000_000_000)
    after = _digests(source, Stream.RUNS)
    assert (len(before), len(after)) == (2, 2)
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False]


def test_renamed_and_deleted_are_seen_as_what_they_are(
    mlflow_registry: MlflowServer, source: Source
) -> None:
    seed = mlflow_registry.seed
    seed.model("before", tags={"owner": "x"})
    run_id = seed.run()
    seed.version("before", run_id=run_id)
    seed.version("before", run_id=run_id)
    made = _models(source)["before"].created_at
    seed.alias("before", "champion", "2")
    seed.rename_model("before", "after")
    seed.delete_version("after", "1")
    seed.delete_run(run_id)
    models, versions, runs = _models(source), _versions(source), _runs(source)
    assert list(models) == ["after"]
    assert models["after"].created_at == made
    assert [(alias.name, alias.value) for alias in models["after"].aliases] == [("champion", "2")]
    assert list(versions) == ["after/2"]
    assert runs[run_id].is_deleted
    seed.delete_model("after")
    assert not _models(source)
    assert not _versions(source)


def test_prompts_are_found_although_the_server_hides_them(
    mlflow_registry: MlflowServer, source: Source
) -> None:
    seed, mark = mlflow_registry.seed, {"mlflow.prompt.is_prompt": "true"}
    seed.model("letter-writer", tags=mark)
    text = {"mlflow.prompt.text": "Dear {{name}}"}
    seed.version("letter-writer", source="dummy-source", tags=mark | text)
    seed.model("scorecard")
    seed.version("scorecard")
    assert {name: one.is_prompt for name, one in _models(source).items()} == {
        "letter-writer": True,
        "scorecard": False,
    }
    assert set(_versions(source)) == {"letter-writer/1", "scorecard/1"}


_LOG_MODEL = """
import mlflow, mlflow.pyfunc
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema

class Scorecard(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input):
        return model_input

signature = ModelSignature(
    Schema([ColSpec("double", "income"), ColSpec("string", "region")]), Schema([ColSpec("double")])
)
with mlflow.start_run():
    mlflow.log_metrics({"nan": float("nan"), "auc": 0.1 + 0.2})
    mlflow.pyfunc.log_model(
        name="model", python_model=Scorecard(), signature=signature, registered_model_name="scored",
        pip_requirements=[],
    )
"""


def test_the_client_library_s_own_models_have_their_signature(
    mlflow_registry: MlflowServer, source: Source
) -> None:
    mlflow_registry.run_script(_LOG_MODEL)
    version = _versions(source)["scored/1"]
    assert isinstance(source, SignatureReader)
    reading = source.read_signature(version)
    assert reading.signature == (
        '{"inputs":[{"name":"income","required":true,"type":"double"},'
        '{"name":"region","required":true,"type":"string"}],'
        '"outputs":[{"required":true,"type":"double"}]}'
    )
    assert reading.evidence.source_version == source.probe().version
    (run,) = _runs(source).values()
    assert [(metric.name, metric.value) for metric in run.metrics] == [
        ("auc", "0.30000000000000004"),
        ("nan", "NaN"),
    ]


@pytest.mark.parametrize(
    ("credentials", "identity", "code"),
    [
        (Credentials(*LOGIN), LOGIN[0], None),
        (Credentials(LOGIN[0], "wrong"), None, FailureCode.AUTH),
        (Credentials(token="a-bearer-token"), None, FailureCode.AUTH),
        (Credentials(), None, FailureCode.AUTH),
    ],
)
def test_a_server_that_asks_for_a_password(
    mlflow_login_server: MlflowServer,
    credentials: Credentials,
    identity: str | None,
    code: FailureCode | None,
) -> None:
    connection = Connection("test", "mlflow", mlflow_login_server.url)
    source = open_source(connection, credentials, lambda: False)
    probe, last = source.probe(), list(source.pull(Stream.MODELS))[-1]
    source.close()
    assert probe.is_reachable
    assert probe.identity == identity
    assert [failure.code for failure in probe.failures] == ([code] if code else [])
    assert (last.code if isinstance(last, Failure) else None) == code

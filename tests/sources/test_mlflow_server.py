"""Real MLflow servers, 3.x and 2.22: what changes there is seen, and seen as what it is."""

from collections.abc import Callable, Iterator

import pytest

from mlops_desktop.sources.base import Connection, Credentials, SignatureReader, Source
from mlops_desktop.sources.catalog import open_source
from mlops_desktop.sources.mlflow import requests
from mlops_desktop.sources.observations import (
    Failure,
    FailureCode,
    Stream,
)
from tests.sources.pulling import read_digests, read_models, read_runs, read_versions
from tests.support.mlflow import LOGIN, MlflowServer


@pytest.fixture(
    params=["mlflow_registry", pytest.param("mlflow2_registry", marks=pytest.mark.whole)]
)
def registry(request: pytest.FixtureRequest) -> MlflowServer:
    found: MlflowServer = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def source(registry: MlflowServer) -> Iterator[Source]:
    connection = Connection("test", "mlflow", registry.url)
    source = open_source(connection, Credentials(), lambda: False)
    yield source
    source.close()


def test_unchanged_answers_are_equal_and_every_change_shows(
    registry: MlflowServer, source: Source
) -> None:
    seed = registry.seed
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
        before = [digest for stream in source.streams for digest in read_digests(source, stream)]
        again = [digest for stream in source.streams for digest in read_digests(source, stream)]
        assert before == again, what
        change()
        after = [digest for stream in source.streams for digest in read_digests(source, stream)]
        assert before != after, what


def test_a_new_run_touches_the_last_page_alone(
    registry: MlflowServer, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "_RUNS_A_PAGE", 2)
    for day in range(3):
        registry.seed.run(started=1_760_000_000_000 + day)
    before = read_digests(source, Stream.RUNS)
    registry.seed.run(started=1_770_000_000_000)
    after = read_digests(source, Stream.RUNS)
    # 2.22 tells only by an empty page that a full one was the last
    assert before[0] == after[0]
    assert before[1] not in after


def test_renamed_and_deleted_are_seen_as_what_they_are(
    registry: MlflowServer, source: Source
) -> None:
    seed = registry.seed
    seed.model("before", tags={"owner": "x"})
    run_id = seed.run()
    seed.version("before", run_id=run_id)
    seed.version("before", run_id=run_id)
    made = read_models(source)["before"].created_at
    seed.alias("before", "champion", "2")
    seed.rename_model("before", "after")
    seed.delete_version("after", "1")
    seed.delete_run(run_id)
    models, versions, runs = read_models(source), read_versions(source), read_runs(source)
    assert list(models) == ["after"]
    assert models["after"].created_at == made
    assert [(alias.name, alias.value) for alias in models["after"].aliases] == [("champion", "2")]
    assert list(versions) == ["after/2"]
    assert runs[run_id].is_deleted
    seed.delete_model("after")
    assert not read_models(source)
    assert not read_versions(source)


def test_prompts_are_found_although_the_server_hides_them(
    registry: MlflowServer, source: Source
) -> None:
    seed, mark = registry.seed, {"mlflow.prompt.is_prompt": "true"}
    seed.model("letter-writer", tags=mark)
    text = {"mlflow.prompt.text": "Dear {{name}}"}
    seed.version("letter-writer", source="dummy-source", tags=mark | text)
    seed.model("scorecard")
    seed.version("scorecard")
    assert {name: one.is_prompt for name, one in read_models(source).items()} == {
        "letter-writer": True,
        "scorecard": False,
    }
    assert set(read_versions(source)) == {"letter-writer/1", "scorecard/1"}


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
        "model", python_model=Scorecard(), signature=signature, registered_model_name="scored",
        pip_requirements=[],
    )
"""


def test_the_client_library_s_own_models_have_their_signature(
    registry: MlflowServer, source: Source
) -> None:
    registry.run_script(_LOG_MODEL)
    version = read_versions(source)["scored/1"]
    assert isinstance(source, SignatureReader)
    reading = source.read_signature(version)
    assert reading.signature == (
        '{"inputs":[{"name":"income","required":true,"type":"double"},'
        '{"name":"region","required":true,"type":"string"}],'
        '"outputs":[{"required":true,"type":"double"}]}'
    )
    assert reading.evidence.source_version == source.probe().version
    (run,) = read_runs(source).values()
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

"""From answers to facts: the recorded ones, crafted ones, and ones damaged at random."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop import paths
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.mlflow.parsing import parse_models, parse_runs, parse_versions
from mlops_desktop.sources.mlflow.signature import signature_of_history, signature_of_mlmodel
from mlops_desktop.sources.observations import (
    DatasetInput,
    Fact,
    FailureCode,
    Metric,
    ObservedModel,
    ObservedRun,
    ObservedVersion,
    Pair,
)


def _run(**data: Any) -> ObservedRun:
    inputs = data.pop("inputs", {})
    info = {"run_uuid": "r1", "start_time": 0, "lifecycle_stage": "deleted"}
    raw = json.dumps({"runs": [{"info": info, "data": data, "inputs": inputs}]}).encode()
    (run,) = parse_runs(raw)
    assert isinstance(run, ObservedRun)
    return run


def _tag(key: str, value: str) -> dict[str, str]:
    return {"key": key, "value": value}


def test_an_empty_listing_has_no_facts() -> None:
    assert parse_models(b"{}") == parse_versions(b"{}") == parse_runs(b"{}") == ()


def test_a_model_is_taken_over_as_given() -> None:
    entry = {
        "name": "Förderkredit/模型 ",
        "creation_timestamp": 1795406781706,
        "last_updated_timestamp": 10**17,
        "description": "",
        "tags": [_tag("tier", "1"), _tag("mlflow.prompt.is_prompt", "true"), {"key": "leer"}],
        "aliases": [{"alias": "z", "version": "2"}, {"alias": "champion", "version": "1"}],
        "latest_versions": [{"anything": "else"}],
    }
    (model,) = parse_models(json.dumps({"registered_models": [entry]}).encode())
    assert model == ObservedModel(
        native_id="Förderkredit/模型 ",
        name="Förderkredit/模型 ",
        tags=(Pair("leer", ""), Pair("mlflow.prompt.is_prompt", "true"), Pair("tier", "1")),
        aliases=(Pair("champion", "1"), Pair("z", "2")),
        created_at=datetime(2026, 11, 23, 4, 6, 21, 706000, UTC),
        updated_at=None,  # no calendar holds it
        is_prompt=True,
    )


def test_a_version_of_2_22_and_of_3_17_reads_alike() -> None:
    old = {
        "name": "m1",
        "version": "1",
        "creation_timestamp": 1795410347482,
        "last_updated_timestamp": 1795410347482,
        "current_stage": "None",
        "description": "",
        "source": "s3://x/y",
        "run_id": "2b2bad96603048db9685174eaca0be33",
        "status": "READY",
        "run_link": "",
    }
    new = old | {"tags": [], "run_id": "", "source": "models:/m-469b", "aliases": ["champion"]}
    raw = json.dumps({"model_versions": [old, new], "next_page_token": ""}).encode()
    at = datetime(2026, 11, 23, 5, 5, 47, 482000, UTC)
    known = {"status": "READY", "created_at": at, "updated_at": at}
    run_id = "2b2bad96603048db9685174eaca0be33"
    assert parse_versions(raw) == (
        ObservedVersion("m1/1", "m1", "1", artifact="s3://x/y", run_id=run_id, **known),  # type: ignore[arg-type]
        ObservedVersion("m1/1", "m1", "1", artifact="models:/m-469b", **known),  # type: ignore[arg-type]
    )


def test_a_run_without_an_id_is_no_run() -> None:
    with pytest.raises(SourceFailure):
        parse_runs(b'{"runs": [{"info": {}}]}')


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.30000000000000004", "0.30000000000000004"),
        ("1e-7", "1e-07"),
        ("1.7976931348623157e+308", "1.7976931348623157e+308"),
        ("3", "3"),
        ("3.0", "3.0"),
        ('"NaN"', "NaN"),
    ],
)
def test_metric_values_are_the_shortest_text_that_reads_back(value: str, text: str) -> None:
    metric = _run(metrics=[{"key": "auc", "value": json.loads(value), "timestamp": 1, "step": 4}])
    at = datetime(1970, 1, 1, 0, 0, 0, 1000, UTC)
    assert metric.metrics == (Metric("auc", text, 4, at),)


def test_a_run_tells_who_from_what_and_with_which_data() -> None:
    dataset = {
        "name": "train",
        "digest": "8a6b114d",
        "source_type": "s3",
        "source": '{"uri": "s3://b/train.parquet"}',
        "schema": '{"mlflow_colspec": []}',
        "profile": '{"num_rows": 400, "num_elements": 2000}',
    }
    other = {"name": "eval", "digest": "1", "profile": "no json"}
    run = _run(
        tags=[
            _tag("mlflow.user", "lena.hofmann"),
            _tag("mlflow.source.name", "train.py"),
            _tag("mlflow.source.git.commit", "c0ffee"),
        ],
        params=[_tag("C", "0.1")],
        inputs={
            "dataset_inputs": [
                {"tags": [_tag("mlflow.data.context", "training")], "dataset": dataset},
                {"dataset": other},
            ]
        },
    )
    assert (run.native_id, run.user, run.code_source) == ("r1", "lena.hofmann", "train.py")
    assert (run.commit, run.is_deleted, run.parameters) == ("c0ffee", True, (Pair("C", "0.1"),))
    assert run.started_at == datetime(1970, 1, 1, tzinfo=UTC)
    assert run.datasets == (
        DatasetInput("eval", "1"),
        DatasetInput(
            name="train",
            digest="8a6b114d",
            source_type="s3",
            source='{"uri": "s3://b/train.parquet"}',
            schema='{"mlflow_colspec": []}',
            rows=400,
            context="training",
        ),
    )


def test_the_order_of_lists_at_the_server_does_not_matter() -> None:
    tags = [_tag("a", "1"), _tag("b", "2"), _tag("c", "3")]
    assert _run(tags=tags, params=tags) == _run(tags=tags[::-1], params=tags[::-1])


def _history(*inputs: str) -> str:
    return json.dumps([{"artifact_path": "m", "signature": {"inputs": one}} for one in inputs])


def test_the_signature_stands_in_the_history_of_older_clients() -> None:
    run = _run(tags=[_tag("mlflow.log-model.history", _history('[ {"name":"ä"} ]'))])
    assert run.signature == '{"inputs":[{"name":"ä"}]}'
    assert run.tags == ()


@pytest.mark.parametrize("history", [_history("[1]", "[2]"), "[]", "[{}]", "no json", "{}", "[[["])
def test_no_signature_is_guessed(history: str) -> None:
    assert signature_of_history(history) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"- a list",
        b"signature: [1]",
        b"signature: {inputs: 3}",
        b"a: &x [1]\nb: *x",
        b"!!python/object/apply:os.system ['true']",
        b"\x00\x01",
        b"a: " + b"[" * 20_000,
        b"# " + b"x" * 70_000,
        b"<html></html>",
        b"{",
    ],
)
def test_only_a_small_plain_mapping_is_an_mlmodel(raw: bytes) -> None:
    with pytest.raises(HttpFault):
        signature_of_mlmodel(raw)


def test_an_mlmodel_without_signature_has_none() -> None:
    assert signature_of_mlmodel(b"flavors:\n  python_function: {}\n") is None
    assert signature_of_mlmodel(b"signature: null\n") is None


_PARSES = {
    "registered-models": parse_models,
    "model-versions": parse_versions,
    "runs": parse_runs,
}


def _small(name: str) -> bytes:
    raw = paths.resource("demo", "mlflow", f"{name}-search-1.json").read_bytes()
    field = name.replace("-", "_")
    return json.dumps({field: json.loads(raw)[field][:2]}).encode()


@settings(max_examples=150)
@given(st.sampled_from(sorted(_PARSES)), st.floats(0, 1), st.binary(max_size=6), st.integers(0, 6))
def test_a_damaged_page_gives_facts_or_a_typed_failure(
    name: str, place: float, inserted: bytes, removed: int
) -> None:
    raw = _small(name)
    start = int(place * len(raw))
    try:
        facts: tuple[Fact, ...] = _PARSES[name](raw[:start] + inserted + raw[start + removed :])
    except SourceFailure as refused:
        code = refused.failure.code
    else:
        code = FailureCode.PROTOCOL
        assert len(facts) <= 2
    assert code is FailureCode.PROTOCOL

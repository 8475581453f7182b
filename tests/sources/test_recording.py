"""The demo's recording: a real server's answers, played through the very same reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mlops_desktop import paths
from mlops_desktop.outside.http_recording import open_recording
from mlops_desktop.sources.base import Connection, Credentials, Source
from mlops_desktop.sources.catalog import open_source
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    ObservedModel,
    ObservedRun,
    ObservedVersion,
    Page,
)

_FOLDER = paths.resource("demo", "mlflow")


@pytest.fixture
def played() -> Iterator[Source]:
    connection = Connection("MLflow Elbmark", "mlflow", "recording:mlflow")
    source = open_source(connection, Credentials(), lambda: False)
    yield source
    source.close()


@pytest.fixture
def facts(played: Source) -> list[Fact]:
    found = [one for stream in played.streams for one in played.pull(stream)]
    assert [one.stream for one in found if isinstance(one, Completion)] == list(played.streams)
    return [fact for page in found if isinstance(page, Page) for fact in page.facts()]


def test_it_names_its_server(played: Source) -> None:
    probe = played.probe()
    assert probe.version == "3.17.2"
    assert not probe.failures
    assert open_recording("recording:mlflow").recording.recorded_at.startswith("20")


def test_the_sample_bank_is_complete(facts: list[Fact]) -> None:
    models = {fact.name: fact for fact in facts if isinstance(fact, ObservedModel)}
    versions = [fact for fact in facts if isinstance(fact, ObservedVersion)]
    runs = {fact.native_id: fact for fact in facts if isinstance(fact, ObservedRun)}
    assert (len(models), len(versions)) == (22, 77)
    assert {version.model_native_id for version in versions} == models.keys()
    assert all(version.run_id in runs for version in versions)
    known = {version.native_id for version in versions}
    for model in models.values():
        assert all(f"{model.name}/{alias.value}" in known for alias in model.aliases)
    assert not models["limit-optimizer-rl"].tags


def test_its_figures_are_believable(facts: list[Fact]) -> None:
    runs = [fact for fact in facts if isinstance(fact, ObservedRun) and fact.metrics]
    for run in runs:
        values = {metric.name: float(metric.value) for metric in run.metrics}
        if "gini" in values:
            assert values["gini"] == pytest.approx(2 * values["auc"] - 1, abs=1e-4)
        assert run.datasets
    contaminated = [
        run.name
        for run in runs
        if any(dataset.name == "kontoumsaetze-2019-2023" for dataset in run.datasets)
    ]
    assert sorted(filter(None, contaminated)) == [
        "antragsscore-ratenkredit-v7",
        "antragsscorekarte-ratenkredit-v2",
        "verhaltensscore-girokonto-v5",
    ]


def test_it_is_small_and_holds_nothing_of_the_machine_it_was_made_on() -> None:
    files = list(_FOLDER.iterdir())
    assert sum(file.stat().st_size for file in files) < 1_500_000
    text = b"".join(file.read_bytes() for file in files)
    for trace in (b"127.0.0.1", b"localhost", b"/tmp", str(Path.home()).encode() + b"/"):
        assert trace not in text

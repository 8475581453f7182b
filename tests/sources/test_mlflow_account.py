"""A real MLflow server, filled with models that this program has never seen.

The server's own database is the oracle: what stands there must be found, each row once.
"""

import contextlib
import random
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from mlops_desktop.sources.base import Connection, Credentials, Source
from mlops_desktop.sources.catalog import open_source
from mlops_desktop.sources.mlflow import requests
from mlops_desktop.sources.observations import (
    ObservedModel,
    ObservedRun,
    ObservedVersion,
)
from tests.sources.pulling import read_models, read_runs, read_versions
from tests.support.mlflow import MlflowServer
from tests.support.mlflow_seed import Dataset, Seed

_LETTERS = "aZ09-_. ÄöüßéłЖ模型🏦'\"\\%&?#=+<>~`$|"

_KEYS = "aZ09-_. Äß模"  # what the server takes as the name of a tag


@pytest.fixture
def source(mlflow_registry: MlflowServer) -> Iterator[Source]:
    connection = Connection("test", "mlflow", mlflow_registry.url)
    source = open_source(connection, Credentials(), lambda: False)
    yield source
    source.close()


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
    models, versions, runs = read_models(source), read_versions(source), read_runs(source)
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

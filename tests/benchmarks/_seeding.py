"""Fills the database of a real MLflow 3 server by SQL: its interface would take an hour."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from mlops_desktop.sources.mlflow.signature import HISTORY_TAG

_BEGIN = 1_704_067_200_000
_MINUTE = 60_000
_EXPERIMENTS = 20
_METRICS = ("accuracy", "auc", "brier", "gini", "ks", "loss")
_PARAMS = (("C", "0.2"), ("features", "4"), ("penalty", "l2"))
_COLUMNS = [{"type": "double", "name": f"merkmal_{number}"} for number in range(5)]
_HISTORY = [{"signature": {"inputs": json.dumps(_COLUMNS), "outputs": "[]"}}]
_TAGS = (
    ("mlflow.user", "m.kowalczyk"),
    ("mlflow.source.name", "train.py"),
    (HISTORY_TAG, json.dumps(_HISTORY)),
)
Row: TypeAlias = tuple[object, ...]


def seed(database: Path, models: int, versions_each: int) -> None:
    """Add models, versions and the runs they came from, each with metrics and one dataset."""
    with contextlib.closing(sqlite3.connect(database, timeout=60)) as connection:
        for table, columns, rows in _tables(models, versions_each):
            marks = ", ".join("?" * len(columns.split()))
            named = ", ".join(columns.split())
            connection.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)
        connection.commit()


def _tables(models: int, each: int) -> Iterator[tuple[str, str, Iterator[Row]]]:
    names = [f"modell-{number:05d}" for number in range(models)]
    made = [
        (name, at, at * each + number) for at, name in enumerate(names) for number in range(each)
    ]
    experiments = range(1, _EXPERIMENTS + 1)
    born = "creation_time last_updated_time"
    yield "experiments", "experiment_id name artifact_location lifecycle_stage creation_time", (
        (id, f"experiment-{id}", f"mlflow-artifacts:/{id}", "active", _BEGIN) for id in experiments
    )  # fmt: skip
    yield "registered_models", f"name {born} description", (
        (name, _BEGIN, _BEGIN, f"{name}: entscheidet über Anträge.") for name in names
    )  # fmt: skip
    yield (
        "registered_model_tags",
        "key value name",
        (
            (key, value, name)
            for name in names
            for key, value in (("owner", "m.kowalczyk"), ("risk_tier", "2"))
        ),
    )
    yield (
        "registered_model_aliases",
        "alias version name",
        (("champion", each, name) for name in names),
    )
    yield "model_versions", f"name version {born} source run_id status current_stage user_id", (
        (name, 1 + run % each, _time(run), _time(run), "s3://modelle", _id(run), "READY", "None",
         "")         for name, _, run in made
    )  # fmt: skip
    yield (
        "model_version_tags",
        "key value name version",
        (("approval", "pending", name, 1 + run % each) for name, _, run in made),
    )
    runs = [run for _, _, run in made]
    columns = "run_uuid name user_id status start_time end_time lifecycle_stage experiment_id"
    yield "runs", f"{columns} artifact_uri source_type", (
        (_id(run), f"training-{run}", "m.kowalczyk", "FINISHED", _time(run), _time(run) + _MINUTE,
         "active", 1 + run % _EXPERIMENTS, "mlflow-artifacts:/", "LOCAL") for run in runs
    )  # fmt: skip
    yield (
        "latest_metrics",
        "key value timestamp step is_nan run_uuid",
        (
            (key, 0.5 + run / 100_000, _time(run), 0, 0, _id(run))
            for run in runs
            for key in _METRICS
        ),
    )
    yield (
        "params",
        "key value run_uuid",
        ((key, value, _id(run)) for run in runs for key, value in _PARAMS),
    )
    yield (
        "tags",
        "key value run_uuid",
        ((key, value, _id(run)) for run in runs for key, value in _TAGS),
    )
    yield from _data(runs)


def _data(runs: list[int]) -> Iterator[tuple[str, str, Iterator[Row]]]:
    """One dataset an experiment and a hundred runs, so that some are read by many."""
    described = "dataset_source_type dataset_source dataset_schema dataset_profile"
    schema = json.dumps({"mlflow_colspec": _COLUMNS})
    yield "datasets", f"dataset_uuid experiment_id name digest {described}", (
        (f"d{run}", 1 + run % _EXPERIMENTS, "antraege", f"{_dataset(run):08x}", "s3",
         '{"uri": "s3://bank/antraege.parquet"}', schema, '{"num_rows": 400}')
        for run in runs if run == _dataset(run)
    )  # fmt: skip
    yield (
        "inputs",
        "input_uuid source_type source_id destination_type destination_id",
        ((f"i{run}", "DATASET", f"d{_dataset(run)}", "RUN", _id(run)) for run in runs),
    )
    yield (
        "input_tags",
        "input_uuid name value",
        ((f"i{run}", "mlflow.data.context", "training") for run in runs),
    )


def _dataset(run: int) -> int:
    return run - run % 2_000 + run % _EXPERIMENTS


def _id(run: int) -> str:
    return f"{run:032x}"


def _time(run: int) -> int:
    return _BEGIN + run * _MINUTE

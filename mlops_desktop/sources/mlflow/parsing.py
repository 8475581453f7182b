"""From MLflow's answers to facts: values as given, empty text as nothing, lists by name."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec

from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_json import read_json
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.mlflow import shapes
from mlops_desktop.sources.mlflow.signature import (
    HISTORY_TAG,
    frameworks_of_history,
    signature_of_history,
)
from mlops_desktop.sources.observations import (
    DatasetInput,
    Fact,
    Metric,
    ObservedModel,
    ObservedRun,
    ObservedVersion,
    Pair,
    Stream,
)
from mlops_desktop.sources.rest import failure_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PROMPT_TAG = "mlflow.prompt.is_prompt"
_CONTEXT_TAG = "mlflow.data.context"
_NO_STAGE = "None"
Parse = Callable[[bytes], tuple[Fact, ...]]
_Answer = TypeVar("_Answer")


def parse_models(raw: bytes) -> tuple[Fact, ...]:
    """Return the models of a page; raises SourceFailure ``protocol``."""
    answer = _read(raw, shapes.ModelsAnswer, Stream.MODELS)
    return tuple(_model(entry) for entry in answer.registered_models)


def parse_versions(raw: bytes) -> tuple[Fact, ...]:
    """Return the versions of a page; raises SourceFailure ``protocol``."""
    answer = _read(raw, shapes.VersionsAnswer, Stream.VERSIONS)
    return tuple(_version(entry) for entry in answer.model_versions)


def parse_runs(raw: bytes) -> tuple[Fact, ...]:
    """Return the runs of a page; raises SourceFailure ``protocol``."""
    answer = _read(raw, shapes.RunsAnswer, Stream.RUNS)
    return tuple(_run(entry) for entry in answer.runs)


def _read(raw: bytes, shape: type[_Answer], stream: Stream) -> _Answer:
    try:
        return read_json(raw, shape)
    except HttpFault as fault:
        raise SourceFailure(failure_of(stream, fault)) from fault


def _model(entry: shapes.RegisteredModel) -> ObservedModel:
    tags = _pairs(entry.tags)
    aliases = [Pair(alias.alias, alias.version) for alias in entry.aliases]
    return ObservedModel(
        native_id=entry.name,
        name=entry.name,
        description=entry.description or None,
        tags=tags,
        aliases=_sorted(aliases),
        created_at=as_time(entry.creation_timestamp),
        updated_at=as_time(entry.last_updated_timestamp),
        is_prompt=Pair(_PROMPT_TAG, "true") in tags,
    )


def _version(entry: shapes.ModelVersion) -> ObservedVersion:
    return ObservedVersion(
        native_id=f"{entry.name}/{entry.version}",
        model_native_id=entry.name,
        version=entry.version,
        stage=None if entry.current_stage == _NO_STAGE else entry.current_stage or None,
        status=entry.status or None,
        artifact=entry.source or None,
        run_id=entry.run_id or None,
        description=entry.description or None,
        tags=_pairs(entry.tags),
        created_by=entry.user_id or None,
        created_at=as_time(entry.creation_timestamp),
        updated_at=as_time(entry.last_updated_timestamp),
    )


def _run(entry: shapes.Run) -> ObservedRun:
    info = entry.info
    tags = {tag.key: tag.value for tag in entry.data.tags}
    history = tags.pop(HISTORY_TAG, "")
    return ObservedRun(
        native_id=info.run_id or info.run_uuid,
        name=info.run_name or tags.get("mlflow.runName"),
        user=info.user_id or tags.get("mlflow.user"),
        status=info.status or None,
        started_at=as_time(info.start_time),
        ended_at=as_time(info.end_time),
        is_deleted=info.lifecycle_stage == "deleted",
        code_source=tags.get("mlflow.source.name"),
        commit=tags.get("mlflow.source.git.commit"),
        parameters=_pairs(entry.data.params),
        metrics=_metrics(entry.data.metrics),
        datasets=_datasets(entry.inputs.dataset_inputs),
        tags=_sorted(Pair(name, value) for name, value in tags.items()),
        signature=signature_of_history(history) if history else None,
        experiment_id=info.experiment_id or None,
        frameworks=frameworks_of_history(history) if history else (),
    )


def _pairs(tags: Iterable[shapes.Tag]) -> tuple[Pair, ...]:
    return _sorted(Pair(tag.key, tag.value) for tag in tags)


def _sorted(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    # The server gives lists in no stated order; sorted, unchanged ones stay equal.
    return tuple(sorted(pairs, key=lambda pair: (pair.name, pair.value)))


def _metrics(metrics: Iterable[shapes.RunMetric]) -> tuple[Metric, ...]:
    found = [
        # str of a float is its shortest text that reads back the same; NaN comes as text already
        Metric(metric.key, str(metric.value), metric.step, as_time(metric.timestamp))
        for metric in metrics
    ]
    return tuple(sorted(found, key=lambda metric: metric.name))


def _datasets(inputs: Iterable[shapes.DatasetInput]) -> tuple[DatasetInput, ...]:
    found = [_dataset(entry) for entry in inputs]
    return tuple(sorted(found, key=lambda dataset: (dataset.name, dataset.digest)))


def _dataset(entry: shapes.DatasetInput) -> DatasetInput:
    context = next((tag.value for tag in entry.tags if tag.key == _CONTEXT_TAG), None)
    dataset = entry.dataset
    return DatasetInput(
        name=dataset.name,
        digest=dataset.digest,
        source_type=dataset.source_type or None,
        source=dataset.source or None,
        schema=dataset.schema or None,
        rows=rows_of(dataset.profile),
        context=context,
    )


class _Profile(msgspec.Struct):
    num_rows: int | None = None


def rows_of(profile: str) -> int | None:
    """Return the number of rows that a dataset's profile tells; none for no such profile."""
    try:
        return msgspec.json.decode(profile, type=_Profile).num_rows if profile else None
    except (msgspec.MsgspecError, RecursionError):
        return None


def as_time(milliseconds: int | None) -> datetime | None:
    """Return milliseconds since 1970 as a time; none for one that no calendar holds."""
    if milliseconds is None:
        return None
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None

"""Logged models (3.x): what was measured of a model, and on which dataset; no verdict is made up.

A logged model that no registered version was made from is left out: it is a trial.
"""

from collections.abc import Iterator

import msgspec

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_json import read_json
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.mlflow.parsing import as_time
from mlops_desktop.sources.mlflow.shapes import Tag
from mlops_desktop.sources.observations import Fact, ObservedThing, Stream
from mlops_desktop.sources.rest import failure_of

_VERSIONS = "mlflow.modelVersions"


class _Measured(msgspec.Struct, frozen=True):
    key: str
    value: int | float | str = ""
    timestamp: int | None = None
    dataset_name: str = ""
    dataset_digest: str = ""


class _Info(msgspec.Struct, frozen=True):
    model_id: str
    experiment_id: str = ""
    name: str = ""
    model_type: str = ""
    source_run_id: str = ""
    tags: list[Tag] = []


class _Data(msgspec.Struct, frozen=True):
    metrics: list[_Measured] = []


class _LoggedModel(msgspec.Struct, frozen=True):
    info: _Info
    data: _Data = _Data()


class _Answer(msgspec.Struct, frozen=True):
    models: list[_LoggedModel] = []


class _Registered(msgspec.Struct, frozen=True):
    name: str
    version: int | str


def parse_evaluations(raw: bytes) -> tuple[Fact, ...]:
    """Return the measurements of a page, one thing a model and dataset; raises SourceFailure."""
    try:
        answer = read_json(raw, _Answer)
    except HttpFault as fault:
        raise SourceFailure(failure_of(Stream.CHECKS, fault)) from fault
    return tuple(fact for model in answer.models for fact in _evaluations(model))


def _evaluations(model: _LoggedModel) -> Iterator[Fact]:
    subjects = _subjects(model.info.tags)
    by_dataset: dict[str, list[_Measured]] = {}
    for one in model.data.metrics if subjects else ():
        by_dataset.setdefault(_dataset(one), []).append(one)
    for dataset, measured in by_dataset.items():
        details = _details(model.info, subjects, dataset, measured)
        yield ObservedThing(f"{model.info.model_id}/{dataset}", details)


def _dataset(one: _Measured) -> str:
    return f"{one.dataset_name}@{one.dataset_digest}" if one.dataset_name else ""


def _subjects(tags: list[Tag]) -> tuple[Subject, ...]:
    """The registered versions that were made from it; the server writes them into a tag."""
    told = next((tag.value for tag in tags if tag.key == _VERSIONS), "")
    try:
        listed = msgspec.json.decode(told, type=list[_Registered]) if told else []
    except (msgspec.MsgspecError, RecursionError):
        return ()
    # a version that is registered again stands in the tag twice
    return tuple(dict.fromkeys(Subject(one.name, str(one.version)) for one in listed))


def _details(
    info: _Info, subjects: tuple[Subject, ...], dataset: str, measured: list[_Measured]
) -> CheckDetails:
    times = [one.timestamp for one in measured if one.timestamp is not None]
    cases = [CheckCase(one.key, Verdict.NONE, str(one.value)) for one in measured]
    labels = [Pair("logged_model", info.model_id)]
    labels += [Pair("model_type", info.model_type)] if info.model_type else []
    return CheckDetails(
        name=f"{info.name} · {dataset}" if dataset else info.name,
        subjects=subjects,
        at=as_time(max(times, default=None)),
        path=f"#/experiments/{info.experiment_id}/models/{info.model_id}",
        labels=tuple(labels),
        kind=CheckKind.PERFORMANCE,
        suite=info.name or None,
        verdict=Verdict.NONE,
        total=len(cases),
        dataset=dataset or None,
        run=info.source_run_id or None,
        cases=tuple(sorted(cases, key=lambda case: case.name)),
    )

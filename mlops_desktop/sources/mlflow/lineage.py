"""From runs to datasets and lineage: what was read, by which code, and which versions came of it.

Nothing is asked for that the registry's streams did not ask for already. Runs that led to no
version are left out, for a server holds hundreds of trials for each of them; what they read is
not. Answers are looked at fast here: the stream of runs checks every value of the same bytes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import msgspec

from mlops_desktop.core.events.datasets import Column, DatasetDetails
from mlops_desktop.core.events.pipeline_runs import DatasetUse, PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.mlflow import shapes
from mlops_desktop.sources.mlflow.parsing import as_time, rows_of
from mlops_desktop.sources.mlflow.produced import Produced
from mlops_desktop.sources.observations import Fact, ObservedThing, Stream
from mlops_desktop.sources.rest import failure_of

_MOST_SUBJECTS = 500
_MOST_COLUMNS = 500
_CONTEXT = "mlflow.data.context"


class _Source(msgspec.Struct):
    uri: str = ""
    url: str = ""
    path: str = ""
    table_name: str = ""


class _Schema(msgspec.Struct):
    mlflow_colspec: list[dict[str, msgspec.Raw]] = []


@dataclass
class Lineage:
    """What a whole listing of runs tells beside the runs; parsed when the first page is."""

    runs: tuple[bytes, ...]
    experiments: tuple[bytes, ...]
    produced: Produced

    def datasets(self, raw: bytes) -> tuple[Fact, ...]:
        """Return the datasets that first stand on a page, about all models that learned of them.

        Raises SourceFailure ``protocol``.
        """
        try:
            here = dict.fromkeys(key for run in _runs(raw) for key, _ in _inputs(run))
            return tuple(
                ObservedThing(key, self._datasets[key][1])
                for key in here
                if self._datasets[key][0] is raw
            )
        except HttpFault as fault:
            raise SourceFailure(failure_of(Stream.DATASETS, fault)) from fault

    def pipeline_runs(self, raw: bytes) -> tuple[Fact, ...]:
        """Return the runs of a page that led to a version; raises SourceFailure ``protocol``."""
        try:
            return tuple(self._pipeline_runs(raw))
        except HttpFault as fault:
            raise SourceFailure(failure_of(Stream.LINEAGE, fault)) from fault

    def _pipeline_runs(self, raw: bytes) -> Iterator[Fact]:
        for run in _runs(raw):
            subjects = self.produced.of(run)
            if subjects:
                details = _pipeline_run(run, subjects, self._names.get(run.info.experiment_id))
                yield ObservedThing(run.info.run_id or run.info.run_uuid, details)

    @cached_property
    def _names(self) -> dict[str, str]:
        listed = [peek_json(raw, shapes.ExperimentsAnswer).experiments for raw in self.experiments]
        return {one.experiment_id: one.name for some in listed for one in some}

    @cached_property
    def _datasets(self) -> dict[str, tuple[bytes, DatasetDetails]]:
        """Each dataset with the page it first stands on."""
        found: dict[str, tuple[bytes, DatasetDetails]] = {}
        models: dict[str, dict[str, None]] = {}
        for raw in self.runs:
            for run in _runs(raw):
                learned = [subject.model for subject in self.produced.of(run)]
                for key, given in _inputs(run):
                    models.setdefault(key, {}).update(dict.fromkeys(learned))
                    if key not in found:
                        found[key] = raw, _dataset(given.dataset)
        return {
            key: (raw, replace(details, subjects=_subjects(models[key])))
            for key, (raw, details) in found.items()
        }


def _runs(raw: bytes) -> list[shapes.Run]:
    return peek_json(raw, shapes.RunsAnswer).runs


def _inputs(run: shapes.Run) -> list[tuple[str, shapes.DatasetInput]]:
    given = run.inputs.dataset_inputs
    return [(f"{one.dataset.name}@{one.dataset.digest}", one) for one in given]


def _subjects(models: Iterable[str]) -> tuple[Subject, ...]:
    return tuple(Subject(name) for name in sorted(models)[:_MOST_SUBJECTS])


def _dataset(told: shapes.Dataset) -> DatasetDetails:
    return DatasetDetails(
        name=told.name,
        digest=told.digest or None,
        location=_location(told.source),
        rows=rows_of(told.profile),
        columns=_columns(told.schema),
        labels=(Pair("source_type", told.source_type),) if told.source_type else (),
    )


def _location(source: str) -> str | None:
    """Where it lies: the source is JSON whose form depends on its type."""
    try:
        told = msgspec.json.decode(source, type=_Source)
    except (msgspec.MsgspecError, RecursionError):
        return source or None
    return told.uri or told.url or told.path or told.table_name or None


def _columns(schema: str) -> tuple[Column, ...]:
    try:
        listed = msgspec.json.decode(schema, type=_Schema).mlflow_colspec if schema else []
        told = [(_text(one.get("name")), _text(one.get("type"))) for one in listed]
    except (msgspec.MsgspecError, RecursionError):
        return ()
    return tuple(Column(name, kind) for name, kind in told[:_MOST_COLUMNS] if name)


def _text(raw: msgspec.Raw | None) -> str | None:
    """A text as it is; a name in levels, or a type in parts, as the JSON it is."""
    if raw is None:
        return None
    told = msgspec.json.decode(raw)
    return told if isinstance(told, str) else bytes(raw).decode("utf-8")


def _pipeline_run(
    run: shapes.Run, subjects: tuple[Subject, ...], experiment: str | None
) -> PipelineRunDetails:
    info, tags = run.info, {tag.key: tag.value for tag in run.data.tags}
    id = info.run_id or info.run_uuid
    logged = [Pair("logged_model", one.model_id) for one in run.outputs.model_outputs]
    name = info.run_name or tags.get("mlflow.runName")
    return PipelineRunDetails(
        name=name or id,
        subjects=subjects,
        at=as_time(info.end_time),
        path=f"#/experiments/{info.experiment_id}/runs/{id}",
        labels=tuple(logged),
        pipeline=experiment or info.experiment_id or None,
        step=name,
        run=id,
        status=info.status or None,
        started=as_time(info.start_time),
        ended=as_time(info.end_time),
        code=tags.get("mlflow.source.name"),
        commit=tags.get("mlflow.source.git.commit") or None,
        owner=info.user_id or tags.get("mlflow.user"),
        inputs=tuple(_use(one) for _, one in _inputs(run)),
    )


def _use(given: shapes.DatasetInput) -> DatasetUse:
    told = given.dataset
    columns = tuple(one.name for one in _columns(told.schema))
    context = next((tag.value for tag in given.tags if tag.key == _CONTEXT), None)
    return DatasetUse(told.name, None, told.digest or None, rows_of(told.profile), columns, context)

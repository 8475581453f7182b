"""The Marquez source: datasets and the last runs of jobs, by namespace (Marquez API v1)."""

import fnmatch
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

import msgspec

from mlops_desktop.core.events.datasets import Column, DatasetDetails
from mlops_desktop.core.events.pipeline_runs import DatasetUse, PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    Failure,
    FailureCode,
    Observation,
    ObservedThing,
    Probe,
    Stream,
)
from mlops_desktop.sources.observations import Pair as Seen
from mlops_desktop.sources.rest import Parse, Told, ask_about, numbered, open_client, parsing, tell

_API = "/api/v1"
_SIZE = 100


class Named(msgspec.Struct):
    """The identity of a dataset."""

    namespace: str
    name: str


class Version(msgspec.Struct):
    """A dataset at the state a run read or wrote."""

    namespace: str
    name: str
    version: str | None = None


class Field(msgspec.Struct):
    """A column."""

    name: str
    type: str | None = None


class Dataset(msgspec.Struct):
    """A dataset at its current version."""

    name: str
    namespace: str
    physicalName: str | None = None  # noqa: N815 - Marquez' own names
    sourceName: str | None = None  # noqa: N815
    fields: list[Field] | None = None
    tags: list[str] | None = None
    description: str | None = None
    lastModifiedAt: datetime | None = None  # noqa: N815
    updatedAt: datetime | None = None  # noqa: N815
    currentVersion: str | None = None  # noqa: N815
    deleted: bool = False


class Run(msgspec.Struct):
    """A run of a job."""

    id: str
    state: str | None = None
    startedAt: datetime | None = None  # noqa: N815
    endedAt: datetime | None = None  # noqa: N815
    inputVersions: list[Version] | None = None  # noqa: N815
    outputVersions: list[Version] | None = None  # noqa: N815


class Job(msgspec.Struct):
    """A job with its last run."""

    name: str
    namespace: str
    inputs: list[Named] | None = None
    outputs: list[Named] | None = None
    location: str | None = None
    description: str | None = None
    latestRun: Run | None = None  # noqa: N815


class _Datasets(msgspec.Struct):
    datasets: list[Dataset]


class _Jobs(msgspec.Struct):
    jobs: list[Job]


class _Namespace(msgspec.Struct):
    name: str
    isHidden: bool = False  # noqa: N815


class _Namespaces(msgspec.Struct):
    namespaces: list[_Namespace]


class _DatasetRows(msgspec.Struct):
    datasets: list[msgspec.Raw]


class _JobRows(msgspec.Struct):
    jobs: list[msgspec.Raw]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which namespaces are read, all if none is named; patterns of jobs and datasets by model."""

    namespaces: tuple[str, ...] = ()
    models: tuple[Pair, ...] = ()
    size: int = _SIZE

    def subjects(self, *names: str) -> tuple[Subject, ...]:
        """Return the models that are meant by any of these names."""
        found = [
            Subject(one.value)
            for one in self.models
            if any(fnmatch.fnmatchcase(name, one.name) for name in names)
        ]
        return tuple(dict.fromkeys(found))


class Marquez:
    """A reader of one server; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...] = (Stream.DATASETS, Stream.LINEAGE)

    def __init__(self, client: HttpClient, choice: Choice | None = None) -> None:
        self._client = client
        self._choice = choice or Choice()

    def probe(self) -> Probe:
        """Tell how many namespaces are visible."""
        return ask_about(
            Stream.LINEAGE,
            lambda: None,
            lambda: (Seen("namespaces", str(len(self._namespaces()))),),
        )

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield the pages of every namespace, then one completion or one failure."""
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "marquez")
            return
        yield from tell(stream, self._told(stream), lambda: None, lambda: Completion(stream))

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def _told(self, stream: Stream) -> Iterator[Told]:
        what, count, parse = self._listed(stream)
        for namespace in self._choice.namespaces or self._namespaces():
            ask = partial(self._ask, f"{_API}/namespaces/{quote(namespace, safe='')}/{what}")
            for answer in numbered(ask, count, self._choice.size):
                yield Told(answer, parse)

    def _listed(self, stream: Stream) -> tuple[str, Callable[[bytes], int], Parse]:
        if stream is Stream.DATASETS:
            parse = parsing(stream, _Datasets, self._datasets)
            return "datasets", lambda raw: len(peek_json(raw, _DatasetRows).datasets), parse
        parse = parsing(stream, _Jobs, self._runs)
        return "jobs", lambda raw: len(peek_json(raw, _JobRows).jobs), parse

    def _ask(self, path: str, number: int) -> Answer:
        size = self._choice.size
        return self._client.get(path, {"limit": str(size), "offset": str(number * size)})

    def _namespaces(self) -> list[str]:
        answer = self._client.get(f"{_API}/namespaces", {"limit": "1000", "offset": "0"})
        found = peek_json(answer.body, _Namespaces).namespaces
        return sorted(one.name for one in found if not one.isHidden)

    def _datasets(self, answer: _Datasets) -> tuple[Fact, ...]:
        return tuple(self._dataset(one) for one in answer.datasets if not one.deleted)

    def _dataset(self, one: Dataset) -> ObservedThing:
        columns = tuple(Column(field.name, field.type) for field in one.fields or ())
        at = one.lastModifiedAt or one.updatedAt
        details = DatasetDetails(
            name=one.name,
            subjects=self._choice.subjects(one.name),
            at=at.astimezone(UTC) if at else None,
            path=f"datasets/{quote(one.namespace, safe='')}/{quote(one.name, safe='')}",
            labels=tuple(Pair("tag", tag) for tag in sorted(one.tags or ())),
            namespace=one.namespace,
            digest=one.currentVersion,
            location=one.physicalName,
            description=one.description,
            columns=columns,
        )
        return ObservedThing(f"{one.namespace}/{one.name}@{one.currentVersion or ''}", details)

    def _runs(self, answer: _Jobs) -> tuple[Fact, ...]:
        return tuple(self._run(job, job.latestRun) for job in answer.jobs if job.latestRun)

    def _run(self, job: Job, run: Run) -> ObservedThing:
        inputs = _uses(run.inputVersions, job.inputs)
        outputs = _uses(run.outputVersions, job.outputs)
        started, ended = _moment(run.startedAt), _moment(run.endedAt)
        details = PipelineRunDetails(
            name=job.name,
            subjects=self._choice.subjects(job.name, *(one.name for one in outputs)),
            at=ended or started,
            path=f"lineage/job/{quote(job.namespace, safe='')}/{quote(job.name, safe='')}",
            pipeline=job.namespace,
            step=job.name,
            run=run.id,
            description=job.description,
            status=run.state,
            started=started,
            ended=ended,
            code=job.location,
            inputs=inputs,
            outputs=outputs,
        )
        return ObservedThing(run.id, details)


def _uses(versions: list[Version] | None, named: list[Named] | None) -> tuple[DatasetUse, ...]:
    """Return the datasets of a run at their versions, by the job's names where it tells none."""
    if versions:
        return tuple(DatasetUse(one.name, one.namespace, one.version) for one in versions)
    return tuple(DatasetUse(one.name, one.namespace) for one in named or ())


def _moment(told: datetime | None) -> datetime | None:
    return told.astimezone(UTC) if told else None


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Marquez:
    """Open the reader of a server; raises AppError for an address that cannot be used."""
    told = connection.setting("namespaces")
    namespaces = tuple(one.strip() for one in told.split(",") if one.strip())
    models = tuple(
        Pair(one.name.removeprefix("models."), one.value)
        for one in connection.settings
        if one.name.startswith("models.")
    )
    client = open_client(connection, credentials, is_cancelled)
    return Marquez(client, Choice(namespaces, models))

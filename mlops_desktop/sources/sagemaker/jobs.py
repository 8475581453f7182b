"""Training jobs: with what, from what and by which image a package was trained.

A job has no link of its own to most packages; a package names its job as what generated it.
"""

from collections.abc import Iterator

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.observations import DatasetInput, Fact, Metric, ObservedRun, Pair, Stream
from mlops_desktop.sources.sagemaker.parsing import as_time, in_order, pairs_of, read
from mlops_desktop.sources.sagemaker.shapes import Tag


class _Algorithm(msgspec.Struct, frozen=True, rename="pascal"):
    training_image: str = ""
    algorithm_name: str = ""


class _Files(msgspec.Struct, frozen=True, rename="pascal"):
    s3_uri: str = msgspec.field(default="", name="S3Uri")
    s3_data_type: str = msgspec.field(default="", name="S3DataType")


class _FileSystem(msgspec.Struct, frozen=True, rename="pascal"):
    file_system_id: str = ""
    file_system_type: str = ""
    directory_path: str = ""


class _DataSource(msgspec.Struct, frozen=True, rename="pascal"):
    s3_data_source: _Files = msgspec.field(default=_Files(), name="S3DataSource")
    file_system_data_source: _FileSystem = _FileSystem()


class _Channel(msgspec.Struct, frozen=True, rename="pascal"):
    channel_name: str = ""
    data_source: _DataSource = _DataSource()


class _Artifacts(msgspec.Struct, frozen=True, rename="pascal"):
    s3_model_artifacts: str = msgspec.field(default="", name="S3ModelArtifacts")


class _Resources(msgspec.Struct, frozen=True, rename="pascal"):
    instance_type: str = ""
    instance_count: int | None = None


class _Metric(msgspec.Struct, frozen=True, rename="pascal"):
    metric_name: str = ""
    # JSON has no word for a number that is none, so that such a one comes as text
    value: float | str | None = None
    timestamp: float | None = None


class _Job(msgspec.Struct, frozen=True, rename="pascal"):
    """TrainingJob."""

    training_job_arn: str
    training_job_name: str = ""
    training_job_status: str = ""
    failure_reason: str = ""
    hyper_parameters: dict[str, str] = {}
    algorithm_specification: _Algorithm = _Algorithm()
    input_data_config: list[_Channel] = []
    model_artifacts: _Artifacts = _Artifacts()
    resource_config: _Resources = _Resources()
    training_start_time: float | None = None
    training_end_time: float | None = None
    final_metric_data_list: list[_Metric] = []
    billable_time_in_seconds: int | None = None
    tuning_job_arn: str = ""
    output_model_package_arn: str = ""
    tags: list[Tag] = []


class _Found(msgspec.Struct, frozen=True, rename="pascal"):
    training_job: _Job | None = None


class _Records(msgspec.Struct, frozen=True, rename="pascal"):
    results: list[_Found] = []


class _Begun(msgspec.Struct, frozen=True, rename="pascal"):
    creation_time: float | None = None


class _FoundBegun(msgspec.Struct, frozen=True, rename="pascal"):
    training_job: _Begun | None = None


class _Beginnings(msgspec.Struct, frozen=True, rename="pascal"):
    results: list[_FoundBegun] = []


def parse_jobs(raw: bytes) -> tuple[Fact, ...]:
    """Return the training jobs of a page, each a run; raises SourceFailure ``protocol``."""
    found = (one.training_job for one in read(raw, _Records, Stream.RUNS).results)
    return tuple(_run(job) for job in found if job is not None)


def reaches_back(raw: bytes, days: int) -> bool:
    """Whether a page, the newest first, holds a job that is older than so many days.

    Raises HttpFault for another shape.
    """
    oldest = clock.now().timestamp() - days * 86_400
    found = (one.training_job for one in peek_json(raw, _Beginnings).results)
    times = (job.creation_time for job in found if job is not None)
    return any(time is not None and time < oldest for time in times)


def _run(job: _Job) -> ObservedRun:
    algorithm = job.algorithm_specification
    return ObservedRun(
        native_id=job.training_job_arn,
        name=job.training_job_name or None,
        status=job.training_job_status or None,
        started_at=as_time(job.training_start_time),
        ended_at=as_time(job.training_end_time),
        code_source=algorithm.training_image or algorithm.algorithm_name or None,
        parameters=in_order(Pair(*one) for one in job.hyper_parameters.items()),
        metrics=tuple(sorted(_metrics(job), key=lambda one: one.name)),
        datasets=tuple(_datasets(job)),
        tags=in_order((*pairs_of(job.tags), *_said(job))),
    )


def _metrics(job: _Job) -> Iterator[Metric]:
    for one in job.final_metric_data_list:
        if one.value is not None:
            yield Metric(one.metric_name, str(one.value), at=as_time(one.timestamp))


def _datasets(job: _Job) -> Iterator[DatasetInput]:
    """What each channel read: a place, of whose state then the service keeps no digest."""
    for channel in job.input_data_config:
        files, system = (
            channel.data_source.s3_data_source,
            channel.data_source.file_system_data_source,
        )
        place = files.s3_uri or f"{system.file_system_id}{system.directory_path}"
        kind = files.s3_data_type or system.file_system_type
        if place:
            context = channel.channel_name or None
            yield DatasetInput(place, "", kind or None, place, context=context)


def _said(job: _Job) -> Iterator[Pair]:
    """What else the service says, under the service's own names."""
    resources = job.resource_config
    told = {
        "BillableTimeInSeconds": job.billable_time_in_seconds,
        "FailureReason": job.failure_reason,
        "InstanceCount": resources.instance_count,
        "InstanceType": resources.instance_type,
        "ModelArtifacts": job.model_artifacts.s3_model_artifacts,
        "OutputModelPackageArn": job.output_model_package_arn,
        "TuningJobArn": job.tuning_job_arn,
    }
    yield from (Pair(name, str(value)) for name, value in told.items() if value not in ("", None))

"""Executions of monitoring schedules: how each ended, in the service's own verdict.

What was violated stands in a file in S3, which a watched folder reads.
"""

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.observations import Fact, ObservedThing, Stream
from mlops_desktop.sources.sagemaker.parsing import as_time, read

_KINDS = {
    "DataQuality": CheckKind.DATA_QUALITY,
    "ModelQuality": CheckKind.PERFORMANCE,
    "ModelBias": CheckKind.DRIFT,
    "ModelExplainability": CheckKind.DRIFT,
}
# one that did not come to its end found no violation, and no absence of any
_VERDICTS = {
    "Completed": Verdict.PASSED,
    "CompletedWithViolations": Verdict.FAILED,
    "Failed": Verdict.ERROR,
    "Stopped": Verdict.SKIPPED,
}


class _Execution(msgspec.Struct, frozen=True, rename="pascal"):
    """MonitoringExecutionSummary."""

    monitoring_schedule_name: str
    scheduled_time: float
    last_modified_time: float | None = None
    monitoring_execution_status: str = ""
    processing_job_arn: str = ""
    endpoint_name: str = ""
    failure_reason: str = ""
    monitoring_job_definition_name: str = ""
    monitoring_type: str = ""


class _Executions(msgspec.Struct, frozen=True, rename="pascal"):
    monitoring_execution_summaries: list[_Execution] = []


def parse_executions(raw: bytes) -> tuple[Fact, ...]:
    """Return the executions of a page, each a check; raises SourceFailure ``protocol``."""
    found = read(raw, _Executions, Stream.CHECKS).monitoring_execution_summaries
    return tuple(_check(one) for one in found)


def has_older(raw: bytes, days: int) -> bool:
    """Whether a page, the newest first, holds an execution older than so many days.

    Raises HttpFault for another shape.
    """
    oldest = clock.now().timestamp() - days * 86_400
    found = peek_json(raw, _Executions).monitoring_execution_summaries
    return any(one.scheduled_time < oldest for one in found)


def _check(one: _Execution) -> ObservedThing:
    verdict = _VERDICTS.get(one.monitoring_execution_status, Verdict.NONE)
    scheduled, reason = as_time(one.scheduled_time), one.failure_reason or None
    name = one.monitoring_schedule_name
    details = CheckDetails(
        name=name,
        subjects=(Subject(one.endpoint_name),) if one.endpoint_name else (),
        at=scheduled,
        labels=_labels(one),
        kind=_KINDS.get(one.monitoring_type),
        suite="model monitor",
        verdict=verdict,
        cases=(CheckCase(name, verdict, detail=reason),) if reason else (),
    )
    moment = clock.to_text(scheduled) if scheduled else str(one.scheduled_time)
    return ObservedThing(f"{name}/{moment}", details)


def _labels(one: _Execution) -> tuple[Pair, ...]:
    told = {
        "MonitoringExecutionStatus": one.monitoring_execution_status,
        "MonitoringJobDefinitionName": one.monitoring_job_definition_name,
        "MonitoringType": one.monitoring_type,
        "ProcessingJobArn": one.processing_job_arn,
    }
    return tuple(Pair(name, value) for name, value in told.items() if value)

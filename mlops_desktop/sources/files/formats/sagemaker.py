"""SageMaker Model Monitor: constraint_violations.json, in both spellings of its keys."""

from dataclasses import replace
from typing import Any

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.files.values import fields, items, text
from mlops_desktop.sources.observations import ObservedThing, Stream

_NAME = "constraint_violations"
_CHECK = ("constraint_check_type", "constraintCheckType")
_SUBJECT = ("feature_name", "featureName", "metric_name", "metricName")
_METRIC = frozenset({"metric_name", "metricName"})
_DRIFT = "baseline_drift_check"


def _recognises(document: Any, origin: Origin) -> bool:
    if not isinstance(document, dict) or not isinstance(document.get("violations"), list):
        return False
    violations = items(document, "violations")
    if not violations:
        return _NAME in origin.name or set(document) <= {"violations", "version"}
    return _first(violations[0], _CHECK) is not None


def _first(one: Any, names: tuple[str, ...]) -> str | None:
    return next((told for name in names if (told := text(one, name))), None)


def _facts(document: Any, origin: Origin) -> tuple[FileFact, ...]:
    violations = items(document, "violations")
    details = CheckDetails(
        name=_NAME,
        suite=_NAME,
        subjects=origin.subjects(None),
        path=origin.place,
        labels=origin.labels("sagemaker"),
        verdict=Verdict.FAILED if violations else Verdict.PASSED,
    )
    made = result(_kind(violations), map(_case, violations), details)
    # the file lists what was violated alone: how much was checked it does not say
    return (ObservedThing(origin.place, replace(made, total=None, passed=None)),)


def _kind(violations: list[Any]) -> CheckKind:
    if violations and all(_METRIC & fields(one).keys() for one in violations):
        return CheckKind.PERFORMANCE
    if violations and all(_first(one, _CHECK) == _DRIFT for one in violations):
        return CheckKind.DRIFT
    return CheckKind.DATA_QUALITY


def _case(one: Any) -> CheckCase:
    method, told = _first(one, _CHECK), text(one, "description")
    return CheckCase(_first(one, _SUBJECT) or "?", Verdict.FAILED, method=method, detail=told)


FORMAT = Format("sagemaker", (Form.JSON,), (Stream.CHECKS,), _recognises, _facts)

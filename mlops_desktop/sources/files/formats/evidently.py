"""Evidently snapshots from 0.7: the workspace's own file and the download of one.

Method, threshold, value and verdict stand side by side as the tool gave them. A value of drift is
a p-value or a distance by method, so nothing is judged anew. Plots, most of a snapshot, can hold
samples of the data: they are not kept.
"""

import json
from collections.abc import Iterator
from typing import Any

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.refused import Code, FileRefused
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.files.values import at, fields, items, number, text
from mlops_desktop.sources.observations import ObservedThing, Stream

_FAMILY = "evidently:"
_KNOWN = "evidently:metric_v2:"
_VERDICTS = {
    "SUCCESS": Verdict.PASSED,
    "FAIL": Verdict.FAILED,
    "WARNING": Verdict.WARNING,
    "ERROR": Verdict.ERROR,
    "SKIPPED": Verdict.SKIPPED,
}
_QUALITY = (
    "Missing", "Row", "Column", "Duplicated", "Constant", "Empty", "InRange", "OutRange",
    "InList", "OutList", "Category", "Unique", "MinValue", "MaxValue", "MeanValue",
    "MedianValue", "StdValue", "QuantileValue", "SumValue",
)  # fmt: skip
_CONFIG = ("type", "column", "method", "threshold", "drift_share")
_MOST = 1_000
_MOST_LABELS = 50
Metric = dict[str, Any]


def _recognises(document: Any, origin: Origin) -> bool:
    results = fields(document, "metric_results")
    told = [_params(one) for one in results.values()]
    told += [fields(one, "config") for one in items(document, "metrics")[:1]]
    return any((text(one, "type") or "").startswith(_FAMILY) for one in told[:1])


def _params(one: Any) -> dict[str, Any]:
    return fields(one, "metric_value_location", "metric", "params")


def _excerpt(document: Any, origin: Origin) -> dict[str, Any]:
    """Return what both forms tell, in one form, without plots."""
    stored = fields(document, "metric_results")
    metrics = (
        [_stored(one) for one in list(stored.values())[:_MOST]]
        if stored
        else list(_downloaded(document))
    )
    for one in metrics:
        if not str(one["config"].get("type", "")).startswith(_KNOWN):
            raise FileRefused(Code.UNEXPECTED, "Evidently before 0.7")
    metadata = fields(document, "metadata")
    return {
        "name": text(document, "name"),
        "timestamp": text(document, "timestamp"),
        "metadata": {key: shown for key in metadata if (shown := text(metadata, key))},
        "metrics": metrics,
    }


def _stored(one: Any) -> Metric:
    if "values" in fields(one):
        value: Any = {key: at(part, "value") for key, part in fields(one, "values").items()}
    elif "count" in fields(one):
        value = {part: at(one, part, "value") for part in ("count", "share")}
    else:
        value = at(one, "value")
    return _metric(text(one, "display_name"), _params(one), value, items(one, "tests"))


def _downloaded(document: Any) -> Iterator[Metric]:
    tests = items(document, "tests")
    for one in items(document, "metrics")[:_MOST]:
        own = [test for test in tests if at(test, "metric_config", "metric_id") == at(one, "id")]
        config = fields(one, "config")
        yield _metric(text(one, "metric_name"), config, at(one, "value"), own)


def _metric(name: str | None, config: dict[str, Any], value: Any, tests: list[Any]) -> Metric:
    kept = {key: shown for key in _CONFIG if (shown := text(config, key))}
    return {
        "name": name,
        "config": kept,
        "value": _value(value, kind_of(kept)),
        "tests": [_test(one) for one in tests],
    }


def _value(value: Any, kind: CheckKind) -> Any:
    """Return a number or numbers by label; a label of data quality is a value of the data."""
    if not isinstance(value, dict):
        return number(value)
    labels = [
        key for key in value if kind is not CheckKind.DATA_QUALITY or key in ("count", "share")
    ]
    return {key: shown for key in labels[:_MOST_LABELS] if (shown := number(value[key]))}


def _test(one: Any) -> dict[str, Any]:
    config = fields(one, "test_config")
    expected = fields(config, "expected")
    relative = number(at(expected, "relative"))
    return {
        "name": text(one, "name"),
        "status": text(one, "status"),
        "description": text(one, "description"),
        "threshold": number(at(config, "threshold"))
        or (f"±{relative} relative" if relative else None),
    }


def kind_of(config: dict[str, Any]) -> CheckKind:
    """Return what a metric with this configuration looks at."""
    name = str(config.get("type", "")).removeprefix(_KNOWN)
    if "Drift" in name:
        return CheckKind.DRIFT
    is_quality = any(part in name for part in _QUALITY)
    return CheckKind.DATA_QUALITY if is_quality else CheckKind.PERFORMANCE


def _facts(snapshot: Any, origin: Origin) -> tuple[FileFact, ...]:
    by_kind: dict[CheckKind, list[CheckCase]] = {}
    for one in snapshot["metrics"]:
        by_kind.setdefault(kind_of(one["config"]), []).extend(_cases(one))
    return tuple(_check(kind, cases, snapshot, origin) for kind, cases in sorted(by_kind.items()))


def _check(kind: CheckKind, cases: list[CheckCase], snapshot: Any, origin: Origin) -> ObservedThing:
    metadata, time = snapshot["metadata"], snapshot["timestamp"]
    name = snapshot["name"] or origin.name
    model = metadata.get("model") or metadata.get("model_name")
    version = metadata.get("model_version") or metadata.get("version")
    details = CheckDetails(
        name=name,
        suite=name,
        subjects=origin.subjects(model, version),
        at=origin.moment(time),
        path=origin.place,
        labels=origin.labels("evidently"),
    )
    return ObservedThing(f"{origin.place}#{kind}@{time or ''}", result(kind, cases, details))


def _cases(metric: Metric) -> Iterator[CheckCase]:
    config, value = metric["config"], _said(metric["value"])
    method, threshold = config.get("method"), config.get("threshold") or config.get("drift_share")
    for test in metric["tests"]:
        yield CheckCase(
            test["name"] or metric["name"] or "?",
            _VERDICTS.get(test["status"] or "", Verdict.NONE),
            value,
            test["threshold"] or threshold,
            method,
            test["description"],
        )
    if not metric["tests"]:
        yield CheckCase(metric["name"] or "?", Verdict.NONE, value, threshold, method)


def _said(value: Any) -> str | None:
    if isinstance(value, dict):
        return ", ".join(f"{key} {number}" for key, number in value.items()) or None
    return None if value is None else str(value)


def _dump(snapshot: Any) -> bytes:
    return json.dumps(snapshot, ensure_ascii=True, indent=1).encode()


FORMAT = Format(
    "evidently",
    (Form.JSON,),
    (Stream.CHECKS,),
    _recognises,
    _facts,
    excerpt=_excerpt,
    dump=_dump,
)

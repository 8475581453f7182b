"""Great Expectations 1.x: a check a validation; an expectation that raised did not fail.

Results carry values of rows that did not fit. Only counts, shares and numbers of a whole column
are taken, by a list of what is allowed: a field that a later version adds is not kept either.
"""

import json
from typing import Any

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.files.values import at, fields, items, number, text
from mlops_desktop.sources.observations import ObservedThing, Stream

_BOUNDS = ("min_value", "max_value", "mostly", "value", "threshold", "type_", "strict_min")
_COUNTS = (
    "element_count",
    "missing_count",
    "missing_percent",
    "unexpected_count",
    "unexpected_percent",
)
_COLUMNS = ("column", "column_A", "column_B")
_MOST = 2_000
_WORDS_OF_RAISED = 'Error: The column "{column}" in BatchData does not exist.'


def _validations(document: Any) -> list[Any]:
    """Return the validations of a file: of a checkpoint, a list, or the one there is."""
    if isinstance(document, list):
        return document
    return items(document, "validation_results") or [document]


def _recognises(document: Any, origin: Origin) -> bool:
    return any(_is_validation(one) for one in _validations(document)[:1])


def _is_validation(one: Any) -> bool:
    results = items(one, "results") or items(one, "expectations")
    typed = any(_type(part) for part in results[:1])
    told = text(one, "meta", "great_expectations_version") or text(one, "suite_name")
    return isinstance(at(one, "success"), bool) and (typed or bool(told and not results))


def _type(one: Any) -> str | None:
    config = fields(one, "expectation_config")
    return text(config, "type") or text(config, "expectation_type") or text(one, "expectation_type")


def _excerpt(document: Any, origin: Origin) -> list[dict[str, Any]]:
    return [_validation(one) for one in _validations(document) if _is_validation(one)]


def _validation(one: Any) -> dict[str, Any]:
    meta = fields(one, "meta")
    batch = fields(meta, "active_batch_definition")
    return {
        "success": at(one, "success"),
        "suite_name": text(one, "suite_name") or text(meta, "expectation_suite_name"),
        "evaluated": number(at(one, "statistics", "evaluated_expectations")),
        "version": text(meta, "great_expectations_version"),
        "run_name": text(meta, "run_id", "run_name"),
        "time": text(meta, "run_id", "run_time") or text(meta, "validation_time"),
        "datasource": text(batch, "datasource_name"),
        "asset": text(batch, "data_asset_name"),
        "fingerprint": text(meta, "batch_markers", "pandas_data_fingerprint"),
        "model": text(meta, "model"),
        "model_version": text(meta, "model_version"),
        "results": [
            _expectation(part)
            for part in (items(one, "results") or items(one, "expectations"))[:_MOST]
        ],
    }


def _expectation(one: Any) -> dict[str, Any]:
    config = fields(one, "expectation_config")
    told = fields(config, "kwargs") or fields(one, "kwargs")
    columns = [name for key in _COLUMNS if (name := text(told, key))]
    columns += [name for part in items(told, "column_list") if (name := text(part))]
    raised = _raised(at(one, "exception_info"))
    found = fields(one, "result")
    return {
        "success": at(one, "success"),
        "type": _type(one),
        "columns": columns,
        "bounds": {key: shown for key in _BOUNDS if (shown := number(at(told, key)))},
        "set": len(items(told, "value_set")) or None,
        "severity": text(config, "severity"),
        "observed": number(at(found, "observed_value")),
        "counts": {key: shown for key in _COUNTS if (shown := number(at(found, key)))},
        "raised": _why(raised, columns) if raised is not None else None,
    }


def _raised(info: Any) -> dict[str, Any] | None:
    """Return what an expectation raised: told itself, or by metric, as 1.x does."""
    told = fields(info)
    for one in (told, *map(fields, told.values())):
        if one.get("raised_exception") is True:
            return one
    return None


def _why(raised: dict[str, Any], columns: list[str]) -> str:
    """Return the kind of an exception: its text may quote the data, unless it is a known one."""
    message = text(raised, "exception_message") or ""
    if any(message == _WORDS_OF_RAISED.format(column=column) for column in columns):
        return message
    trace = at(raised, "exception_traceback")
    last = trace.strip().rpartition("\n")[2] if isinstance(trace, str) else ""
    name = last.partition(":")[0].rpartition(".")[2]
    return name[:80] if name.isidentifier() else "exception"


def _facts(validations: Any, origin: Origin) -> tuple[FileFact, ...]:
    return tuple(_fact(one, origin) for one in validations)


def _fact(one: dict[str, Any], origin: Origin) -> ObservedThing:
    suite, time = one["suite_name"] or origin.name, one["time"]
    cases = [_case(part) for part in one["results"]]
    dataset = "/".join(part for part in (one["datasource"], one["asset"]) if part)
    fingerprint = one["fingerprint"]
    details = CheckDetails(
        name=suite,
        suite=suite,
        subjects=origin.subjects(one["model"], one["model_version"]),
        at=origin.moment(time),
        path=origin.place,
        labels=(
            *origin.labels("great_expectations"),
            *([Pair("data_fingerprint", fingerprint)] if fingerprint else []),
        ),
        verdict=_verdict(one["success"], cases),
        dataset=dataset or None,
        run=one["run_name"],
    )
    made = result(CheckKind.DATA_QUALITY, cases, details)
    return ObservedThing(f"{origin.place}#{suite}@{time or ''}", made)


def _verdict(success: bool, cases: list[CheckCase]) -> Verdict:
    """Return the verdict as told; where nothing failed but something raised, it is an error."""
    if success:
        return Verdict.PASSED
    found = {case.verdict for case in cases}
    return (
        Verdict.ERROR if Verdict.ERROR in found and Verdict.FAILED not in found else Verdict.FAILED
    )


def _case(one: dict[str, Any]) -> CheckCase:
    name = f"{one['type']}({', '.join(one['columns'])})" if one["columns"] else str(one["type"])
    bounds = [f"{key} {value}" for key, value in one["bounds"].items()]
    bounds += [f"one of {one['set']}"] if one["set"] else []
    method, value = _measured(one)
    if one["raised"] is not None and one["success"] is not True:
        verdict, detail = Verdict.ERROR, one["raised"]
    else:
        verdict = Verdict.PASSED if one["success"] is True else Verdict.FAILED
        detail = f"severity: {one['severity']}" if one["severity"] else None
    return CheckCase(name, verdict, value, ", ".join(bounds) or None, method, detail)


def _measured(one: dict[str, Any]) -> tuple[str | None, str | None]:
    if one["observed"] is not None:
        return "observed_value", one["observed"]
    share = one["counts"].get("unexpected_percent")
    return ("unexpected_percent", share) if share is not None else (None, None)


def _dump(validations: Any) -> bytes:
    return json.dumps(validations, ensure_ascii=True, indent=1).encode()


FORMAT = Format(
    "great_expectations",
    (Form.JSON,),
    (Stream.CHECKS,),
    _recognises,
    _facts,
    excerpt=_excerpt,
    dump=_dump,
)

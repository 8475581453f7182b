"""SARIF 2.1: a check of security a run of a tool, each finding with the level the tool gave it.

The property bag of a run may name ``model`` and ``model_version`` (SARIF 2.1.0, 3.8).
"""

import json
from typing import Any

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.files.values import at, fields, items, shortened, text, whole
from mlops_desktop.sources.observations import ObservedThing, Stream

_LEVELS = {"error": Verdict.FAILED, "warning": Verdict.WARNING, "note": Verdict.NONE}
_KINDS = {
    "pass": Verdict.PASSED,
    "notApplicable": Verdict.SKIPPED,
    "informational": Verdict.NONE,
    "open": Verdict.NONE,
    "review": Verdict.NONE,
}
_MOST_RUNS = 50
_MOST_RESULTS = 5_000


def _recognises(document: Any, origin: Origin) -> bool:
    told = f"{text(document, '$schema') or ''} {text(document, 'version') or ''}"
    is_run = any(text(one, "tool", "driver", "name") for one in items(document, "runs")[:1])
    return is_run and ("sarif" in told.lower() or "2.1" in told)


def _excerpt(document: Any, origin: Origin) -> list[dict[str, Any]]:
    """Return runs without the pieces of code that findings quote: secrets stand in some."""
    return [_run(one) for one in items(document, "runs")[:_MOST_RUNS]]


def _run(one: Any) -> dict[str, Any]:
    driver = fields(one, "tool", "driver")
    control = next(map(fields, items(one, "versionControlProvenance")), {})
    invocations = items(one, "invocations")
    levels = {
        id: level
        for rule in items(driver, "rules")
        if (id := text(rule, "id")) and (level := text(rule, "defaultConfiguration", "level"))
    }
    rows = at(one, "results")
    return {
        "tool": text(driver, "name"),
        "version": text(driver, "semanticVersion") or text(driver, "version"),
        "id": text(one, "automationDetails", "guid") or text(one, "automationDetails", "id"),
        "time": next((told for part in invocations if (told := text(part, "endTimeUtc"))), None),
        "completed": all(at(part, "executionSuccessful") is not False for part in invocations),
        "commit": text(control, "revisionId"),
        "branch": text(control, "branch"),
        "model": text(one, "properties", "model"),
        "model_version": text(one, "properties", "model_version"),
        "results": [_result(part, levels) for part in rows[:_MOST_RESULTS]]
        if isinstance(rows, list)
        else None,
    }


def _result(one: Any, levels: dict[str, str]) -> dict[str, Any]:
    place = fields(next(iter(items(one, "locations")), None), "physicalLocation")
    rule = text(one, "ruleId") or text(one, "rule", "id") or "?"
    file, line = text(place, "artifactLocation", "uri"), whole(place, "region", "startLine")
    return {
        "rule": rule,
        "kind": text(one, "kind") or "fail",
        "level": text(one, "level") or levels.get(rule, "warning"),
        "message": text(one, "message", "text"),
        "place": f"{file}:{line}" if file and line is not None else file,
        "suppressed": any(
            text(part, "status") in (None, "accepted") for part in items(one, "suppressions")
        ),
        "severity": text(one, "properties", "security-severity"),
    }


def _facts(runs: Any, origin: Origin) -> tuple[FileFact, ...]:
    return tuple(_check(one, origin) for one in runs)


def _check(run: dict[str, Any], origin: Origin) -> ObservedThing:
    version = run["version"]
    details = CheckDetails(
        name=run["tool"],
        suite=run["tool"],
        subjects=origin.subjects(run["model"], run["model_version"]),
        at=origin.moment(run["time"]),
        path=origin.place,
        labels=(*origin.labels("sarif"), *([Pair("tool_version", version)] if version else [])),
        verdict=_verdict(run),
        commit=run["commit"],
        branch=run["branch"],
        run=run["id"],
    )
    made = result(CheckKind.SECURITY, map(_case, run["results"] or []), details)
    return ObservedThing(f"{origin.place}#{run['tool']}@{run['id'] or run['time'] or ''}", made)


def _verdict(run: dict[str, Any]) -> Verdict | None:
    """Return the verdict where no finding makes it: a run that broke off, one that found nothing.

    An empty list of results says that the tool found nothing; none at all, that it did not look
    (SARIF 2.1.0, 3.14.23).
    """
    if not run["completed"]:
        return Verdict.ERROR
    if run["results"] is None:
        return Verdict.NONE
    return None if run["results"] else Verdict.PASSED


def _case(one: dict[str, Any]) -> CheckCase:
    verdict = _KINDS.get(one["kind"]) or _LEVELS.get(one["level"], Verdict.NONE)
    if one["suppressed"]:
        verdict = Verdict.SKIPPED
    name = f"{one['rule']} {one['place']}" if one["place"] else one["rule"]
    return CheckCase(
        shortened(name), verdict, one["severity"], method=one["level"], detail=one["message"]
    )


def _dump(runs: Any) -> bytes:
    return json.dumps(runs, ensure_ascii=True, indent=1).encode()


FORMAT = Format(
    "sarif", (Form.JSON,), (Stream.CHECKS,), _recognises, _facts, excerpt=_excerpt, dump=_dump
)

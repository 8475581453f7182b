"""Metrics in JSON as training scripts write them for DVC, and as ``dvc metrics show`` prints them.

Such files have no time and no verdict: each is a check of performance that nobody judged.
"""

from collections.abc import Iterator
from typing import Any

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.files.values import at, fields, items, number, text
from mlops_desktop.sources.observations import ObservedThing, Stream

_NAMES = ("metrics.json", "scores.json", "metrics_show.json")
_MOST = 500
_MOST_LEVELS = 4


def _recognises(document: Any, origin: Origin) -> bool:
    if _shown(document):
        return True
    is_named = origin.name in _NAMES or origin.name in _listed(origin)
    return is_named and any(True for _ in _numbers(document))


def _shown(document: Any) -> bool:
    """Whether this is what ``dvc metrics show --json`` prints: revisions, files, their data."""
    told = list(fields(document).values())
    return bool(told) and all(
        isinstance(at(one, "data"), dict)
        and all(isinstance(at(part, "data"), dict) for part in fields(one, "data").values())
        and bool(fields(one, "data"))
        for one in told
    )


def _listed(origin: Origin) -> set[str]:
    """Return the files that a dvc.yaml beside this one names as metrics."""
    content = origin.beside("dvc.yaml")
    document = content.value if content is not None else None
    named = [*items(document, "metrics")]
    for stage in fields(document, "stages").values():
        named += items(stage, "metrics")
    return {name for one in named for name in _names(one)}


def _names(one: Any) -> Iterator[str]:
    if isinstance(one, str):
        yield one
    yield from fields(one)


def _facts(document: Any, origin: Origin) -> tuple[FileFact, ...]:
    if not _shown(document):
        return (_check(origin.name, "", document, origin),)
    return tuple(
        _check(file, revision, at(told, "data"), origin)
        for revision, one in fields(document).items()
        for file, told in fields(one, "data").items()
    )


def _check(file: str, revision: str, document: Any, origin: Origin) -> ObservedThing:
    told = {name: value for name, value in fields(document).items() if isinstance(value, str)}
    details = CheckDetails(
        name=file,
        suite=file,
        subjects=origin.subjects(text(told, "model"), text(told, "model_version")),
        path=origin.place,
        labels=origin.labels("metrics"),
        commit=revision or None,
    )
    cases = [CheckCase(name, Verdict.NONE, value) for name, value in _numbers(document)]
    made = result(CheckKind.PERFORMANCE, cases[:_MOST], details)
    return ObservedThing(f"{origin.place}#{revision}#{file}", made)


def _numbers(document: Any, above: str = "", level: int = 0) -> Iterator[tuple[str, str]]:
    for name, value in fields(document).items():
        path = f"{above}.{name}" if above else name
        if (told := number(value)) is not None:
            yield path, told
        elif isinstance(value, dict) and level < _MOST_LEVELS:
            yield from _numbers(value, path, level + 1)


FORMAT = Format("metrics", (Form.JSON,), (Stream.CHECKS,), _recognises, _facts)

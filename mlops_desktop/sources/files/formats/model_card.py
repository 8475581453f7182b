"""Model cards of Hugging Face: the front matter alone; what is written below it is not read."""

from typing import Any

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.files.values import fields, items, text
from mlops_desktop.sources.observations import ObservedThing, Stream

_KEYS = frozenset({
    "model-index", "base_model", "pipeline_tag", "library_name", "license", "datasets", "metrics"
})  # fmt: skip
_SAID = ("license", "base_model", "library_name", "pipeline_tag")
_MOST = 500


def _recognises(document: Any, origin: Origin) -> bool:
    return bool(_KEYS & fields(document).keys())


def _facts(document: Any, origin: Origin) -> tuple[FileFact, ...]:
    entries = items(document, "model-index")[:_MOST]
    checks = [_check(one, document, number, origin) for number, one in enumerate(entries)]
    return (*checks, *(_dataset(name, origin) for name in _named(document, "datasets")[:_MOST]))


def _named(document: Any, key: str) -> list[str]:
    one = text(document, key)
    return [one] if one else [name for part in items(document, key) if (name := text(part))]


def _check(entry: Any, document: Any, number: int, origin: Origin) -> ObservedThing:
    name = text(entry, "name") or origin.name
    said = [Pair(key, ", ".join(named)) for key in _SAID if (named := _named(document, key))]
    results = items(entry, "results")[:_MOST]
    data = [told for one in results if (told := text(one, "dataset", "name"))]
    details = CheckDetails(
        name=name,
        suite="model card",
        subjects=origin.subjects(name),
        path=origin.place,
        labels=(*origin.labels("model_card"), *said),
        dataset=", ".join(dict.fromkeys(data)) or None,
    )
    cases = [_case(one, metric) for one in results for metric in items(one, "metrics")[:_MOST]]
    return ObservedThing(f"{origin.place}#{number}", result(CheckKind.PERFORMANCE, cases, details))


def _case(one: Any, metric: Any) -> CheckCase:
    """Return a metric that the card claims: whoever wrote it judged nothing."""
    metric = fields(metric)
    name = text(metric, "name") or text(metric, "type") or "?"
    data = text(one, "dataset", "name")
    verified = text(metric, "verified")
    return CheckCase(
        f"{name} ({data})" if data else name,
        Verdict.NONE,
        text(metric, "value"),
        method=text(metric, "type"),
        detail=f"verified: {verified}" if verified else None,
    )


def _dataset(name: str, origin: Origin) -> ObservedThing:
    details = DatasetDetails(
        name=name,
        path=origin.place,
        labels=origin.labels("model_card"),
        namespace="huggingface",
    )
    return ObservedThing(f"huggingface/{name}", details)


FORMAT = Format(
    "model_card", (Form.FRONT_MATTER,), (Stream.CHECKS, Stream.DATASETS), _recognises, _facts
)

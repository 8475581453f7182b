"""BentoML model.yaml: how a model of a store was made, and the numbers kept with it."""

from typing import Any

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.files.values import fields, text
from mlops_desktop.sources.observations import ObservedThing, Stream

_MOST = 100


def _recognises(document: Any, origin: Origin) -> bool:
    has_tag = text(document, "name") and text(document, "version")
    return bool(has_tag and text(document, "context", "bentoml_version"))


def _facts(document: Any, origin: Origin) -> tuple[FileFact, ...]:
    name, version = text(document, "name") or "?", text(document, "version")
    made, tag = origin.moment(text(document, "creation_time")), f"{name}:{version}"
    told = fields(document, "metadata")
    numbers = [CheckCase(key, Verdict.NONE, value) for key in told
               if (value := text(told, key)) and _is_number(value)]  # fmt: skip
    run = PipelineRunDetails(
        name=tag,
        subjects=origin.subjects(name, version),
        at=made,
        path=origin.place,
        labels=(*origin.labels("bentoml"), *_labels(document)),
        pipeline="BentoML",
        step=name,
        status="SAVED",
        ended=made,
        owner=text(document, "labels", "owner"),
    )
    facts: list[FileFact] = [ObservedThing(f"bentoml/{tag}", run)]
    if numbers:
        details = CheckDetails(
            name=tag, suite="BentoML", subjects=run.subjects, at=made, path=origin.place,
            labels=origin.labels("bentoml"),
        )  # fmt: skip
        check = result(CheckKind.PERFORMANCE, numbers[:_MOST], details)
        facts.append(ObservedThing(f"bentoml/{tag}", check))
    return tuple(facts)


def _labels(document: Any) -> list[Pair]:
    context, own = fields(document, "context"), fields(document, "labels")
    versions = fields(context, "framework_versions")
    found = [Pair(f"label.{name}", value) for name in own if (value := text(own, name))]
    found += [
        Pair(f"framework.{name}", value) for name in versions if (value := text(versions, name))
    ]
    for name in ("framework_name", "bentoml_version", "python_version"):
        if value := text(context, name):
            found.append(Pair(name, value))
    return found[:_MOST]


def _is_number(told: str) -> bool:
    try:
        return float(told) == float(told)
    except ValueError:
        return False


FORMAT = Format("bentoml", (Form.YAML,), (Stream.LINEAGE, Stream.CHECKS), _recognises, _facts)

"""The history of data: what runs and versions read and made, from the source's own times."""

import json
from collections.abc import Iterator

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import CheckObserved
from mlops_desktop.core.events.incidents import IncidentReached
from mlops_desktop.core.events.pipeline_runs import (
    DatasetUse,
    PipelineRunDetails,
    PipelineRunObserved,
)
from mlops_desktop.core.events.pipelines import (
    PipelineDescribed,
    PipelineExpected,
    PipelineStepEnded,
    PipelineStepResumed,
)
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.versions import (
    VersionChanged,
    VersionObserved,
    VersionRegistered,
    VersionReturned,
)
from mlops_desktop.core.inventory import DatasetInput
from mlops_desktop.core.model_state import Happening
from mlops_desktop.core.observed.details import ObservedDetails
from mlops_desktop.core.pipelines import outcome_of
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.lineage import (
    data_checks,
    data_uses,
    incident_reaches,
    pipeline_runs,
    pipeline_sayings,
)
from mlops_desktop.store.tables.projected import versions

_NOTHING: Row = {"role": "none", "name": "", "namespace": "", "place": ""}


@projects(PipelineRunObserved)
def project_run(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a run at its state, with what it read, wrote and made."""
    told = happening.payload
    if not isinstance(told, PipelineRunObserved):
        return
    details = told.details
    since = _since(details, happening)
    name = details.pipeline or details.step or details.name or told.native_id
    row: Row = {
        "id": told.thing,
        **since,
        "source": told.source,
        "native_id": told.native_id,
        "pipeline": name,
        "step": details.step or details.name or "",
        "outcome": outcome_of(details.status).value,
        "started": clock.to_text(details.started) if details.started else None,
        "ended": clock.to_text(details.ended) if details.ended else None,
    }
    rows.add(pipeline_runs, row)
    rows.touched.add(("pipeline", name))
    head: Row = {"subject": told.thing, "kind": "pipeline_run", "scheme": told.source, **since}
    head["run"] = details.run or told.native_id
    _add(rows, head, [*_of_run(details), *_made(details, told.models)])


def _since(details: ObservedDetails, happening: Happening) -> Row:
    """Return from when it holds: what ran before anybody told of it held from then on."""
    moment = min(details.at or happening.effective, happening.effective)
    return {"effective": clock.to_text(moment), "position": happening.position}


def _add(rows: Rows, head: Row, uses: list[Row]) -> None:
    for rank, use in enumerate(uses or [_NOTHING]):
        rows.add(data_uses, {**head, **use, "rank": rank})


def _of_run(details: PipelineRunDetails) -> Iterator[Row]:
    for role, some in (("read", details.inputs), ("written", details.outputs)):
        for use in some:
            yield {"role": role, **_dataset(use)}


def _dataset(use: DatasetUse) -> Row:
    space = use.namespace or ""
    place = f"{space.rstrip('/')}/{use.name}" if space else ""
    told: Row = {"name": use.name, "namespace": space, "place": place, "digest": use.digest}
    return {**told, "word": use.context}


def _made(details: PipelineRunDetails, models: tuple[str, ...]) -> Iterator[Row]:
    """Yield the models and versions a run made, as far as it is clear which word means which."""
    words = tuple(dict.fromkeys(one.model for one in details.subjects))
    meant = dict(zip(words, models, strict=True)) if len(words) == len(models) else {}
    clear = {(meant.get(one.model), one.version or "") for one in details.subjects}
    found = {(model, label) for model, label in clear if model is not None}
    for model, label in sorted(found or {(model, "") for model in models}):
        yield {**_NOTHING, "role": "made", "name": label, "place": model}


@projects(VersionObserved, VersionRegistered, VersionChanged, VersionReturned)
def project_inputs(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep the datasets that a version's run read."""
    told = happening.payload
    if not isinstance(told, VersionObserved | VersionRegistered | VersionChanged | VersionReturned):
        return
    source = told.source if isinstance(told, VersionObserved) else _source(rows, told.version)
    moment: Row = {
        "effective": clock.to_text(happening.effective),
        "position": happening.position,
    }
    head: Row = {"subject": told.version, "kind": "version", "scheme": source, **moment}
    head["run"] = told.details.run_id
    inputs = told.details.run.datasets if told.details.run else ()
    _add(rows, head, [_input(one) for one in inputs])


def _source(rows: Rows, version: str) -> str:
    known = rows.get(versions, version)
    return str(known["source"]) if known else ""


def _input(one: DatasetInput) -> Row:
    place = _address(one.source)
    read: Row = {"role": "read", "name": one.name, "namespace": "", "place": place}
    return {**read, "digest": one.digest or None, "word": one.context}


def _address(source: str | None) -> str:
    """Return the address inside what MLflow keeps of a dataset's source: JSON with a URI."""
    text = source or ""
    try:
        told = json.loads(text)
    except ValueError:
        return text
    known = told if isinstance(told, dict) else {}
    return str(known.get("uri") or known.get("url") or known.get("path") or "")


_SAYINGS = {
    PipelineExpected: "expected",
    PipelineDescribed: "described",
    PipelineStepEnded: "step_ended",
    PipelineStepResumed: "step_resumed",
}


@projects(*_SAYINGS)
def project_saying(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what a person said of a pipeline."""
    told = happening.payload
    if not isinstance(
        told, PipelineExpected | PipelineDescribed | PipelineStepEnded | PipelineStepResumed
    ):
        return
    row: Row = {
        "position": happening.position,
        "source": told.source,
        "pipeline": told.pipeline,
        "step": None if isinstance(told, PipelineExpected) else told.step,
        "kind": _SAYINGS[type(told)],
        "minutes": told.minutes if isinstance(told, PipelineExpected) else None,
        "person": happening.actor.person,
        "effective": clock.to_text(happening.effective),
        "record": records.to_text(told),
    }
    rows.add(pipeline_sayings, row)
    rows.touched.add(("pipeline", told.pipeline))


@projects(IncidentReached)
def project_reach(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep that a model was acted on for an incident."""
    told = happening.payload
    if isinstance(told, IncidentReached):
        keys: Row = {"incident": told.incident, "model": told.model}
        rows.put(incident_reaches, {**keys, "position": happening.position})


@projects(CheckObserved)
def project_check(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a check that names a dataset; of the others their own row tells."""
    told = happening.payload
    if not isinstance(told, CheckObserved) or not told.details.dataset:
        return
    details, name = told.details, told.details.dataset
    row: Row = {
        "id": told.thing,
        **_since(details, happening),
        "source": told.source,
        "dataset": name,
        "tail": name.partition("/")[2],
        "suite": details.suite or details.name or told.native_id,
        "verdict": details.verdict.value if details.verdict else "none",
    }
    rows.add(data_checks, row)
    rows.touched.add(("pipeline", name))

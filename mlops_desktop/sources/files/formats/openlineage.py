"""OpenLineage events: a run is told by several of them, merged by its id in order of their times.

Facets can hold SQL with literals, error messages and extremes of columns; what is kept is a list
of fields that hold none.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.events.datasets import Column, DatasetDetails
from mlops_desktop.core.events.pipeline_runs import DatasetUse, PipelineRunDetails
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.openlineage_events import Event, excerpt, is_event
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.observations import ObservedThing, Stream

_ENDS = ("COMPLETE", "ABORT", "FAIL")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def _recognises(document: Any, origin: Origin) -> bool:
    events = document if isinstance(document, list) else [document]
    return any(is_event(one) for one in events[:1])


@dataclass(slots=True)
class _Run:
    """A run as its events tell it so far; what a later event leaves out stays."""

    told: Event = field(default_factory=dict)
    started: datetime | None = None
    ended: datetime | None = None
    status: str | None = None
    inputs: dict[tuple[str, str], Event] = field(default_factory=dict)
    outputs: dict[tuple[str, str], Event] = field(default_factory=dict)

    def take(self, event: Event, time: datetime | None) -> None:
        """Take an event that came after those before."""
        self.told.update({key: value for key, value in event.items() if value is not None})
        if event["type"] == "START":
            self.started = self.started or time
        if event["type"] in _ENDS:
            self.ended = time
        if self.status not in _ENDS:
            self.status = event["type"] or self.status
        for uses, some in ((self.inputs, event["inputs"]), (self.outputs, event["outputs"])):
            for one in some:
                key = (one["namespace"] or "", one["name"])
                uses[key] = uses.get(key, {}) | {name: part for name, part in one.items() if part}


def _facts(events: Any, origin: Origin) -> tuple[FileFact, ...]:
    return tuple(_each_fact(events, origin))


def _each_fact(events: list[Event], origin: Origin) -> Iterator[FileFact]:
    timed = [(origin.moment(one["time"]), one) for one in events]
    timed.sort(key=lambda pair: pair[0] or _LONG_AGO)
    runs: dict[str, _Run] = {}
    datasets: dict[str, tuple[Event, datetime | None]] = {}
    for time, event in timed:
        if event["run"]:
            runs.setdefault(event["run"], _Run()).take(event, time)
        for one in (*event["inputs"], *event["outputs"], *filter(None, [event["dataset"]])):
            before = datasets.get(_key(one), ({}, None))[0]
            datasets[_key(one)] = (before | {k: part for k, part in one.items() if part}, time)
    for id, run in runs.items():
        yield ObservedThing(id, _run(id, run, origin))
        yield from _checks(id, run, origin)
    for key, (one, time) in datasets.items():
        yield ObservedThing(key, _as_dataset(one, time, origin))


def _key(one: Event) -> str:
    key = f"{one['namespace'] or ''}/{one['name']}"
    return f"{key}@{one['version']}" if one.get("version") else key


def _run(id: str, run: _Run, origin: Origin) -> PipelineRunDetails:
    told = run.told
    outputs = list(run.outputs.values())
    models = tuple(dict.fromkeys(found for one in outputs if (found := _model(one))))
    return PipelineRunDetails(
        name=told.get("job"),
        subjects=models or origin.subjects(None),
        at=run.ended or run.started,
        path=origin.place,
        labels=origin.labels("openlineage"),
        pipeline=told.get("parent") or told.get("namespace"),
        step=told.get("job"),
        run=id,
        description=told.get("description"),
        status=run.status,
        started=run.started,
        ended=run.ended,
        code=told.get("code"),
        commit=told.get("commit"),
        owner=told.get("owner"),
        inputs=tuple(map(_use, run.inputs.values())),
        outputs=tuple(map(_use, outputs)),
    )


def _model(one: Event) -> Subject | None:
    """Return the model version that an output is: MLflow's integration names it so."""
    parts = one["name"].split("/")
    if not (one.get("namespace") or "").startswith("mlflow") or parts[0] != "models":
        return None
    named = 1 < len(parts) <= 3 and parts[1]
    return Subject(parts[1], parts[2] if len(parts) == 3 else None) if named else None


def _use(one: Event) -> DatasetUse:
    return DatasetUse(
        one["name"],
        one.get("namespace"),
        one.get("version"),
        one.get("rows"),
        tuple(name for name, _ in one.get("columns", [])),
    )


def _as_dataset(one: Event, time: datetime | None, origin: Origin) -> DatasetDetails:
    return DatasetDetails(
        name=one["name"],
        at=time,
        path=origin.place,
        labels=origin.labels("openlineage"),
        namespace=one.get("namespace"),
        digest=one.get("version"),
        description=one.get("description"),
        owner=one.get("owner"),
        rows=one.get("rows"),
        columns=tuple(Column(name, kind) for name, kind in one.get("columns", [])),
    )


def _checks(id: str, run: _Run, origin: Origin) -> Iterator[ObservedThing]:
    for key, one in (run.inputs | run.outputs).items():
        cases = [*_asserted(one), *_counted(one)]
        if not cases:
            continue
        details = CheckDetails(
            name=one["name"],
            subjects=_run(id, run, origin).subjects,
            at=run.ended or run.started,
            path=origin.place,
            labels=origin.labels("openlineage"),
            suite=run.told.get("job"),
            dataset="/".join(part for part in key if part),
            commit=run.told.get("commit"),
            run=id,
        )
        made = result(CheckKind.DATA_QUALITY, cases, details)
        yield ObservedThing(f"{id}#{'/'.join(key)}", made)


def _asserted(one: Event) -> Iterator[CheckCase]:
    for part in one.get("assertions", []):
        name = part["assertion"] or "?"
        yield CheckCase(
            f"{name}({part['column']})" if part["column"] else name,
            _verdict(part["success"]),
            detail=f"severity: {part['severity']}" if part["severity"] else None,
        )


def _verdict(success: Any) -> Verdict:
    if not isinstance(success, bool):
        return Verdict.NONE
    return Verdict.PASSED if success else Verdict.FAILED


def _counted(one: Event) -> Iterator[CheckCase]:
    """Yield what was counted: nobody judged it."""
    if one.get("nulls"):
        if one.get("rows") is not None:
            yield CheckCase("rowCount", Verdict.NONE, str(one["rows"]))
        for name, nulls in one["nulls"].items():
            yield CheckCase(f"nullCount({name})", Verdict.NONE, str(nulls))


def _dump(events: Any) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=True).encode() + b"\n" for one in events)


FORMAT = Format(
    "openlineage",
    (Form.LINES, Form.JSON),
    (Stream.LINEAGE, Stream.DATASETS, Stream.CHECKS),
    _recognises,
    _facts,
    excerpt=excerpt,
    dump=_dump,
)

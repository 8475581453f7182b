"""Names of traces (3.x): which functions of an application were traced, and of which model.

The server's answers hold previews of inputs and outputs, which may be personal data. So what is
kept as evidence is not the answers but the names in them, sorted; more traffic of the same
functions then changes nothing.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import msgspec

from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.outside.http import Answer
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.mlflow.produced import Produced
from mlops_desktop.sources.observations import Fact, ObservedThing, Page, Stream
from mlops_desktop.sources.rest import evidence_of

_NAME = "mlflow.traceName"
_MODEL = "mlflow.modelId"


class _Experiment(msgspec.Struct, frozen=True):
    experiment_id: str = ""


class _Location(msgspec.Struct, frozen=True):
    mlflow_experiment: _Experiment = _Experiment()


class _Trace(msgspec.Struct, frozen=True):
    trace_location: _Location = _Location()
    trace_metadata: dict[str, str] = {}
    tags: dict[str, str] = {}


class _Traces(msgspec.Struct, frozen=True):
    traces: list[_Trace] = []


class _Named(msgspec.Struct, frozen=True, order=True):
    experiment: str
    name: str
    model: str = ""


def names_page(answers: Iterable[Answer], version: str | None, produced: Produced) -> Page | None:
    """Return the names that the answers hold as one page; none if there is no trace."""
    last, found = None, set[_Named]()
    for answer in answers:
        last = answer
        found.update(_named(one) for one in peek_json(answer.body, _Traces).traces)
    if last is None or not found:
        return None
    raw = msgspec.json.encode(sorted(found))
    digest = hashlib.sha256(raw).hexdigest()
    evidence = replace(evidence_of(last, version), digest=digest)
    return Page(Stream.LINEAGE, evidence, raw, partial(_parse, produced))


def _named(one: _Trace) -> _Named:
    experiment = one.trace_location.mlflow_experiment.experiment_id
    return _Named(experiment, one.tags.get(_NAME, ""), one.trace_metadata.get(_MODEL, ""))


def _parse(produced: Produced, raw: bytes) -> tuple[Fact, ...]:
    return tuple(_fact(produced, one) for one in msgspec.json.decode(raw, type=list[_Named]))


def _fact(produced: Produced, one: _Named) -> Fact:
    labels = (Pair("logged_model", one.model),) if one.model else ()
    details = PipelineRunDetails(
        name=one.name or None,
        subjects=produced.of_logged(one.model),
        path=f"#/experiments/{one.experiment}/traces",
        labels=(Pair("kind", "trace"), *labels),
        pipeline=one.experiment or None,
        step=one.name or None,
    )
    return ObservedThing(f"traces/{one.experiment}/{one.name}/{one.model}", details)

"""Runs of pipelines: what was read, what was written, by which code."""

from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.observed.details import ObservedDetails


@dataclass(frozen=True, slots=True)
class DatasetUse:
    """A dataset that a run read or wrote, at the state it had then.

    ``context`` is what for, in the source's own word: training, validation, …
    """

    name: str
    namespace: str | None = None
    digest: str | None = None
    rows: int | None = None
    columns: tuple[str, ...] = ()
    context: str | None = None


@dataclass(frozen=True, slots=True)
class PipelineRunDetails(ObservedDetails):
    """One run of a pipeline's step; ``subjects`` are the models or versions it produced."""

    pipeline: str | None = None
    step: str | None = None
    run: str | None = None
    description: str | None = None
    status: str | None = None
    started: datetime | None = None
    ended: datetime | None = None
    code: str | None = None
    commit: str | None = None
    owner: str | None = None
    inputs: tuple[DatasetUse, ...] = ()
    outputs: tuple[DatasetUse, ...] = ()


@event("pipeline_run.observed")
@dataclass(frozen=True, slots=True)
class PipelineRunObserved:
    """A source told of a pipeline run: for the first time, otherwise than before, or again."""

    thing: str
    source: str
    native_id: str
    models: tuple[str, ...]
    details: PipelineRunDetails
    seen: Sighting

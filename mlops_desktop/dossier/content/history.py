"""What happened to a model: versions, deployments, data, measurements."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.dossier.content.values import Missing, Moment, Pair


@dataclass(frozen=True, slots=True)
class DatasetUse:
    """A dataset that a version read; ``context`` says what for: training, evaluation."""

    name: str
    digest: str | Missing
    source: str | Missing
    rows: int | Missing
    context: str | Missing


@dataclass(frozen=True, slots=True)
class Version:
    """One version: where it stands at the source, what it came from, what was measured."""

    version: str
    release: str | Missing
    stage: str | Missing
    status: str | Missing
    created_at: Moment | Missing
    created_by: str | Missing
    source: str | Missing
    run: str | Missing
    commit: str | Missing
    digest: str | Missing
    aliases: tuple[str, ...] | Missing
    tags: tuple[Pair, ...] | Missing
    parameters: tuple[Pair, ...] | Missing
    metrics: tuple[Pair, ...] | Missing
    datasets: tuple[DatasetUse, ...] | Missing


@dataclass(frozen=True, slots=True)
class Deployment:
    """A version in an environment; ``closed_at`` is None while it still serves."""

    version: str
    environment: str
    opened_at: Moment | Missing
    closed_at: Moment | None
    evidence: str | Missing
    entity: str | None = None
    """The legal entity it serves, where somebody said so."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One state of a dataset and the versions that learned from it."""

    name: str
    digest: str | Missing
    source: str | Missing
    rows: int | Missing
    versions: tuple[str, ...]


class Axis(StrEnum):
    """What a series runs along."""

    VERSION = "version"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Point:
    """One measurement: at a version, at a time or both; without value it was not measured."""

    version: str | None
    at: Moment | None
    value: str | Missing


@dataclass(frozen=True, slots=True)
class Limit:
    """Thresholds as they held from a time on; a band has upper ones too, none says none held."""

    since: Moment
    warning: str | None = None
    intervention: str | None = None
    warning_high: str | None = None
    intervention_high: str | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """A version that began to serve in production."""

    at: Moment
    version: str


@dataclass(frozen=True, slots=True)
class Series:
    """One metric along versions or time, with the thresholds in force at the as-of date.

    ``limits`` are the thresholds as they held along the time, ``served`` the versions that began
    to serve within it, where they are known; ``measured_in`` is the unit of every value.
    """

    metric: str
    axis: Axis
    points: tuple[Point, ...]
    warning: str | None = None
    intervention: str | None = None
    limits: tuple[Limit, ...] = ()
    served: tuple[Served, ...] = ()
    measured_in: str = ""

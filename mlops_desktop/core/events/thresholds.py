"""Thresholds of metrics, and what measurements came to when they were held against them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event


class Side(StrEnum):
    """On which side of a threshold a value is out of bounds."""

    BELOW = "below"
    ABOVE = "above"
    BAND = "band"


class Level(StrEnum):
    """What a value came to, the worst first."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Warning and intervention threshold as decimal text; a band has an upper one of each too.

    A value that is exactly a threshold is still within it. ``interval_days`` is how often the
    metric is to be measured; None leaves that to the distance of its points.
    """

    side: Side
    warning: str | None = None
    intervention: str | None = None
    warning_high: str | None = None
    intervention_high: str | None = None
    unit: str | None = None
    interval_days: int | None = None


@event("threshold.set")
@dataclass(frozen=True, slots=True)
class ThresholdSet:
    """A threshold holds for a metric of a model from the event's effective date on.

    Without ``segment`` it holds for every segment that has none of its own. Set again, the same
    ``threshold`` has a new version; those before held as long as they did.
    """

    threshold: str
    model: str
    metric: str
    bounds: Bounds
    segment: str | None = None
    reason: Erasable | None = None


@event("threshold.ended")
@dataclass(frozen=True, slots=True)
class ThresholdEnded:
    """A threshold holds no longer, from the event's effective date on."""

    threshold: str
    model: str
    metric: str
    segment: str | None = None
    reason: Erasable | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A value held against the threshold then in force, whose bounds stay with it for ever.

    ``value`` is the shortest decimal text of what the series holds. ``goal`` is the use case
    whose goal was meant where no threshold was.
    """

    series: str
    model: str
    at: datetime
    value: str
    level: Level
    bounds: Bounds
    since: datetime
    threshold: str | None = None
    goal: str | None = None


@event("series.evaluated")
@dataclass(frozen=True, slots=True)
class SeriesEvaluated:
    """Values were held against what was in force: those of ``batch``, or all anew without one."""

    evaluations: tuple[Evaluation, ...]
    batch: str | None = None

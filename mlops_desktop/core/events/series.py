"""Series of measurements, and the batches of points that arrive for them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Pair, Sighting
from mlops_desktop.core.observed.details import ObservedDetails


class SeriesKind(StrEnum):
    """What a series measures."""

    PERFORMANCE = "performance"
    STABILITY = "stability"
    DATA_QUALITY = "data_quality"
    FAIRNESS = "fairness"
    BUSINESS = "business"
    OPERATION = "operation"
    RESOURCE = "resource"


class Resource(StrEnum):
    """Which resource a series of kind ``resource`` measures."""

    CPU = "cpu"
    MEMORY = "memory"
    GPU = "gpu"
    GPU_MEMORY = "gpu_memory"
    STORAGE = "storage"
    NETWORK = "network"
    ENERGY = "energy"
    COST = "cost"


class Measure(StrEnum):
    """Which side of a resource it measures."""

    REQUESTED = "requested"
    ALLOCATED = "allocated"
    USED = "used"
    CAPACITY = "capacity"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class SeriesDetails(ObservedDetails):
    """A series: which metric of which subject, for which segment, in which unit.

    ``segment`` holds the labels that tell this series from others of the same metric.
    ``unit`` is the source's word. ``interval`` is the distance of points in seconds, if regular.
    ``application`` is the software it was measured at. ``warning``, ``intervention`` and
    ``verdict`` are the source's own about the last point, in its words: never judged again.
    Of a series of a resource, ``resource`` and ``measure`` say which and which side of it.
    """

    metric: str | None = None
    kind: SeriesKind | None = None
    unit: str | None = None
    segment: tuple[Pair, ...] = ()
    environment: str | None = None
    interval: int | None = None
    application: str | None = None
    warning: str | None = None
    intervention: str | None = None
    verdict: str | None = None
    resource: Resource | None = None
    measure: Measure | None = None


@event("series.observed")
@dataclass(frozen=True, slots=True)
class SeriesObserved:
    """A source told of a series: for the first time, or otherwise than before."""

    thing: str
    source: str
    native_id: str
    models: tuple[str, ...]
    details: SeriesDetails
    seen: Sighting


@event("points.ingested")
@dataclass(frozen=True, slots=True)
class PointsIngested:
    """Points of several series arrived together; ``digest`` binds the bytes they are kept as.

    It is the SHA-256 of one line a series, ``<series> <SHA-256 of its chunk>``, in order.
    """

    batch: str
    source: str
    series: int
    points: int
    first: datetime
    last: datetime
    digest: str

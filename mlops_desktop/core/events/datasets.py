"""Datasets that pipelines write and models learn from."""

from dataclasses import dataclass

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.observed.details import ObservedDetails


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a dataset, its type in the source's own words."""

    name: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class DatasetDetails(ObservedDetails):
    """A dataset at one state: identity is namespace, name and digest."""

    namespace: str | None = None
    digest: str | None = None
    location: str | None = None
    description: str | None = None
    owner: str | None = None
    rows: int | None = None
    columns: tuple[Column, ...] = ()


@event("dataset.observed")
@dataclass(frozen=True, slots=True)
class DatasetObserved:
    """A source told of a dataset: for the first time, otherwise than before, or again."""

    thing: str
    source: str
    native_id: str
    models: tuple[str, ...]
    details: DatasetDetails
    seen: Sighting


@event("dataset.missed")
@dataclass(frozen=True, slots=True)
class DatasetMissed:
    """A complete listing no longer holds the dataset; nothing is deleted or ended by that."""

    thing: str
    source: str
    native_id: str

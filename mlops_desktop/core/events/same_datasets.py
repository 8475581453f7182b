"""What persons say about datasets that sources name differently: that two are one and the same."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event


@dataclass(frozen=True, slots=True)
class DatasetName:
    """A dataset as sources name it."""

    name: str
    namespace: str | None = None


@event("dataset.joined")
@dataclass(frozen=True, slots=True)
class DatasetJoined:
    """A person said that two names mean one dataset; it is shown as ``same_as`` from then on."""

    dataset: DatasetName
    same_as: DatasetName
    reason: Erasable


@event("dataset.parted")
@dataclass(frozen=True, slots=True)
class DatasetParted:
    """A person took back that two names mean one dataset."""

    dataset: DatasetName
    same_as: DatasetName
    reason: Erasable

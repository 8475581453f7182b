"""What runs where, as the place that runs it says."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.observed.details import ObservedDetails


class ServingRole(StrEnum):
    """Which part of the traffic it answers."""

    CHAMPION = "champion"
    CHALLENGER = "challenger"
    SHADOW = "shadow"


@dataclass(frozen=True, slots=True)
class ServingDetails(ObservedDetails):
    """A version that serves: where, with which artefact, for which share of the traffic.

    ``share`` is a decimal text between 0 and 1.
    """

    environment: str | None = None
    endpoint: str | None = None
    role: ServingRole | None = None
    share: str | None = None
    artifact_digest: str | None = None
    region: str | None = None
    replicas: int | None = None
    status: str | None = None


@event("serving.observed")
@dataclass(frozen=True, slots=True)
class ServingObserved:
    """A source told of a serving: for the first time, otherwise than before, or again."""

    thing: str
    source: str
    native_id: str
    models: tuple[str, ...]
    details: ServingDetails
    seen: Sighting


@event("serving.missed")
@dataclass(frozen=True, slots=True)
class ServingMissed:
    """A complete listing no longer holds the serving: it served until then, nothing is deleted."""

    thing: str
    source: str
    native_id: str

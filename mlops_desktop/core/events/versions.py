"""What happens to a version of a model."""

from dataclasses import dataclass

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Sighting, VersionDetails


@event("version.registered")
@dataclass(frozen=True, slots=True)
class VersionRegistered:
    """A person recorded a version that no source tells about."""

    version: str
    model: str
    details: VersionDetails


@event("version.observed")
@dataclass(frozen=True, slots=True)
class VersionObserved:
    """A source listed a version for the first time."""

    version: str
    model: str
    source: str
    native_id: str
    details: VersionDetails
    seen: Sighting


@event("version.changed")
@dataclass(frozen=True, slots=True)
class VersionChanged:
    """The source tells other values of a version; ``changed`` names the covered fields among them.

    ``native_id`` is given where the source now lists it under another id.
    """

    version: str
    model: str
    details: VersionDetails
    seen: Sighting
    changed: tuple[str, ...] = ()
    native_id: str | None = None


@event("version.missed")
@dataclass(frozen=True, slots=True)
class VersionMissed:
    """A complete listing no longer holds the version."""

    version: str
    model: str


@event("version.returned")
@dataclass(frozen=True, slots=True)
class VersionReturned:
    """A version that was missing is listed again, perhaps with other values."""

    version: str
    model: str
    details: VersionDetails
    seen: Sighting
    changed: tuple[str, ...] = ()

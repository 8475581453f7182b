"""What happens to an application that uses models."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails


class Criticality(StrEnum):
    """How critical an application is (Regulation (EU) 2022/2554, DORA)."""

    CRITICAL = "critical"
    IMPORTANT = "important"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class ApplicationDetails(ItemDetails):
    """An application that uses models: its number in their inventory, criticality, interface."""

    inventory_number: str | None = None
    criticality: Criticality | None = None
    interface: str | None = None
    pinned_versions: str | None = None
    vendor: str | None = None


@event("application.opened")
@dataclass(frozen=True, slots=True)
class ApplicationOpened:
    """An application was recorded."""

    item: str
    models: tuple[str, ...]
    details: ApplicationDetails


@event("application.edited")
@dataclass(frozen=True, slots=True)
class ApplicationEdited:
    """Some fields of an application changed."""

    item: str
    details: ApplicationDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("application.moved")
@dataclass(frozen=True, slots=True)
class ApplicationMoved:
    """A step of an application was taken."""

    item: str
    step: str
    details: ApplicationDetails
    reason: Erasable | None = None

"""What happens to a limitation of a model."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails


class Weight(StrEnum):
    """How much a limitation weighs."""

    CRITICAL = "critical"
    MATERIAL = "material"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class LimitationDetails(ItemDetails):
    """A limitation: how much it weighs, what users are told, what makes up for it."""

    weight: Weight | None = None
    told_to_users: Erasable | None = None
    mitigation: Erasable | None = None
    area: str | None = None


@event("limitation.opened")
@dataclass(frozen=True, slots=True)
class LimitationOpened:
    """A limitation was recorded."""

    item: str
    models: tuple[str, ...]
    details: LimitationDetails


@event("limitation.edited")
@dataclass(frozen=True, slots=True)
class LimitationEdited:
    """Some fields of a limitation changed."""

    item: str
    details: LimitationDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("limitation.moved")
@dataclass(frozen=True, slots=True)
class LimitationMoved:
    """A step of a limitation was taken."""

    item: str
    step: str
    details: LimitationDetails
    reason: Erasable | None = None

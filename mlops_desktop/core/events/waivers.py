"""What happens to a waiver: a rule that need not be kept for a time."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails


@dataclass(frozen=True, slots=True)
class WaiverDetails(ItemDetails):
    """A waiver: of which rule, what makes up for it, and until when it holds."""

    profile: str | None = None
    rule: str | None = None
    compensating_control: Erasable | None = None
    expires: date | None = None
    evidence: tuple[str, ...] = ()


@event("waiver.opened")
@dataclass(frozen=True, slots=True)
class WaiverOpened:
    """A waiver was asked for."""

    item: str
    models: tuple[str, ...]
    details: WaiverDetails


@event("waiver.edited")
@dataclass(frozen=True, slots=True)
class WaiverEdited:
    """Some fields of a waiver changed."""

    item: str
    details: WaiverDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("waiver.moved")
@dataclass(frozen=True, slots=True)
class WaiverMoved:
    """A step of a waiver was taken."""

    item: str
    step: str
    details: WaiverDetails
    reason: Erasable | None = None

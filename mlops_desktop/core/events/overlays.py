"""What happens to an overlay: a post-model adjustment."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import DecimalText, ItemDetails


@dataclass(frozen=True, slots=True)
class OverlayDetails(ItemDetails):
    """An overlay: its amount, why it is needed, how it is calculated, and until when it holds."""

    amount: DecimalText | None = None
    currency: str | None = None
    reason_for: Erasable | None = None
    calculation: Erasable | None = None
    starts: date | None = None
    expires: date | None = None
    evidence: tuple[str, ...] = ()


@event("overlay.opened")
@dataclass(frozen=True, slots=True)
class OverlayOpened:
    """An overlay was proposed."""

    item: str
    models: tuple[str, ...]
    details: OverlayDetails


@event("overlay.edited")
@dataclass(frozen=True, slots=True)
class OverlayEdited:
    """Some fields of an overlay changed."""

    item: str
    details: OverlayDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("overlay.moved")
@dataclass(frozen=True, slots=True)
class OverlayMoved:
    """A step of an overlay was taken."""

    item: str
    step: str
    details: OverlayDetails
    reason: Erasable | None = None

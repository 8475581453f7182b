"""What happens to a vendor of models."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails


class Outsourcing(StrEnum):
    """Whether what the vendor does is an outsourcing (MaRisk AT 9)."""

    MATERIAL = "material"
    NOT_MATERIAL = "not_material"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class VendorDetails(ItemDetails):
    """A vendor: the contract, who watches it, how one would leave it."""

    contract: str | None = None
    contact: Erasable | None = None
    outsourcing: Outsourcing | None = None
    exit_plan: Erasable | None = None
    register_number: str | None = None


@event("vendor.opened")
@dataclass(frozen=True, slots=True)
class VendorOpened:
    """A vendor was recorded."""

    item: str
    models: tuple[str, ...]
    details: VendorDetails


@event("vendor.edited")
@dataclass(frozen=True, slots=True)
class VendorEdited:
    """Some fields of a vendor changed."""

    item: str
    details: VendorDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("vendor.moved")
@dataclass(frozen=True, slots=True)
class VendorMoved:
    """A step of a vendor was taken."""

    item: str
    step: str
    details: VendorDetails
    reason: Erasable | None = None

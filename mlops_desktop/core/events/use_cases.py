"""What happens to a use of a model."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import DecimalText, ItemDetails


class Direction(StrEnum):
    """Which way a goal is met."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class UseCaseDetails(ItemDetails):
    """A use of a model: what is approved, what is observed, and the business goal set for it.

    ``measure`` is the metric under which sources tell the KPI, where it is measured.
    """

    approved_use: Erasable | None = None
    observed_use: Erasable | None = None
    kpi: str | None = None
    direction: Direction | None = None
    target: DecimalText | None = None
    unit: str | None = None
    measure: str | None = None
    products: str | None = None
    regions: tuple[str, ...] = ()


@event("use_case.opened")
@dataclass(frozen=True, slots=True)
class UseCaseOpened:
    """A use of a model was recorded."""

    item: str
    models: tuple[str, ...]
    details: UseCaseDetails


@event("use_case.edited")
@dataclass(frozen=True, slots=True)
class UseCaseEdited:
    """Some fields of a use changed."""

    item: str
    details: UseCaseDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("use_case.moved")
@dataclass(frozen=True, slots=True)
class UseCaseMoved:
    """A step of a use was taken."""

    item: str
    step: str
    details: UseCaseDetails
    reason: Erasable | None = None

"""What happens to a breach: a value beyond the threshold in force."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.events.thresholds import Side
from mlops_desktop.core.items.details import DecimalText, ItemDetails


class BreachLevel(StrEnum):
    """Which threshold is breached."""

    RED = "red"
    AMBER = "amber"


@dataclass(frozen=True, slots=True)
class BreachDetails(ItemDetails):
    """A breach: metric and segment, the value and when it was measured, the threshold as it held.

    ``series`` and ``batch`` lead to the measurement, ``digest`` binds its bytes. ``linked`` are
    numbers of findings, overlays and other items that belong to it; ``resolution`` is the plan.
    """

    metric: str | None = None
    segment: str | None = None
    level: BreachLevel | None = None
    value: DecimalText | None = None
    unit: str | None = None
    measured_on: date | None = None
    side: Side | None = None
    warning: DecimalText | None = None
    intervention: DecimalText | None = None
    warning_high: DecimalText | None = None
    intervention_high: DecimalText | None = None
    threshold_from: date | None = None
    resolution: Erasable | None = None
    linked: tuple[str, ...] = ()
    source: str | None = None
    series: str | None = None
    batch: str | None = None
    digest: str | None = None


@event("breach.opened")
@dataclass(frozen=True, slots=True)
class BreachOpened:
    """A value was found beyond the threshold in force, by the program or by a person."""

    item: str
    models: tuple[str, ...]
    details: BreachDetails


@event("breach.edited")
@dataclass(frozen=True, slots=True)
class BreachEdited:
    """Some fields of a breach changed."""

    item: str
    details: BreachDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("breach.moved")
@dataclass(frozen=True, slots=True)
class BreachMoved:
    """A breach worsened, eased, was acknowledged, planned for or cleared."""

    item: str
    step: str
    details: BreachDetails
    reason: Erasable | None = None

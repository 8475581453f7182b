"""What happens to a validation."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.validations import Area, Cause, Light, Trigger


@dataclass(frozen=True, slots=True)
class ValidationDetails(ItemDetails):
    """A validation: why, for which tier, when it is planned, the verdict and the report.

    ``area`` and ``light`` are those last judged; every judgement is a step of its own.
    """

    cause: Cause | None = None
    trigger: Trigger | None = None
    tier: int | None = None
    planned_from: date | None = None
    person_days: int | None = None
    area: Area | None = None
    light: Light | None = None
    conclusion: Light | None = None
    report: str | None = None
    evidence: tuple[str, ...] = ()


@event("validation.opened")
@dataclass(frozen=True, slots=True)
class ValidationOpened:
    """A validation was planned, or called for by a trigger."""

    item: str
    models: tuple[str, ...]
    details: ValidationDetails


@event("validation.edited")
@dataclass(frozen=True, slots=True)
class ValidationEdited:
    """Some fields of a validation changed."""

    item: str
    details: ValidationDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("validation.moved")
@dataclass(frozen=True, slots=True)
class ValidationMoved:
    """A step of a validation was taken: an area judged, a trigger that met it, the report."""

    item: str
    step: str
    details: ValidationDetails
    reason: Erasable | None = None

"""Validations: what a tier asks to be looked at, and when a model is due again."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Cause(StrEnum):
    """Why a validation is made."""

    INITIAL = "initial"
    PERIODIC = "periodic"
    TRIGGERED = "triggered"


class Trigger(StrEnum):
    """What calls for a validation out of turn."""

    TIER_INCREASE = "tier_increase"
    MATERIAL_CHANGE = "material_change"
    BREACH = "breach"
    DRIFT = "drift"
    SCHEDULE = "schedule"
    BUSINESS_GOAL = "business_goal"
    DATA_INCIDENT = "data_incident"
    OTHER = "other"


class Area(StrEnum):
    """What is looked at, each with its own light."""

    CONCEPTUAL_SOUNDNESS = "conceptual_soundness"
    DATA = "data"
    DESIGN = "design"
    DISCRIMINATION = "discrimination"
    CALIBRATION = "calibration"
    STABILITY = "stability"
    USE_TEST = "use_test"
    IMPLEMENTATION = "implementation"


class Light(StrEnum):
    """The verdict about an area; ``left_out`` where it was not looked at, with the reason."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    LEFT_OUT = "left_out"


class Expectation(StrEnum):
    """What a tier asks about an area."""

    REQUIRED = "required"
    IF_APPLICABLE = "if_applicable"
    NOT_EXPECTED = "not_expected"


_ALL = frozenset(Area)
_CORE = frozenset({Area.CONCEPTUAL_SOUNDNESS, Area.DATA, Area.DISCRIMINATION, Area.STABILITY})
_LEAST = frozenset({Area.CONCEPTUAL_SOUNDNESS})
_REQUIRED: dict[int, frozenset[Area]] = {
    1: _ALL,
    2: _ALL - {Area.USE_TEST},
    3: _CORE,
    4: _LEAST,
}
_OPTIONAL: dict[int, frozenset[Area]] = {
    1: frozenset(),
    2: frozenset({Area.USE_TEST}),
    3: frozenset({Area.CALIBRATION, Area.DESIGN, Area.IMPLEMENTATION, Area.USE_TEST}),
    4: _CORE | {Area.USE_TEST},
}


def expectation(tier: int | None, area: Area) -> Expectation:
    """Return what a tier asks about an area; a model without a tier is treated as tier 1."""
    rank = tier if tier is not None else 1
    if area in _REQUIRED[rank]:
        return Expectation.REQUIRED
    return Expectation.IF_APPLICABLE if area in _OPTIONAL[rank] else Expectation.NOT_EXPECTED


def areas_missing(tier: int | None, judged: Iterable[str]) -> tuple[Area, ...]:
    """Name the areas a tier requires that nobody has judged or left out with a reason."""
    given = set(judged)
    required = (area for area in Area if expectation(tier, area) is Expectation.REQUIRED)
    return tuple(area for area in required if area.value not in given)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a tier is validated, in months, and the months of lead and grace around it."""

    months: int
    lead: int = 3
    grace: int = 1


RHYTHMS: dict[int, Rhythm] = {1: Rhythm(12), 2: Rhythm(24), 3: Rhythm(36), 4: Rhythm(48)}


@dataclass(frozen=True, slots=True)
class DueDates:
    """The model's clock: when the next validation begins, is due, and is overdue after."""

    begin: date
    due: date
    overdue_after: date


def next_due(last: date, tier: int | None, months: int | None = None) -> DueDates:
    """Return when a model last validated on ``last`` is due again.

    ``months`` is the model's own frequency where it has one; a model without a tier follows the
    shortest rhythm.
    """
    rhythm = RHYTHMS[tier if tier is not None else 1]
    due = add_months(last, months or rhythm.months)
    return DueDates(add_months(due, -rhythm.lead), due, add_months(due, rhythm.grace))


def add_months(day: date, months: int) -> date:
    """Return the same day some months on or back, or the last of a shorter month."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

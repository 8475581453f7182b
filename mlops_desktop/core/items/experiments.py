"""Experiments: fixed when they are opened, concluded with an uncertainty, or abandoned."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mlops_desktop.core import clock
from mlops_desktop.core.date_rules import DateRule, Relation
from mlops_desktop.core.events.experiments import (
    ExperimentDetails,
    ExperimentEdited,
    ExperimentMoved,
    ExperimentOpened,
)
from mlops_desktop.core.events.use_cases import Direction
from mlops_desktop.core.items.kinds import ItemKind, Step, register

FIXED = (
    "title",
    "hypothesis",
    "criterion",
    "direction",
    "smallest",
    "sample",
    "starts",
    "ends",
    "champion",
    "challenger",
)
"""What is fixed beforehand and never edited: who wants another plan abandons this one."""
_RESULT = (
    "champion_value",
    "challenger_value",
    "champion_sample",
    "challenger_sample",
    "lower",
    "upper",
    "confidence",
)


class Outcome(StrEnum):
    """What a result says of the hypothesis that the challenger is better."""

    BETTER = "better"
    WORSE = "worse"
    UNDECIDED = "undecided"


def outcome_of(details: ExperimentDetails) -> Outcome | None:
    """Return what the bounds say; None before there are any.

    Better only where the whole interval lies beyond the smallest difference that matters, worse
    where it lies wholly on the other side of none.
    """
    if details.lower is None or details.upper is None or details.direction is None:
        return None
    low, high = Decimal(details.lower), Decimal(details.upper)
    if details.direction is Direction.AT_MOST:
        low, high = -high, -low
    if low > 0 and low >= Decimal(details.smallest or "0"):
        return Outcome.BETTER
    return Outcome.WORSE if high < 0 else Outcome.UNDECIDED


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference challenger minus champion with its bounds, and what it had to reach.

    ``needed`` carries its sign: it is negative where less is better.
    """

    value: Decimal
    lower: Decimal
    upper: Decimal
    needed: Decimal
    direction: Direction
    outcome: Outcome


def effect_of(details: ExperimentDetails) -> Effect | None:
    """Return what an experiment measured; None before it is concluded."""
    outcome = outcome_of(details)
    values = details.champion_value, details.challenger_value
    if outcome is None or None in values or details.direction is None:
        return None
    champion, challenger = (Decimal(value or "0") for value in values)
    smallest = abs(Decimal(details.smallest or "0"))
    return Effect(
        challenger - champion,
        Decimal(details.lower or "0"),
        Decimal(details.upper or "0"),
        -smallest if details.direction is Direction.AT_MOST else smallest,
        details.direction,
        outcome,
    )


def _refuse(step: str, details: ExperimentDetails, marked: tuple[str, ...]) -> str | None:
    if not step:
        return _plan_refusal(details)
    return _result_refusal(details) if step == "conclude" else None


def _plan_refusal(details: ExperimentDetails) -> str | None:
    if details.champion == details.challenger:
        return "same_version"
    if details.starts and details.ends and details.ends <= details.starts:
        return "ends_before"
    return "no_sample" if (details.sample or 0) < 1 else None


def _result_refusal(details: ExperimentDetails) -> str | None:
    low, high = Decimal(details.lower or "0"), Decimal(details.upper or "0")
    if low > high:
        return "bounds_reversed"
    least = min(details.champion_sample or 0, details.challenger_sample or 0)
    is_over = details.ends is not None and clock.today() >= details.ends
    return None if is_over or least >= (details.sample or 0) else "early"


EXPERIMENT = register(
    ItemKind(
        noun="experiment",
        plural="experiments",
        prefix="AB",
        details=ExperimentDetails,
        opened=ExperimentOpened,
        edited=ExperimentEdited,
        moved=ExperimentMoved,
        stages=("running", "concluded", "abandoned"),
        closed=frozenset({"concluded", "abandoned"}),
        steps=(
            Step(
                "conclude", frozenset({"running"}), "concluded", needs=_RESULT, takes=("evidence",)
            ),
            Step("abandon", frozenset({"running"}), "abandoned"),
        ),
        required=FIXED,
        frozen=frozenset(FIXED) | frozenset(_RESULT),
        refuse=_refuse,
        order=76,
        dates=(DateRule("starts", Relation.NOT_BEFORE),),
    )
)

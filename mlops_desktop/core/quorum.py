"""Which decisions count towards which step of a rule, and what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.rules import Rule, Step

APPROVING = frozenset({Decision.APPROVE, Decision.CONDITION})
"""The decisions that count towards a quorum."""


@dataclass(frozen=True, slots=True)
class Term:
    """A condition as the rules see it: by when it must be met."""

    due: date | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """A decision that counts: who, what, for which step, in whose place, until when it holds."""

    person: str
    decision: Decision
    fingerprint: str
    valid_until: date | None = None
    step: str | None = None
    on_behalf_of: str | None = None
    terms: tuple[Term, ...] = ()
    entities: tuple[str, ...] = ()
    """The legal entities it is limited to."""


class Capacity(StrEnum):
    """In which capacity somebody signs what a committee resolved."""

    CHAIR = "chair"
    SECRETARY = "secretary"


@dataclass(frozen=True, slots=True)
class Resolution:
    """A signature under what a committee resolved about a request."""

    step: str
    meeting: str
    outcome: Decision
    person: str
    capacity: Capacity
    fingerprint: str


def marks_of(cast: Cast) -> set[str]:
    """Return everything by which a decision is one person's: he, whom he stands in for, his key."""
    return {cast.person, cast.fingerprint, cast.on_behalf_of or cast.person}


def counting(rule: Rule, casts: Iterable[Cast]) -> dict[str, tuple[Cast, ...]]:
    """Return the approvals that count, by step: each person, key and principal counts once."""
    used: set[str] = set()
    given: dict[str, tuple[Cast, ...]] = {step.id: () for step in rule.steps}
    for cast in casts:
        step = cast.step or rule.steps[0].id
        if cast.decision in APPROVING and step in given and not used & marks_of(cast):
            used |= marks_of(cast)
            given[step] = (*given[step], cast)
    return given


def is_resolved(
    step: Step, resolutions: Iterable[Resolution], outcomes: frozenset[Decision]
) -> bool:
    """Tell whether chair and secretary, two persons, signed one meeting's resolution of a step."""
    signed = [one for one in resolutions if one.step == step.id and one.outcome in outcomes]
    chairs = [one for one in signed if one.capacity is Capacity.CHAIR]
    others = [one for one in signed if one.capacity is Capacity.SECRETARY]
    return any(
        (chair.meeting, chair.outcome) == (other.meeting, other.outcome)
        and chair.person != other.person
        and chair.fingerprint != other.fingerprint
        for chair in chairs
        for other in others
    )


def missing(
    rule: Rule, casts: Iterable[Cast], resolutions: tuple[Resolution, ...] = ()
) -> dict[str, int]:
    """Return how many approvals each step still lacks."""
    given = counting(rule, casts)
    return {
        step.id: max(0, step.needed - len(given[step.id]))
        if step.committee is None
        else 1 - is_resolved(step, resolutions, APPROVING)
        for step in rule.steps
    }


def is_met(rule: Rule, casts: Iterable[Cast], resolutions: tuple[Resolution, ...] = ()) -> bool:
    """Tell whether every step has its approvals, by different persons with different keys."""
    return not any(missing(rule, casts, resolutions).values())


def open_steps(
    rule: Rule, casts: Iterable[Cast], resolutions: tuple[Resolution, ...] = ()
) -> tuple[Step, ...]:
    """Return the steps that can be filled now: all that lack something, or the first of them."""
    lacking = missing(rule, casts, resolutions)
    steps = tuple(step for step in rule.steps if lacking[step.id])
    return steps[:1] if rule.is_ordered else steps

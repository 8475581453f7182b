"""How a model came to its tier, step by step; increases are what others are triggered by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from mlops_desktop.core import folds
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.candidates import CandidateAccepted, CandidateFound
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.tiering import (
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
)
from mlops_desktop.core.model_state import Happening, ModelState, apply
from mlops_desktop.core.tiering import Rating, is_increase

TELLING = (
    CandidateFound,
    ModelRegistered,
    CandidateAccepted,
    ModelEdited,
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
)
"""The events that can set a tier, those that make a model first."""


class StepKind(StrEnum):
    """What a step of the history was; ``lapsed`` follows from the date and is no event."""

    BY_HAND = "by_hand"
    ASSESSED = "assessed"
    OVERRIDDEN = "overridden"
    ENDED = "ended"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class TierStep:
    """The tier from a day on, what it was before, and what it rests on."""

    kind: StepKind
    on: date
    before: int | None
    after: int | None
    by: str | None = None
    position: int | None = None
    until: date | None = None
    reason: Erasable | None = None
    rating: Rating | None = None

    @property
    def is_increase(self) -> bool:
        """Whether the risk class rose: validation is to look at the model anew."""
        return is_increase(self.before, self.after)


_KINDS = (
    (ModelTiered, StepKind.ASSESSED),
    (ModelTierOverridden, StepKind.OVERRIDDEN),
    (ModelTierOverrideEnded, StepKind.ENDED),
)


def tell(happenings: Iterable[Happening], day: date) -> tuple[TierStep, ...]:
    """Return every step up to a day, from the model's happenings in the order in which they held.

    An override that ran out before the next step, or before ``day``, is a step of its own.
    """
    folds.load()
    return tuple(_steps(happenings, day))


def _steps(happenings: Iterable[Happening], day: date) -> Iterator[TierStep]:
    state: ModelState | None = None
    for happening in happenings:
        on = happening.effective.date()
        yield from _lapse(state, on)
        state = _settled(state, on)
        after = apply(happening.payload, state, happening)
        step = _step(state, after, happening)
        if step is not None:
            yield step
        state = after
    yield from _lapse(state, day)


def _lapse(state: ModelState | None, day: date) -> Iterator[TierStep]:
    """Yield the end of an override that does not hold on ``day`` any more."""
    if state is None or state.override is None or state.rating is None:
        return
    override, rating = state.override, state.rating
    if not override.holds(day):
        first = override.until + timedelta(days=1)
        tier = rating.computed.tier
        yield TierStep(StepKind.LAPSED, first, override.tier, tier, reason=rating.reason)


def _settled(state: ModelState | None, day: date) -> ModelState | None:
    if state is None or state.override is None or state.override.holds(day):
        return state
    return replace(state.on(day), override=None)


def _step(
    before: ModelState | None, after: ModelState | None, happening: Happening
) -> TierStep | None:
    if after is None:
        return None
    was, now = before.details.tier if before else None, after.details.tier
    kind = next((kind for event, kind in _KINDS if isinstance(happening.payload, event)), None)
    if kind is None and now == was:
        return None
    told = TierStep(
        kind or StepKind.BY_HAND,
        happening.effective.date(),
        was,
        now,
        happening.actor.person,
        happening.position,
        reason=getattr(happening.payload, "reason", None),
    )
    if kind is StepKind.OVERRIDDEN and after.override is not None:
        return replace(told, until=after.override.until)
    return replace(told, rating=after.rating) if kind is StepKind.ASSESSED else told

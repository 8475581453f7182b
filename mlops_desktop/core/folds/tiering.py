"""What ratings and overrides make of a model's tier."""

from dataclasses import replace

from mlops_desktop.core.events.tiering import (
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
)
from mlops_desktop.core.model_state import Happening, ModelState, apply, shaped
from mlops_desktop.core.tiering import Override, Rating
from mlops_desktop.core.voiding import rest_until, void


@apply.register
def _(payload: ModelTiered, state: ModelState | None, h: Happening) -> ModelState | None:
    if state is None:
        return None
    on, by = h.effective.date(), h.actor.person
    computed = payload.computed
    rating = Rating(payload.template, payload.version, computed, on, by, payload.reason)
    grades = (computed.materiality.grade, computed.complexity.grade)
    details = replace(state.details, materiality=grades[0], complexity=grades[1])
    rated = shaped(replace(state, details=details), ("tier",), by)
    return _retiered(rated, h, rating, None)


@apply.register
def _(payload: ModelTierOverridden, state: ModelState | None, h: Happening) -> ModelState | None:
    if state is None or state.rating is None:
        return state
    on, by = h.effective.date(), h.actor.person
    override = Override(payload.tier, payload.until, payload.reason, on, by)
    return _retiered(shaped(state, ("tier",), by), h, state.rating, override)


@apply.register
def _(_: ModelTierOverrideEnded, state: ModelState | None, h: Happening) -> ModelState | None:
    if state is None or state.rating is None or state.override is None:
        return state
    return _retiered(state, h, state.rating, None)


def _retiered(
    state: ModelState, h: Happening, rating: Rating, override: Override | None
) -> ModelState:
    """Return the model with a tier that rests on these; a tier that differs voids approvals."""
    before = state.on(h.effective.date()).details.tier
    details = rating.describe(state.details, override)
    changed = ("model.tier",) if details.tier != before else ()
    until = override.until if override is not None else None
    requests = void(rest_until(state.requests, until), changed, position=h.position)
    return replace(state, details=details, rating=rating, override=override, requests=requests)

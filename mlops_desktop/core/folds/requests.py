"""What requests for approval make of the model they are about."""

from dataclasses import replace

from mlops_desktop.core.approvals import Request
from mlops_desktop.core.events.approvals import ApprovalRequested
from mlops_desktop.core.events.papers import PaperRecorded
from mlops_desktop.core.model_state import Happening, ModelState, apply
from mlops_desktop.core.request_changes import Changing, asked, change, told


def _with(state: ModelState, request: Request) -> ModelState:
    return replace(state, requests=(*state.requests, request))


@apply.register
def _(payload: ApprovalRequested, state: ModelState | None, h: Happening) -> ModelState | None:
    if state is None:
        return None
    day = h.effective.date()
    held = state.override if state.override is not None and state.override.holds(day) else None
    made = asked(payload, h.actor.person, state.on(day).details)
    return _with(state, replace(made, rests_until=held.until if held else None))


@apply.register
def _(payload: PaperRecorded, state: ModelState | None, h: Happening) -> ModelState | None:
    return state and _with(state, told(payload, h.actor.person))


@apply.register
def _(payload: Changing, state: ModelState | None, h: Happening) -> ModelState | None:
    if state is None:
        return None
    requests = tuple(
        change(payload, item, h.position) if item.id == payload.request else item
        for item in state.requests
    )
    return replace(state, requests=requests)

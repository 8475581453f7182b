"""What a changed version makes of the requests about it."""

from dataclasses import replace

from mlops_desktop.core.events.versions import VersionChanged, VersionReturned
from mlops_desktop.core.model_state import Happening, ModelState, apply
from mlops_desktop.core.voiding import void


@apply.register(VersionChanged)
@apply.register(VersionReturned)
def _(
    payload: VersionChanged | VersionReturned, state: ModelState | None, h: Happening
) -> ModelState | None:
    if state is None or not payload.changed:
        return state
    concerned = void(state.requests, payload.changed, payload.version, h.position)
    return replace(state, requests=concerned)

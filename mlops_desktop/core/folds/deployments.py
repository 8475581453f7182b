"""What serves, in the fold of a model."""

from dataclasses import replace

from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.model_state import Happening, ModelState, Serving, apply


@apply.register
def _(payload: DeploymentOpened, state: ModelState | None, _: Happening) -> ModelState | None:
    if state is None:
        return None
    opened = Serving(
        payload.deployment,
        payload.version,
        payload.label,
        payload.environment,
        payload.role,
        payload.entity,
        payload.region,
        payload.serving,
    )
    return replace(state, serving=(*state.serving, opened))


@apply.register
def _(payload: DeploymentClosed, state: ModelState | None, _: Happening) -> ModelState | None:
    if state is None:
        return None
    still = tuple(item for item in state.serving if item.deployment != payload.deployment)
    return replace(state, serving=still)

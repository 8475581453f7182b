"""What a validation makes of its models: validated ones, once its report is approved."""

from dataclasses import replace

from mlops_desktop.core.events.validations import ValidationMoved
from mlops_desktop.core.model_state import Happening, ModelState, apply

APPROVING = "approve_report"
"""The step by which somebody else than who wrote it approves the report."""


@apply.register
def _(payload: ValidationMoved, state: ModelState | None, h: Happening) -> ModelState | None:
    if state is None or payload.step != APPROVING or payload.item in state.validations:
        return state
    return replace(state, validations=(*state.validations, payload.item))

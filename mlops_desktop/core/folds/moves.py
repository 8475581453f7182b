"""What a move makes of a model: its stage, and by what it is replaced."""

from dataclasses import replace

from mlops_desktop.core.events.models import ModelMoved
from mlops_desktop.core.lifecycle import MOVES, Move
from mlops_desktop.core.model_state import Happening, ModelState, apply


@apply.register
def _(payload: ModelMoved, state: ModelState | None, _: Happening) -> ModelState | None:
    heir = payload.successor if payload.move is Move.RETIRE else None
    return state and replace(state, stage=MOVES[payload.move][1], successor=heir)

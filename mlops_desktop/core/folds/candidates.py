"""What sources found, and what was decided about it, in the fold of a model."""

from dataclasses import replace

from mlops_desktop.core.details import merge
from mlops_desktop.core.events.candidates import (
    CandidateAccepted,
    CandidateFound,
    CandidateMatched,
    CandidateRejected,
)
from mlops_desktop.core.events.entries import EntryRenamed
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_state import (
    Happening,
    ModelState,
    apply,
    described,
    renamed,
    shaped,
)
from mlops_desktop.core.voiding import covered_names


@apply.register
def _(payload: CandidateFound, state: ModelState | None, _: Happening) -> ModelState | None:
    details = ModelDetails(name=payload.entry.name)
    return ModelState(payload.model, State.CANDIDATE, details, source=payload.entry.source)


@apply.register
def _(payload: CandidateAccepted, state: ModelState | None, h: Happening) -> ModelState | None:
    if state is None:
        return None
    called = renamed(state, payload.details.name or state.details.name, h)
    accepted = replace(called, stage=State.DEVELOPMENT)
    made = shaped(accepted, covered_names(payload.details), h.actor.person)
    return described(made, merge(state.details, payload.details))


@apply.register
def _(payload: CandidateRejected, state: ModelState | None, _: Happening) -> ModelState | None:
    return state and replace(state, stage=State.REJECTED)


@apply.register
def _(payload: CandidateMatched, state: ModelState | None, _: Happening) -> ModelState | None:
    return state and replace(state, stage=State.REJECTED, same_as=payload.same_as)


@apply.register
def _(payload: EntryRenamed, state: ModelState | None, h: Happening) -> ModelState | None:
    # Until a person has named the model, it goes by the name its source gives.
    if state is None or state.stage is not State.CANDIDATE:
        return state
    called = renamed(state, payload.entry.name, h)
    return replace(called, details=replace(state.details, name=payload.entry.name))

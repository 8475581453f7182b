"""What a model in use breaks: served without an approval, or after it was retired."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mlops_desktop.core import approvals
from mlops_desktop.core.approvals import GRANTED
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_state import ModelState, Serving

PRODUCTION = "production"
_UNDECIDED = frozenset({State.CANDIDATE, State.REJECTED})


WATCHED_RULES = frozenset(
    {ExceptionRule.RETIRED_BUT_RUNNING, ExceptionRule.PRODUCTION_WITHOUT_APPROVAL}
)
"""The rules whose exceptions the program itself settles once they hold again."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken rule of a model; ``subject`` says where, the same words each time it is found."""

    rule: ExceptionRule
    subject: str


def find_breaches(
    state: ModelState, on: date, onboarded: frozenset[str] = frozenset()
) -> Iterator[Breach]:
    """Yield every rule that a model's open deployments in production break on a day.

    What nobody has decided about yet is no model of the inventory and breaks no rule of it;
    deployments ``onboarded``, in use before their model was in the inventory, are left out.
    """
    if state.stage in _UNDECIDED:
        return
    for serving in state.serving:
        if serving.environment != PRODUCTION or serving.deployment in onboarded:
            continue
        where = f"{serving.label} {serving.environment}"
        if state.stage is State.RETIRED:
            yield Breach(ExceptionRule.RETIRED_BUT_RUNNING, where)
        elif not _is_granted(state, serving, on):
            yield Breach(ExceptionRule.PRODUCTION_WITHOUT_APPROVAL, where)


def _is_granted(state: ModelState, serving: Serving, on: date) -> bool:
    return any(
        (request.version, request.environment) == (serving.version, serving.environment)
        and approvals.assess(request, on) in GRANTED
        for request in state.requests
    )

"""How far a new workspace is on its way to its first models."""

from dataclasses import dataclass

from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.services.models import count_models
from mlops_desktop.services.session import Session
from mlops_desktop.services.sources import list_sources
from mlops_desktop.store.queries.models import ModelFilter


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Sources connected, those of them read, candidates that wait, models in the inventory."""

    sources: int
    read: int
    candidates: int
    models: int

    @property
    def step(self) -> int:
        """The step that is next: 1 connect, 2 read, 3 decide; 4 once a model is there."""
        if self.models:
            return 4
        if self.candidates:
            return 3
        if not self.sources:
            return 1
        return 3 if self.read else 2


def read_first_steps(session: Session) -> FirstSteps:
    """Count what is there; a source counts as read once a reading brought something to its end."""
    rows = list_sources(session)
    read = sum(row.result is not None and bool(row.result.completed) for row in rows)
    every = count_models(session, ModelFilter(scope=Scope.ALL))
    waiting = count_models(session, ModelFilter(scope=Scope.ALL, states=(State.CANDIDATE,)))
    gone = count_models(session, ModelFilter(scope=Scope.ALL, states=(State.REJECTED,)))
    return FirstSteps(len(rows), read, waiting, every - waiting - gone)

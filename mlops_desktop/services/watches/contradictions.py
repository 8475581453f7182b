"""Exceptions about what sources tell otherwise: opened with the answer, settled by the next."""

from collections.abc import Iterator
from datetime import timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.events.candidates import CandidateAccepted, CandidateMatched
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.entries import (
    EntryChanged,
    EntryMissed,
    EntryRenamed,
    EntryReturned,
)
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.events.models import ModelEdited, ModelMoved
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.sources import SourceSynced
from mlops_desktop.core.events.versions import VersionChanged
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.parts import parts
from mlops_desktop.core.reconciliation import TOLD_RULES, find_contradictions
from mlops_desktop.core.reconciliation import Told as ToldBySources
from mlops_desktop.services.reconciliation.telling import tell
from mlops_desktop.services.told_exceptions import Told, keep_told, told_of
from mlops_desktop.store.envelopes import subject_of
from mlops_desktop.store.queries import contradictions, present
from mlops_desktop.store.unit_of_work import Watch, WriteSession

_ROLL_OUT = timedelta(days=7)


def _look(work: WriteSession, found: tuple[Event, ...]) -> None:
    idle = frozenset(_idle(work, found))
    touched = dict.fromkeys(_model(one) for one in found if not isinstance(one, SourceSynced))
    models = work.ask(present.decided, (*touched, *sorted(idle - touched.keys())))
    for some in parts(models):
        told = told_of(work, some)
        watched = {model for model in some if model in idle or _tells_idle(told[model])}
        states = work.ask(present.current_states, some)
        for model, by_sources in tell(work, states, watched).items():
            _keep(work, states[model], told[model], by_sources)


def _keep(work: WriteSession, state: ModelState, told: Told, by_sources: ToldBySources) -> None:
    certain = {
        one.breach: one.evidence
        for one in find_contradictions(state, state.state(clock.today()), by_sources)
        if one.is_certain
    }
    keep_told(work, state, told, certain, TOLD_RULES)


def _tells_idle(told: Told) -> bool:
    """Tell whether an exception says that the model runs nowhere: it stays until the model runs."""
    return any(one.rule is ExceptionRule.APPROVED_NOT_RUNNING for one in told)


def _idle(work: WriteSession, found: tuple[Event, ...]) -> Iterator[str]:
    """Yield what is approved and runs nowhere as a source was just read to say.

    What was approved of late is still being rolled out.
    """
    since = clock.to_text(clock.now() - _ROLL_OUT)
    for payload in found:
        if isinstance(payload, SourceSynced):
            yield from contradictions.idle_models(work.connection, payload.source, since)


def _model(payload: Event) -> str:
    return payload.same_as if isinstance(payload, CandidateMatched) else subject_of(payload)


_KINDS = {
    CandidateAccepted,
    CandidateMatched,
    DeploymentClosed,
    DeploymentOpened,
    EntryChanged,
    EntryMissed,
    EntryRenamed,
    EntryReturned,
    ModelEdited,
    ModelMoved,
    SourceSynced,
    VersionChanged,
}
WATCH = Watch(frozenset(_KINDS), _look)

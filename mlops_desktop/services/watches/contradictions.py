"""Exceptions about what sources tell otherwise: opened with the answer, settled by the next."""

from collections.abc import Iterable

from mlops_desktop.core import clock
from mlops_desktop.core.events.candidates import CandidateAccepted, CandidateMatched
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.entries import (
    EntryChanged,
    EntryMissed,
    EntryRenamed,
    EntryReturned,
)
from mlops_desktop.core.events.models import ModelEdited, ModelMoved
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.sources import SourceSynced
from mlops_desktop.core.events.versions import VersionChanged
from mlops_desktop.core.reconciliation import TOLD_RULES, find_contradictions
from mlops_desktop.services.reconciliation.telling import told_about
from mlops_desktop.services.told_exceptions import keep_told
from mlops_desktop.store.envelopes import subject_of
from mlops_desktop.store.queries import contradictions, present
from mlops_desktop.store.unit_of_work import Watch, WriteSession


def _look(work: WriteSession, found: tuple[Event, ...]) -> None:
    touched = dict.fromkeys(model for payload in found for model in _models(work, payload))
    is_read = any(isinstance(payload, SourceSynced) for payload in found)
    for model in present.decided(work.connection, touched):
        state = present.current_state(work.connection, model)
        told = told_about(work, state, is_read=is_read)
        today = clock.today()
        certain = {
            one.breach: one.evidence
            for one in find_contradictions(state, state.state(today), told)
            if one.is_certain
        }
        keep_told(work, model, state.details.owner, certain, TOLD_RULES)


def _models(work: WriteSession, payload: Event) -> Iterable[str]:
    """Return the models an event concerns; a reading concerns what is approved and runs nowhere."""
    if isinstance(payload, SourceSynced):
        return contradictions.idle_models(work.connection, payload.source)
    told = payload.same_as if isinstance(payload, CandidateMatched) else subject_of(payload)
    return (told,)


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

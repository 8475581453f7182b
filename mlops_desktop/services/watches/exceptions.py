"""Exceptions opened and settled by the program: in the write session of what broke or mended.

A model already in use when it enters the inventory is a matter of onboarding, not of exceptions:
only what happens to a model of the inventory is looked at.
"""

from collections.abc import Iterator
from dataclasses import replace

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core import clock
from mlops_desktop.core.events.approvals import ApprovalDecided, ApprovalRevoked
from mlops_desktop.core.events.candidates import (
    CandidateAccepted,
    CandidateMatched,
    CandidateRejected,
)
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.exceptions import ExceptionDetails, ExceptionMoved, ExceptionOpened
from mlops_desktop.core.events.models import ModelEdited, ModelMoved
from mlops_desktop.core.events.papers import PaperConfirmed
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.validations import ValidationMoved
from mlops_desktop.core.events.versions import VersionChanged
from mlops_desktop.core.events.waivers import WaiverMoved
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.parts import parts
from mlops_desktop.core.serving_rules import (
    SEEN_BY_PERSONS,
    WATCHED_RULES,
    Breach,
    Known,
    find_breaches,
    granted_for,
)
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.known_uses import known_of
from mlops_desktop.services.told_exceptions import OpenException, Told, told_of
from mlops_desktop.store.envelopes import subject_of
from mlops_desktop.store.queries import present
from mlops_desktop.store.queries.request_names import request_names
from mlops_desktop.store.unit_of_work import Watch, WriteSession


def _look(work: WriteSession, found: tuple[Event, ...]) -> None:
    touched = dict.fromkeys(model for payload in found for model in _models(work, payload))
    inside = work.ask(present.decided, tuple(touched))
    # Outside the inventory rules about use look at what a source saw serve.
    outside = touched.keys() - set(inside)
    models = (*inside, *present.seen_serving(work.connection, outside))
    for some in parts(models):
        told, states = told_of(work, some), work.ask(present.current_states, some)
        known = known_of(work, states)
        for model, state in states.items():
            _keep(work, state, told[model], known[model])


def _keep(work: WriteSession, state: ModelState, told: Told, known: Known) -> None:
    """Open what is broken and not told of; settle what holds again."""
    rules = frozenset(breach.rule for breach in told)
    breaches = frozenset(find_breaches(state, clock.today(), replace(known, told=rules)))
    for breach in sorted(breaches - told.keys(), key=_order):
        work.record(ExceptionOpened(new_id(), (state.id,), _details(work, state, breach)))
    for breach, item in told.items():
        if _is_settled_by_rule(item) and breach not in breaches:
            work.record(ExceptionMoved(item.id, "settle", ExceptionDetails()))


def _models(work: WriteSession, payload: Event) -> tuple[str, ...]:
    if isinstance(payload, ValidationMoved | WaiverMoved):
        return item_queries.current_row(work.connection, payload.item).models
    return (subject_of(payload),)


def _order(breach: Breach) -> tuple[str, ...]:
    return breach.rule, breach.subject, breach.entity or ""


def _details(work: WriteSession, state: ModelState, breach: Breach) -> ExceptionDetails:
    return ExceptionDetails(
        owner=state.details.owner,
        rule=breach.rule,
        subject=breach.subject,
        evidence=tuple(dict.fromkeys(_evidence(work, state, breach))),
        entity=breach.entity,
    )


def _evidence(work: WriteSession, state: ModelState, breach: Breach) -> Iterator[str]:
    """Yield what shows it: the approvals that hold elsewhere, and what tells of the deployment."""
    for serving in state.productive:
        place = f"{serving.label} {serving.environment}".strip()
        where = place, serving.environment, f"{place} {serving.region}"
        is_there = breach.entity is None or serving.entity in (None, breach.entity)
        if breach.subject in where and is_there:
            granted = granted_for(state, serving, clock.today())
            yield from request_names(work.connection, (one.id for one in granted))
            yield from present.deployment_evidence(work.connection, serving.deployment)


def _is_settled_by_rule(item: OpenException) -> bool:
    """Tell whether the rule settles it: persons also see uses that no rule here could find."""
    rule = item.details.rule
    return rule in WATCHED_RULES and (item.is_own or rule not in SEEN_BY_PERSONS)


_KINDS = {
    ApprovalDecided,
    ApprovalRevoked,
    CandidateAccepted,
    CandidateMatched,
    CandidateRejected,
    DeploymentClosed,
    DeploymentOpened,
    ModelEdited,
    ModelMoved,
    PaperConfirmed,
    ValidationMoved,
    VersionChanged,
    WaiverMoved,
}
WATCH = Watch(frozenset(_KINDS), _look)

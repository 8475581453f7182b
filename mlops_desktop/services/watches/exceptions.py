"""Exceptions opened and settled by the program: in the write session of what broke or mended.

A model already in use when it enters the inventory is a matter of onboarding, not of exceptions:
only what happens to a model of the inventory is looked at.
"""

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core import clock
from mlops_desktop.core.events.approvals import ApprovalDecided, ApprovalRevoked
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.exceptions import ExceptionDetails, ExceptionMoved, ExceptionOpened
from mlops_desktop.core.events.models import ModelEdited, ModelMoved
from mlops_desktop.core.events.papers import PaperConfirmed
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.versions import VersionChanged
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.serving_rules import WATCHED_RULES, Breach, find_breaches
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store.envelopes import subject_of
from mlops_desktop.store.queries import present
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.onboarding import onboarded_deployments
from mlops_desktop.store.unit_of_work import Watch, WriteSession


def _look(work: WriteSession, found: tuple[Event, ...]) -> None:
    touched = dict.fromkeys(subject_of(payload) for payload in found)
    for model in present.decided(work.connection, touched):
        state = present.current_state(work.connection, model)
        before = onboarded_deployments(work.connection, model)
        breaches = frozenset(find_breaches(state, clock.today(), before))
        known = _known(work, model)
        for breach in sorted(breaches - known.keys(), key=lambda one: (one.rule, one.subject)):
            owner = state.details.owner
            details = ExceptionDetails(owner=owner, rule=breach.rule, subject=breach.subject)
            work.record(ExceptionOpened(new_id(), (model,), details))
        for breach, item in known.items():
            if breach.rule in WATCHED_RULES and breach not in breaches:
                work.record(ExceptionMoved(item, "settle", ExceptionDetails()))


def _known(work: WriteSession, model: str) -> dict[Breach, str]:
    """Return the breaches of a model that an open exception tells of, with its id."""
    wanted = ItemFilter(("exception",), scope=ItemScope.OPEN, models=(model,))
    found: dict[Breach, str] = {}
    for row in item_queries.list_items(work.connection, wanted):
        details = item_queries.current_details(work.connection, row.id)
        if isinstance(details, ExceptionDetails) and details.rule is not None:
            found[Breach(details.rule, details.subject or "")] = row.id
    return found


_KINDS = {
    ApprovalDecided,
    ApprovalRevoked,
    DeploymentClosed,
    DeploymentOpened,
    ModelEdited,
    ModelMoved,
    PaperConfirmed,
    VersionChanged,
}
WATCH = Watch(frozenset(_KINDS), _look)

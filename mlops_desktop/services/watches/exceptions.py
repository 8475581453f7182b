"""Exceptions opened by the program: in the same write session as what broke the rule.

A model already in use when it enters the inventory is a matter of onboarding, not of exceptions:
only what happens to a model of the inventory is looked at.
"""

from collections.abc import Iterable

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core import clock
from mlops_desktop.core.events.approvals import ApprovalRevoked
from mlops_desktop.core.events.deployments import DeploymentOpened
from mlops_desktop.core.events.exceptions import ExceptionDetails, ExceptionOpened
from mlops_desktop.core.events.models import ModelEdited, ModelMoved
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.versions import VersionChanged
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.serving_rules import Breach, find_breaches
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
        breaches = tuple(find_breaches(state, clock.today(), before))
        if breaches:
            _open(work, model, state.details.owner, breaches)


def _open(work: WriteSession, model: str, owner: str | None, breaches: Iterable[Breach]) -> None:
    known = _known(work, model)
    for breach in breaches:
        if breach not in known:
            details = ExceptionDetails(owner=owner, rule=breach.rule, subject=breach.subject)
            work.record(ExceptionOpened(new_id(), (model,), details))


def _known(work: WriteSession, model: str) -> frozenset[Breach]:
    """Return the breaches of a model that an open exception already tells of."""
    wanted = ItemFilter(("exception",), scope=ItemScope.OPEN, models=(model,))
    rows = item_queries.list_items(work.connection, wanted)
    details = (item_queries.current_details(work.connection, row.id) for row in rows)
    return frozenset(
        Breach(one.rule, one.subject or "")
        for one in details
        if isinstance(one, ExceptionDetails) and one.rule is not None
    )


_KINDS = {DeploymentOpened, ApprovalRevoked, ModelMoved, ModelEdited, VersionChanged}
WATCH = Watch(frozenset(_KINDS), _look)

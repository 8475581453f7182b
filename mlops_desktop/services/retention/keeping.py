"""What must be kept although a rule names it, by the name of the reason."""

from collections.abc import Callable
from datetime import date

from mlops_desktop.core.asof import NOW
from mlops_desktop.core.events.retention import RetentionDefined
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.retention import AI_ACT, AI_ACT_MONTHS, Keep, Retained, months_before
from mlops_desktop.services.profiles.standing import list_active
from mlops_desktop.services.retention.offices import office_of
from mlops_desktop.services.retention.selecting import Candidate, View
from mlops_desktop.store.queries import models as model_queries
from mlops_desktop.store.queries import retention as queries
from mlops_desktop.store.queries.profiles import list_scopes

_RUNNING = {
    Retained.ITEMS: Keep.OPEN_ITEM,
    Retained.MODELS: Keep.MODEL_NOT_RETIRED,
    Retained.CANDIDATES: Keep.NOT_REJECTED,
    Retained.PERSONS: Keep.NOT_REVOKED,
    Retained.DECISIONS: Keep.NOT_DUE,
}
Reasons = Callable[[Candidate], Keep | None]


def keeper(view: View, rule: RetentionDefined, today: date) -> Reasons:
    """Return the function that names why something is kept, None for what goes."""
    scoped = _scoped_models(view)
    limit = months_before(today, rule.months)
    ten_years = months_before(today, AI_ACT_MONTHS)

    def keep(one: Candidate) -> Keep | None:
        if one.since is None:
            return _RUNNING[rule.what]
        if one.since > limit:
            return Keep.NOT_DUE
        if any(model in scoped and _used(view, model, ten_years) for model in one.models):
            return Keep.AI_ACT
        return _needed(view, rule.what, one)

    return keep


def _scoped_models(view: View) -> frozenset[str]:
    """Return the models in scope of the AI Act where the workspace works by it."""
    active = {standing.profile.regime for standing in list_active(view, NOW)}
    if AI_ACT not in active:
        return frozenset()
    scopes = list_scopes(view.connection, NOW, regime=AI_ACT, opens=False)
    return frozenset(row.model for row in scopes if row.scoped.is_in)


def _used(view: View, model: str, since: date) -> bool:
    """Tell whether a model may have been put into service later than a day.

    Article 18 counts from that; a retired model was last put into service before it was retired.
    """
    row = model_queries.get_model(view.connection, model).row
    if row.state not in (State.RETIRED, State.REJECTED):
        return True
    return date.fromisoformat(row.updated_at[:10]) > since


def _needed(view: View, what: Retained, one: Candidate) -> Keep | None:
    if what is Retained.MODELS:
        if queries.has_open_item(view.connection, model=one.key):
            return Keep.OPEN_ITEM
        if queries.has_open_approval(view.connection, model=one.key):
            return Keep.OPEN_APPROVAL
    if what is Retained.PERSONS:
        return _person_needed(view, one.key)
    return None


def _person_needed(view: View, person: str) -> Keep | None:
    # A certificate names its holder, and signatures can be checked by it alone; so does an earlier
    # one of somebody who was enrolled again without.
    if queries.has_certificate(view.connection, person):
        return Keep.CERTIFICATE
    if queries.has_open_item(view.connection, person=person):
        return Keep.OPEN_ITEM
    if queries.has_open_approval(view.connection, person=person):
        return Keep.OPEN_APPROVAL
    if queries.is_named_in_model(view.connection, person):
        return Keep.MODEL_NOT_RETIRED
    return office_of(view, person)

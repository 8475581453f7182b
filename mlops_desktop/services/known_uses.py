"""What the rules about models in use must know besides the model's own state."""

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core import clock
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.events.waivers import WaiverDetails
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.serving_rules import NOTHING, WAIVABLE, Known
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.onboarding import onboarded_deployments, was_reviewed_before
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession


def known_of(work: ReadSession | WriteSession, state: ModelState) -> Known:
    """Return what is known of a model as the transaction leaves it; nothing where none is used."""
    if not state.productive:
        return NOTHING
    return Known(
        onboarded_deployments(work.connection, state.id),
        _is_validated(work, state),
        _waived(work, state.id),
    )


def exempted(
    work: ReadSession | WriteSession, state: ModelState, waived: frozenset[str] | None = None
) -> Known:
    """Return what exempts a model in use: what ran before it was known here, and waivers.

    ``waived`` are the models that have any waiver, where the caller knows them.
    """
    if not state.productive:
        return NOTHING
    may_be = waived is None or state.id in waived
    rules = _waived(work, state.id) if may_be else frozenset[ExceptionRule]()
    return Known(onboarded_deployments(work.connection, state.id), is_validated=True, waived=rules)


def models_waived(work: ReadSession | WriteSession) -> frozenset[str]:
    """Return the ids of the models that have a waiver granted."""
    wanted = ItemFilter(("waiver",), stages=("granted",))
    rows = item_queries.list_items(work.connection, wanted)
    return frozenset(model for row in rows for model in row.models)


def _is_validated(work: ReadSession | WriteSession, state: ModelState) -> bool:
    """Tell whether a report was approved, here or on paper, or the model brought its past along.

    A review dated before the model came into the inventory is its past, recorded from the
    register it was kept in; a later one must show its report.
    """
    today = clock.today()
    return state.is_validated(today) or was_reviewed_before(work.connection, state.id)


def _waived(work: ReadSession | WriteSession, model: str) -> frozenset[ExceptionRule]:
    wanted = ItemFilter(("waiver",), models=(model,), stages=("granted",))
    named = set()
    for row in item_queries.list_items(work.connection, wanted):
        details = item_queries.current_details(work.connection, row.id)
        if isinstance(details, WaiverDetails) and not row.lapsed:
            named.add((details.rule or "").strip().casefold().replace(" ", "_"))
    return frozenset(rule for rule in WAIVABLE if rule.value in named)

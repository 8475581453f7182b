"""What the rules about models in use must know besides the model's own state."""

from collections.abc import Iterable

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core import clock
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.events.waivers import WaiverDetails
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.serving_rules import NOTHING, WAIVABLE, Known
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items_about import (
    BREACHES_AND_WAIVERS,
    Said,
    open_items_about,
)
from mlops_desktop.store.queries.onboarding import onboarded_deployments, was_reviewed_before
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession


def known_of(work: WriteSession, state: ModelState, waived: frozenset[ExceptionRule]) -> Known:
    """Return what is known of a model as the transaction leaves it; nothing where none is used.

    ``waived`` are the rules that :func:`rules_waived` tells of the model.
    """
    if not state.productive:
        return NOTHING
    return Known(
        onboarded_deployments(work.connection, state.id),
        _is_validated(work, state),
        waived,
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
    rules = rules_waived(work, (state.id,))[state.id] if may_be else frozenset[ExceptionRule]()
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


def rules_waived(
    work: ReadSession | WriteSession, models: Iterable[str]
) -> dict[str, frozenset[ExceptionRule]]:
    """Return, for each model, the rules that a waiver granted and not lapsed exempts it from."""
    wanted = tuple(models)
    about = work.ask(open_items_about, BREACHES_AND_WAIVERS, wanted)
    return {model: _exempt(about.get(("waiver", model), ())) for model in wanted}


def _exempt(found: Iterable[Said]) -> frozenset[ExceptionRule]:
    today = clock.today()
    named = {
        (item.details.rule or "").strip().casefold().replace(" ", "_")
        for item in found
        if isinstance(item.details, WaiverDetails)
        and item.stage == "granted"
        and not (item.expires is not None and item.expires < today)
    }
    return frozenset(rule for rule in WAIVABLE if rule.value in named)

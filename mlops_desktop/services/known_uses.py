"""What the rules about models in use must know besides the model's own state."""

from collections.abc import Iterable, Mapping

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
from mlops_desktop.store.queries.onboarding import (
    onboarded_deployments,
    reviewed_before,
    taken_in_at,
)
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession


def known_of(work: WriteSession, states: Mapping[str, ModelState]) -> dict[str, Known]:
    """Return what is known of each model as the transaction leaves it; nothing where none is used.

    A review dated before a model came into the inventory is its past, recorded from the register
    it was kept in, and as good as a report approved here or on paper; a later one must show its
    report.
    """
    today = clock.today()
    used = tuple(id for id, state in states.items() if state.productive)
    unproved = tuple(id for id in used if not states[id].is_validated(today))
    waived = rules_waived(work, states)
    taken_in = _taken_in(work, used) if used else {}
    onboarded = onboarded_deployments(work.connection, taken_in) if taken_in else {}
    doubted = {id: taken_in[id] for id in unproved if id in taken_in}
    reviewed = reviewed_before(work.connection, doubted) if doubted else frozenset[str]()
    known = {
        id: Known(onboarded.get(id, frozenset()), id not in unproved or id in reviewed, waived[id])
        for id in used
    }
    return {id: known.get(id, NOTHING) for id in states}


def _taken_in(work: WriteSession, used: tuple[str, ...]) -> dict[str, str]:
    """Return when each model came into the inventory, those that this session took in too."""
    found = taken_in_at(work.connection, used)
    new = tuple(id for id in used if id not in found)
    if new:
        work.flush()  # else it would depend on how many events wait whether the log has them
        found |= taken_in_at(work.connection, new)
    return found


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
    taken_in = taken_in_at(work.connection, (state.id,))
    onboarded = onboarded_deployments(work.connection, taken_in) if taken_in else {}
    return Known(onboarded.get(state.id, frozenset()), is_validated=True, waived=rules)


def models_waived(work: ReadSession | WriteSession) -> frozenset[str]:
    """Return the ids of the models that have a waiver granted."""
    wanted = ItemFilter(("waiver",), stages=("granted",))
    rows = item_queries.list_items(work.connection, wanted)
    return frozenset(model for row in rows for model in row.models)


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

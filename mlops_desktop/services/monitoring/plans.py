"""A red breach without a planned action is an exception, until there is one."""

from collections import defaultdict
from collections.abc import Collection, Mapping

import mlops_desktop.store.queries.monitoring as queries
from mlops_desktop.core.events.breaches import BreachDetails, BreachLevel
from mlops_desktop.core.events.exceptions import (
    ExceptionDetails,
    ExceptionMoved,
    ExceptionOpened,
    ExceptionRule,
)
from mlops_desktop.core.lifecycle import State
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store.queries import present
from mlops_desktop.store.queries.items_about import open_items_about
from mlops_desktop.store.queries.monitoring import OpenBreach
from mlops_desktop.store.unit_of_work import WriteSession

_RULE = ExceptionRule.BREACH_WITHOUT_PLAN


def mind_plans(work: WriteSession, models: Collection[str]) -> None:
    """Open the exception of every red breach without a plan, and settle those that have one."""
    keys = tuple(dict.fromkeys(models))
    if not keys:
        return
    work.rows.flush()
    breaches = queries.open_breaches(work.connection, keys)
    bare = {model: _bare(found) for model, found in breaches.items()}
    told = _told(work, keys)
    lacking = [model for model in keys if bare.get(model, {}).keys() - told[model].values()]
    current = current_of(work, tuple(lacking))
    for model in keys:
        mine = bare.get(model, {})
        if model in current:
            _open(work, model, mine, told[model])
        for id, number in told[model].items():
            if number not in mine:
                work.record(ExceptionMoved(id, "settle", ExceptionDetails()))


def current_of(work: WriteSession, models: tuple[str, ...]) -> frozenset[str]:
    """Return those of these models that are in the inventory and not retired."""
    decided = work.ask(present.decided, models) if models else ()
    states = work.ask(present.current_states, decided) if decided else {}
    return frozenset(key for key, state in states.items() if state.stage is not State.RETIRED)


def _bare(found: tuple[OpenBreach, ...]) -> dict[str, BreachDetails]:
    """Return the red breaches without a planned action by their number."""
    return {
        one.number: one.details
        for one in found
        if one.details.level is BreachLevel.RED and one.stage != "planned"
    }


def _told(work: WriteSession, models: tuple[str, ...]) -> Mapping[str, dict[str, str]]:
    """Return the open exceptions about breaches without a plan, each with the breach's number."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for (_, model), said in work.ask(open_items_about, ("exception",), models).items():
        for one in said:
            details = one.details
            if isinstance(details, ExceptionDetails) and details.rule is _RULE:
                found[model][one.id] = details.subject or ""
    return found


def _open(
    work: WriteSession, model: str, bare: Mapping[str, BreachDetails], told: Mapping[str, str]
) -> None:
    for number, details in bare.items():
        if number not in told.values():
            opened = ExceptionDetails(
                owner=details.owner,
                rule=_RULE,
                subject=number,
                evidence=(details.digest,) if details.digest else (),
            )
            work.record(ExceptionOpened(new_id(), (model,), opened))

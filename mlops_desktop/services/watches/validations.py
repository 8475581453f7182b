"""Validations that follow from what happened: a higher tier calls for one, a report sets dates."""

from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.tiering import ModelTiered
from mlops_desktop.core.events.validations import ValidationMoved
from mlops_desktop.core.validations import Trigger
from mlops_desktop.services.validations import Firing, fire_each, set_clock
from mlops_desktop.store.envelopes import subject_of
from mlops_desktop.store.queries.present import decided, last_tiers
from mlops_desktop.store.unit_of_work import Watch, WriteSession


def _look(work: WriteSession, found: tuple[Event, ...]) -> None:
    for payload in found:
        if isinstance(payload, ValidationMoved) and payload.step == "approve_report":
            set_clock(work, payload)
    touched = dict.fromkeys(
        subject_of(payload) for payload in found if not isinstance(payload, ValidationMoved)
    )
    keys = work.ask(decided, tuple(touched))
    tiers = last_tiers(work.connection, keys, work.before.size)
    risen = ((key, was, now) for key, (was, now) in tiers.items() if _is_risen(was, now))
    trigger = Trigger.TIER_INCREASE
    fire_each(work, [Firing(key, trigger, f"{was} → {now}") for key, was, now in risen])


def _is_risen(before: int | None, now: int | None) -> bool:
    """Tell whether a model is of a higher class than before: a lower number."""
    return before is not None and now is not None and now < before


WATCH = Watch(frozenset({ModelEdited, ModelTiered, ValidationMoved}), _look)

"""Validations that follow from what happened: a higher tier calls for one, a report sets dates."""

from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.tiering import ModelTiered
from mlops_desktop.core.events.validations import ValidationMoved
from mlops_desktop.core.validations import Trigger
from mlops_desktop.services.validations import fire, set_clock
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
    for model in work.ask(decided, tuple(touched)):
        _on_tier(work, model)


def _on_tier(work: WriteSession, model: str) -> None:
    before, now = last_tiers(work.connection, model, work.before.size)
    if before is None or now is None or now >= before:
        return
    fire(work, model, Trigger.TIER_INCREASE, f"{before} → {now}")


WATCH = Watch(frozenset({ModelEdited, ModelTiered, ValidationMoved}), _look)

"""Validations beyond the life of one: triggers, the model's clock, what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import mlops_desktop.store.queries.items as queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.events.validations import (
    ValidationDetails,
    ValidationMoved,
    ValidationOpened,
)
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.validations import Cause, Trigger, next_due
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.session import Session, must_commit
from mlops_desktop.store.queries import present
from mlops_desktop.store.queries.items_about import Said, open_items_about
from mlops_desktop.store.unit_of_work import WriteSession

_TO_DO = ("planned", "running")


@dataclass(frozen=True, slots=True)
class Firing:
    """A trigger that calls for a validation of a model; its reason is the same in any language."""

    model: str
    trigger: Trigger
    reason: str


def fire_each(work: WriteSession, firings: Sequence[Firing]) -> None:
    """Let triggers call for validations, in their order.

    They meet in one open task: where a triggered validation of the model is still to be done,
    the firing becomes a step of it, so that every one is on record.
    """
    if not firings:
        return
    keys = tuple(dict.fromkeys(one.model for one in firings))
    states, known = work.ask(present.current_states, keys), _to_do(work, keys)
    for one in firings:
        if one.model in known:
            fired = ValidationDetails(trigger=one.trigger)
            item, reason = known[one.model], must_commit(one.reason)
            work.record(ValidationMoved(item, "trigger", fired, reason))
        else:
            opened = _called_for(states[one.model], one)
            known[one.model] = opened.item
            work.record(opened)


def _to_do(work: WriteSession, models: tuple[str, ...]) -> dict[str, str]:
    """Return the first triggered validation still to be done of each model, where it has one."""
    about = work.ask(open_items_about, ("validation",), models)
    found: dict[str, str] = {}
    for (_, model), said in about.items():
        for one in filter(_is_triggered, said):
            found.setdefault(model, one.id)
    return found


def _is_triggered(said: Said) -> bool:
    """Tell whether a validation is one that a trigger called for, and still to be done."""
    details = said.details
    is_called_for = isinstance(details, ValidationDetails) and details.cause is Cause.TRIGGERED
    return is_called_for and said.stage in _TO_DO


def _called_for(model: ModelState, fired: Firing) -> ValidationOpened:
    details = ValidationDetails(
        description=must_commit(fired.reason),
        owner=model.details.validator,
        cause=Cause.TRIGGERED,
        trigger=fired.trigger,
        tier=model.details.tier,
    )
    return ValidationOpened(new_id(), (model.id,), details)


def set_clock(work: WriteSession, moved: ValidationMoved) -> None:
    """Set a model's last and next review from a validation whose report was just approved."""
    row = queries.current_row(work.connection, moved.item)
    today = clock.today()
    for model in row.models:
        details = work.ask(present.current_state, model).details
        due = next_due(today, details.tier, details.review_frequency_months).due
        work.record(ModelEdited(model, ModelDetails(last_review=today, next_review=due)))


@dataclass(frozen=True, slots=True)
class DueModel:
    """A model whose next validation begins, is due or is overdue by a day."""

    id: str
    name: str
    tier: int | None
    due: date
    days_left: int


def list_due(session: Session, within: int, as_of: AsOf = NOW) -> tuple[DueModel, ...]:
    """Return current models due within so many days of the day shown, the most overdue first."""
    limit = as_of.day + timedelta(days=within)
    wanted = model_queries.ModelFilter(
        due_by=limit, sort=model_queries.SortBy.NEXT_REVIEW, as_of=as_of
    )
    with session.workspace.read() as view:
        rows = model_queries.list_models(view.connection, wanted)
    return tuple(
        DueModel(row.id, row.name, row.tier, row.next_review, (row.next_review - as_of.day).days)
        for row in rows
        if row.next_review is not None
    )

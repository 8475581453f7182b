"""Validations beyond the life of one: triggers, the model's clock, what is due."""

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
from mlops_desktop.core.validations import Cause, Trigger, next_due
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.session import Session, must_commit
from mlops_desktop.store.queries import present
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.unit_of_work import WriteSession


def fire(work: WriteSession, model: str, trigger: Trigger, reason: str) -> str:
    """Let a trigger call for a validation; return its id. ``reason`` is the same in any language.

    Triggers meet in one open task: where a triggered validation of the model is still to be
    done, the firing becomes a step of it, so that every one is on record.
    """
    wanted = ItemFilter(("validation",), models=(model,), stages=("planned", "running"))
    for row in queries.list_items(work.connection, wanted):
        details = queries.current_details(work.connection, row.id)
        if isinstance(details, ValidationDetails) and details.cause is Cause.TRIGGERED:
            fired = ValidationDetails(trigger=trigger)
            moved = ValidationMoved(row.id, "trigger", fired, must_commit(reason))
            work.record(moved)
            return row.id
    id, state = new_id(), work.ask(present.current_state, model)
    called_for = ValidationDetails(
        description=must_commit(reason),
        owner=state.details.validator,
        cause=Cause.TRIGGERED,
        trigger=trigger,
        tier=state.details.tier,
    )
    work.record(ValidationOpened(id, (model,), called_for))
    return id


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

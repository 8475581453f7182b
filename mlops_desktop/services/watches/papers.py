"""What follows from a paper: a validation sets the model's clock, a rejected one leaves a gap."""

from collections import defaultdict

import mlops_desktop.store.queries.approvals as queries
from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRecorded, PaperRejected
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.validations import next_due
from mlops_desktop.services.onboarding import extend_plan
from mlops_desktop.services.session import effective_from
from mlops_desktop.store.queries import present
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.imports import find_import
from mlops_desktop.store.unit_of_work import Watch, WriteSession

_WITHOUT = (Approval.NEVER_VALIDATED, Approval.NEVER_APPROVED)


def _look(work: WriteSession, found: tuple[Event, ...]) -> None:
    told = [one for one in found if isinstance(one, PaperConfirmed | PaperRejected)]
    rows = {
        row.key: row
        for row in queries.list_requests(work.connection, keys=[one.request for one in told])
    }
    gaps: dict[str, list[str]] = defaultdict(list)
    for payload in told:
        row = rows[payload.request]
        if row.paper is None:
            continue
        if isinstance(payload, PaperRejected):
            if row.paper.intake is not None and _is_without(work, row):
                gaps[row.paper.intake].append(row.model)
        elif row.paper.kind is Kind.VALIDATION_REPORT:
            _set_clock(work, row, row.paper)
    for intake, models in gaps.items():
        plan = find_import(work.connection, intake).plan
        if plan is not None:
            extend_plan(work, plan, models)


def _is_without(work: WriteSession, row: RequestRow) -> bool:
    state = work.ask(present.current_state, row.model)
    return state.stage is not State.RETIRED and state.approval(clock.today()) in _WITHOUT


def _set_clock(work: WriteSession, row: RequestRow, paper: PaperRecorded) -> None:
    """Let the next validation be due from the true date, unless a later review is on record."""
    state = work.ask(present.current_state, row.model)
    details = _details(state, paper)
    if details is not None:
        edited = ModelEdited(row.model, details)
        work.record(edited, effective=effective_from(paper.decided_on))


def _details(state: ModelState, paper: PaperRecorded) -> ModelDetails | None:
    known, last = state.details, paper.decided_on
    if known.last_review is not None and known.last_review > last:
        return None
    if known.last_review == last and known.next_review is not None:
        return None  # the register said both, and the paper bears it out
    due = next_due(last, known.tier, known.review_frequency_months).due
    limited = min(due, paper.valid_until) if paper.valid_until is not None else due
    return ModelDetails(last_review=last, next_review=limited)


WATCH = Watch(frozenset({PaperConfirmed, PaperRejected}), _look)

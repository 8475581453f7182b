"""Validations recorded from paper among the validations: waiting, confirmed, rejected or revoked.

Their id is the key of the request that the paper is recorded as.
"""

from dataclasses import replace

from mlops_desktop.core import clock
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import ApprovalRevoked, ApprovalWithdrawn
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRecorded, PaperRejected
from mlops_desktop.core.events.registry import Event, Signature
from mlops_desktop.core.events.validations import (
    ValidationDetails,
    ValidationMoved,
    ValidationOpened,
)
from mlops_desktop.core.items.state import ItemState
from mlops_desktop.core.items.validations import FROM_PAPER, ON_PAPER, VALIDATION
from mlops_desktop.core.model_state import Happening
from mlops_desktop.core.rules import Kind
from mlops_desktop.store.projections.items import keep_step, read_state, write_item
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.items import items

_LEADS: dict[type[Event], tuple[str, str]] = {
    PaperConfirmed: ("confirm_paper", FROM_PAPER),
    PaperRejected: ("reject_paper", "cancelled"),
    ApprovalWithdrawn: ("cancel", "cancelled"),
    ApprovalRevoked: ("cancel", "cancelled"),
}
"""What each event is called among the steps, and to which stage it leads."""


@projects(PaperRecorded)
def project_paper_validation(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Show a validation on paper among the validations, from its true date."""
    payload = happening.payload
    if not isinstance(payload, PaperRecorded) or payload.kind is not Kind.VALIDATION_REPORT:
        return
    details, models = _details(payload), (payload.model,)
    day = happening.effective.date()
    opened = ValidationOpened(payload.request, models, details)
    state = ItemState(payload.request, ON_PAPER, details, models, happening.actor.person, day)
    _keep(rows, happening, state, opened)


@projects(*_LEADS)
def project_paper_step(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Advance a validation on paper by what a second person, or who recorded it, said of it."""
    step, stage = _LEADS[type(happening.payload)]
    request = str(happening.payload.request)  # type: ignore[attr-defined] # each of them has one
    state = read_state(rows, VALIDATION, rows.get(items, request))
    if state is None:
        return
    moved = replace(
        state,
        stage=stage,
        closed=happening.effective.date(),
        taken=(*state.taken, step),
        takers=(*state.takers, happening.actor.person),
    )
    told = ValidationMoved(request, step, ValidationDetails(), _reason(happening.payload))
    _keep(rows, happening, moved, told)


def _keep(rows: Rows, happening: Happening, state: ItemState, told: Event) -> None:
    rows.touched.update({(VALIDATION.noun, state.id), ("item", state.id)})
    shown = replace(happening, payload=told)
    keep_step(rows, VALIDATION, state.id, shown)
    write_item(rows, VALIDATION, state, shown, clock.to_text(happening.effective))


def _details(paper: PaperRecorded) -> ValidationDetails:
    """Return what the paper says in the fields of a validation; who validated is its title."""
    told = paper.validation
    return ValidationDetails(
        title=(told.validator if told is not None else None) or paper.body,
        description=paper.comment,
        cause=told.cause if told is not None else None,
        conclusion=told.conclusion if told is not None else None,
        report=paper.document.file,
        evidence=(paper.document.file,),
    )


def _reason(payload: object) -> Erasable | None:
    return getattr(payload, "reason", None) or getattr(payload, "comment", None)

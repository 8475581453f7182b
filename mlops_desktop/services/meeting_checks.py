"""What a meeting is held to: its day, and who may sign what it resolved."""

from datetime import date

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.core.standing import Status
from mlops_desktop.services.acts import refuse
from mlops_desktop.services.cases import View, relations_of
from mlops_desktop.store.queries.approvals import RequestRow


def check_asked(row: RequestRow, held_on: date) -> None:
    """Raise ``meeting.before_request`` for a meeting before a request was made."""
    asked = clock.from_text(row.requested_at).date()
    if held_on < asked:
        first, day = asked.isoformat(), held_on.isoformat()
        raise AppError("meeting.before_request", where="held_on", id=row.id, first=first, day=day)


def step_of(body: str, row: RequestRow) -> str:
    """Return the step of a request that a body decides; raises ``meeting.no_step``."""
    rule = row.state.rule_kept
    for step in rule.steps:
        if step.committee is not None and step.committee.casefold() == body.casefold():
            return step.id
    raise AppError("meeting.no_step", where="request", rule=rule.id, body=body, id=row.id)


def check_held(held_on: date) -> None:
    """Raise ``meeting.not_held_yet`` for minutes of a meeting that is still to come."""
    if held_on > clock.today():
        raise AppError("meeting.not_held_yet", where="minutes", day=held_on.isoformat())


def refuse_signer(view: View, request: RequestRow, person: Person) -> None:
    """Raise ``approval.refused_…`` for who may not decide a request, or sign at all."""
    status = request.status.value
    if request.status is not Status.OPEN:
        raise AppError("approval.not_open", status=status)
    refuse("revoked" if person.is_revoked else None, person, status)
    refuse(None if person.can_sign else "no_certificate", person, status)
    rule = request.state.rule_kept
    refuse(relations_of(view, request).barring(rule, person.id), person, status)
    refuse("recused" if person.id in request.state.recused else None, person, status)

"""Requests that wait for a decision, for who may decide; open conditions, for the owner."""

from collections.abc import Iterator

from mlops_desktop.core import clock
from mlops_desktop.core.approvals import due_on
from mlops_desktop.core.asof import NOW
from mlops_desktop.core.identity import Person
from mlops_desktop.core.segregation import confirmation_refusal
from mlops_desktop.core.signers import may_still_sign
from mlops_desktop.core.standing import GRANTED, Status
from mlops_desktop.services.cases import case_of, relations_of
from mlops_desktop.services.conditions import stand_of_conditions
from mlops_desktop.services.notices.nouns import Asked, Notice
from mlops_desktop.store.queries import approvals, people, profile_facts
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.models import get_model


def find(asked: Asked) -> Iterator[Notice]:
    """Yield requests whatever their date, since they wait now, and conditions by theirs."""
    connection = asked.view.connection
    everybody = people.list_people(connection)
    for row in approvals.list_requests(connection, status=Status.OPEN):
        due = due_on(row.state.rule_kept, clock.from_text(row.requested_at).date())
        yield Notice("approval", row.id, due, _deciders(asked, row, everybody), row.model_name)
    # Most of what was granted has no conditions, and is not read.
    keys = profile_facts.conditional_requests(connection, NOW)
    for row in approvals.list_requests(connection, keys=keys):
        if row.status in GRANTED:
            yield from _conditions(asked, row)


def _deciders(asked: Asked, row: RequestRow, everybody: tuple[Person, ...]) -> tuple[str, ...]:
    if row.paper is not None:  # a second person confirms it
        relations = relations_of(asked.view, row)
        able = [one for one in everybody if confirmation_refusal(relations, one) is None]
    else:
        able = list(may_still_sign(case_of(asked.view, row), everybody))
    return tuple(person.id for person in able)


def _conditions(asked: Asked, row: RequestRow) -> Iterator[Notice]:
    for one in stand_of_conditions(row, asked.today):
        if one.met is None and one.due is not None and one.due <= asked.until:
            owner = get_model(asked.view.connection, row.model).state.details.owner
            persons = (owner,) if owner else ()
            id = f"{row.id}/{one.number}"
            yield Notice("condition", id, one.due, persons, row.model_name, one.text or "")

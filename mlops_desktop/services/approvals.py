"""Requests for approval: ask, list, withdraw; who may still sign."""

import mlops_desktop.store.queries.approvals as queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import approvals
from mlops_desktop.core.approvals import FOUR_EYES, RULES, Relations, Status
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import (
    ApprovalRequested,
    ApprovalWithdrawn,
)
from mlops_desktop.core.identity import Person
from mlops_desktop.core.lifecycle import NOT_CURRENT
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.approvals import RequestRow, casts_of
from mlops_desktop.store.queries.versions import VersionRow, list_versions
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession


def list_requests(
    session: Session, *, status: Status | None = None, as_of: AsOf = NOW
) -> tuple[RequestRow, ...]:
    """Return all requests, newest first."""
    with session.workspace.read() as view:
        return queries.list_requests(view.connection, status=status, as_of=as_of)


def show_request(session: Session, key: str) -> RequestRow:
    """Return one request by id."""
    with session.workspace.read() as view:
        return queries.get_request(view.connection, key)


def request_approval(
    session: Session, named: str, version: str, environment: str, comment: str | None = None
) -> Recorded:
    """Ask for a decision: may this version go to that environment.

    Raises ``approval.already_open``, ``approval.model_not_current``,
    ``approval.environment_missing``, ``version.not_found``, and ``approval.nobody_can_sign`` where
    no quorum of enrolled persons could ever decide it.
    """
    environment = clean_text(environment).strip()
    if not environment:
        raise AppError("approval.environment_missing", where="environment")
    with session.workspace.write(session.actor) as work:
        key = model_queries.find_model(work.connection, named)
        found = model_queries.get_model(work.connection, key)
        state = found.state
        if state.stage in NOT_CURRENT:
            told = found.row.state.value
            raise AppError("approval.model_not_current", id=found.row.id, state=told)
        chosen = find_version(work, key, version)
        _refuse_second(work, key, chosen, environment)
        _refuse_hopeless(work, state)
        covered = approvals.covered_fields(state.details, chosen.details)
        request = new_id()
        work.record(
            ApprovalRequested(
                request,
                key,
                chosen.key,
                environment,
                FOUR_EYES.id,
                covered,
                approvals.digest_fields(covered),
                commit_text(comment),
            )
        )
    return Recorded(request, work.changes)


def find_version(view: ReadSession | WriteSession, model: str, label: str) -> VersionRow:
    """Return a model's version by its label; raises ``version.not_found``."""
    wanted = label.removeprefix("v") if label[:1] == "v" and label[1:].isdecimal() else label
    for row in list_versions(view.connection, model):
        if row.details.version == wanted:
            return row
    raise AppError("version.not_found", where="version", version=label)


def _refuse_second(work: WriteSession, model: str, version: VersionRow, environment: str) -> None:
    for row in queries.list_requests(work.connection, model=model, status=Status.OPEN):
        if (row.version, row.environment) == (version.key, environment):
            raise AppError("approval.already_open", version=row.label, environment=environment)


def _refuse_hopeless(work: WriteSession, state: ModelState) -> None:
    relations = state.relations(work.actor.person)
    everybody = people.list_people(work.connection)
    able = approvals.may_still_sign(FOUR_EYES, relations, (), everybody)
    needed = sum(step.needed for step in FOUR_EYES.steps)
    if len(able) < needed:
        raise AppError("approval.nobody_can_sign", needed=needed, able=len(able))


def relations_of(view: ReadSession | WriteSession, row: RequestRow) -> Relations:
    """Return the persons a request is about: every owner and developer, and the requester."""
    return model_queries.get_model(view.connection, row.model).state.relations(row.requester)


def signers_left(session: Session, key: str) -> tuple[Person, ...]:
    """Return the persons who may still decide an open request."""
    with session.workspace.read() as view:
        row = queries.get_request(view.connection, key)
        relations = relations_of(view, row)
        everybody = people.list_people(view.connection)
        rule, casts = RULES[row.rule], casts_of(row.decisions)
        return approvals.may_still_sign(rule, relations, casts, everybody)


def withdraw_request(session: Session, key: str, reason: str | None = None) -> Recorded:
    """Take an open request back; only who asked may. Raises ``approval.not_yours``."""
    with session.workspace.write(session.actor) as work:
        row = queries.get_request(work.connection, key)
        if row.status is not Status.OPEN:
            raise AppError("approval.not_open", status=row.status.value)
        if row.requester != session.actor.person:
            raise AppError("approval.not_yours")
        work.record(ApprovalWithdrawn(row.key, row.model, commit_text(reason)))
    return Recorded(row.key, work.changes)

"""Requests for approval: ask, list, withdraw; who may still sign."""

import mlops_desktop.store.queries.approvals as queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import ApprovalWithdrawn
from mlops_desktop.core.identity import Person
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.signers import may_still_sign
from mlops_desktop.core.standing import Status
from mlops_desktop.services.asking import Asked, ask_approval
from mlops_desktop.services.cases import case_of
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.own_scope import Scopes, within
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.approvals import RequestRow


def list_requests(
    session: Session,
    *,
    model: str | None = None,
    status: Status | None = None,
    as_of: AsOf = NOW,
    scopes: Scopes = (),
) -> tuple[RequestRow, ...]:
    """Return requests, newest first: all, or those about a model (its key) or of a status.

    Those inside some scopes are about a model of theirs, or about none.
    """
    with session.workspace.read() as view:
        rows = queries.list_requests(view.connection, model=model, status=status, as_of=as_of)
        near = within(view, scopes, as_of) if scopes else frozenset[str]()
    return tuple(r for r in rows if not scopes or not r.model_name or r.model in near)


def show_request(session: Session, key: str) -> RequestRow:
    """Return one request by id."""
    with session.workspace.read() as view:
        return queries.get_request(view.connection, key)


def request_approval(
    session: Session,
    named: str,
    version: str,
    environment: str,
    comment: str | None = None,
    *,
    entities: tuple[str, ...] = (),
) -> Recorded:
    """Ask for a decision: may this version go to that environment; raises as ``ask_approval``."""
    asked = Asked(Kind.PROMOTE, version, environment, comment, entities=entities)
    return ask_approval(session, named, asked)


def signers_left(session: Session, key: str) -> tuple[Person, ...]:
    """Return the persons who may still decide an open request."""
    with session.workspace.read() as view:
        row = queries.get_request(view.connection, key)
        everybody = people.list_people(view.connection)
        return may_still_sign(case_of(view, row), everybody)


@locks_late
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

"""Approvals that stand on paper: recorded with the file, confirmed by a second person's key."""

from dataclasses import dataclass
from datetime import date, datetime

import mlops_desktop.store.queries.approvals as queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import approvals, clock
from mlops_desktop.core.approvals import scope_fields
from mlops_desktop.core.date_rules import Relation, check_day, check_plausible
from mlops_desktop.core.documents import Document
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Condition
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRecorded, PaperValidation
from mlops_desktop.core.identity import Person
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.segregation import confirmation_refusal
from mlops_desktop.core.standing import Status
from mlops_desktop.core.validations import Cause, Light
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.acts import Signer, refuse, sign_act
from mlops_desktop.services.asking import covered_by, find_version
from mlops_desktop.services.cases import View, relations_of
from mlops_desktop.services.condition_dates import check_dues
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.documents import File, keep_file
from mlops_desktop.services.entities import find_entities
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import (
    Recorded,
    Session,
    commit_text,
    effective_from,
    must_commit,
)
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.versions import list_versions
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class NewValidation:
    """What a validation on paper was: of which kind, with which result, by whom."""

    cause: Cause = Cause.PERIODIC
    conclusion: Light | None = None
    validator: str = ""


@dataclass(frozen=True, slots=True)
class NewPaper:
    """What the paper says: which body decided when about what, and the file it is kept in."""

    body: str
    decided_on: date
    file: File | None = None
    version: str = ""
    environment: str = "production"
    kind: Kind = Kind.PROMOTE
    conditions: tuple[tuple[str, date | None], ...] = ()
    valid_until: date | None = None
    comment: str | None = None
    entities: tuple[str, ...] = ()
    """The legal entities the paper names, by what they are called; none means all."""
    reference: str | None = None
    validation: NewValidation | None = None
    intake: str | None = None


@locks_late
def record_paper(session: Session, named: str, paper: NewPaper) -> Recorded:
    """Record an earlier approval; it counts from its true date once a second person confirms it.

    Raises ``paper.body_missing``, ``paper.in_future``, ``date.…``, ``model.not_found``,
    ``version.not_found``, ``document.empty``, ``entity.not_found``.
    """
    if not clean_text(paper.body).strip():
        raise AppError("paper.body_missing", where="body")
    if paper.decided_on > clock.today():
        raise AppError("paper.in_future", where="decided_on")
    _check_dates(paper)
    with session.workspace.write(session.actor) as work:
        request = add_paper(work, model_queries.find_model(work.connection, named), paper)
    return Recorded(request, work.changes)


def _check_dates(paper: NewPaper) -> None:
    """Refuse an end or a condition before the decision; both may be long past by now."""
    check_plausible("decided_on", paper.decided_on)
    if paper.valid_until is not None:
        check_day("valid_until", paper.valid_until, Relation.NOT_BEFORE, paper.decided_on)
    check_dues(paper.conditions, paper.decided_on)


def add_paper(work: WriteSession, model: str, paper: NewPaper) -> str:
    """Record an earlier approval inside a session; return the request's key."""
    version = find_version(work, model, paper.version).key if paper.version else ""
    if paper.file is None:
        raise AppError("paper.file_missing", where="file")
    return put_paper(work, (model, version), paper, keep_file(work, paper.file))


def put_paper(
    work: WriteSession, about: tuple[str, str], paper: NewPaper, document: Document
) -> str:
    """Record an earlier approval of a model and a version by their keys, as an import does."""
    request, (model, version) = new_id(), about
    work.record(
        PaperRecorded(
            request,
            model,
            version,
            clean_text(paper.environment).strip(),
            must_commit(paper.body),
            paper.decided_on,
            document,
            paper.kind,
            tuple(Condition(must_commit(text), due) for text, due in paper.conditions),
            paper.valid_until,
            commit_text(paper.comment),
            find_entities(work, paper.entities),
            commit_text(paper.reference),
            _validation(paper.validation),
            paper.intake,
        ),
        effective=effective_from(paper.decided_on),
    )
    return request


def _validation(told: NewValidation | None) -> PaperValidation | None:
    if told is None:
        return None
    return PaperValidation(told.cause, told.conclusion, commit_text(told.validator))


def confirm_paper(session: Session, key: str, unlock: Unlock) -> Recorded:
    """Sign that the record says what the paper says; from then on it counts, from its true date.

    Raises ``paper.not_one``, ``paper.already_confirmed``, ``approval.refused_recorder``,
    ``approval.refused_owner``, ``approval.refused_developer``.
    """

    def check(view: View, person: Person) -> RequestRow:
        row = queries.get_request(view.connection, key)
        check_paper(view, row, person)
        return row

    return sign_act(session, unlock, check, confirmed, holds_from)


def confirmed(
    work: WriteSession, row: RequestRow, signer: Signer, comment: str | None = None
) -> PaperConfirmed:
    """Return what a second person signs about a paper."""
    covered = _covered(work, row)
    return PaperConfirmed(
        row.key,
        row.model,
        signer.person.id,
        must_commit(signer.person.name),
        covered,
        approvals.digest_fields(covered),
        signer.seen,
        signer.person.fingerprint or "",
        commit_text(comment),
    )


def holds_from(row: RequestRow) -> datetime | None:
    """Return the moment from which a paper counts: the first of its day."""
    return effective_from(row.paper.decided_on if row.paper else None)


def check_paper(view: View, row: RequestRow, person: Person) -> None:
    """Raise what keeps a person from confirming or rejecting a paper."""
    if row.paper is None:
        raise AppError("paper.not_one", id=row.id)
    if row.confirmation is not None:
        raise AppError("paper.already_confirmed", id=row.id)
    if row.status is not Status.OPEN:
        raise AppError("approval.not_open", status=row.status.value)
    refusal = confirmation_refusal(relations_of(view, row), person)
    refuse("recorder" if refusal == "requester" else refusal, person)


def _covered(work: WriteSession, row: RequestRow) -> tuple[Pair, ...]:
    state = model_queries.get_model(work.connection, row.model).state
    versions = list_versions(work.connection, row.model)
    version = next((one for one in versions if one.key == row.version), None)
    return covered_by(state, version, scope_fields(row.state.entities))

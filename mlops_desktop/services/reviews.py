"""Requests for approval as signers read them: in a line each, one whole, and who may sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import mlops_desktop.store.queries.approvals as queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import clock
from mlops_desktop.core.approvals import due_on
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.approvals import ApprovalRevoked, ApprovalWithdrawn, Decision
from mlops_desktop.core.identity import Person
from mlops_desktop.core.rules import Kind, Rule
from mlops_desktop.core.segregation import confirmation_refusal, refusal_of
from mlops_desktop.core.signers import StepStand, deputies, is_hopeless, may_still_sign, stands
from mlops_desktop.core.standing import Status
from mlops_desktop.services.asking import Asked, find_version
from mlops_desktop.services.cases import bare_case, case_of, first_case, relations_of, rule_for
from mlops_desktop.services.conditions import ConditionStand, stand_of_conditions
from mlops_desktop.services.covered import CoveredField, read_covered
from mlops_desktop.services.models import read_sheet
from mlops_desktop.services.request_resolutions import ResolutionStand, resolutions_of
from mlops_desktop.services.session import Session
from mlops_desktop.store import log
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.entities import Entity, list_entities
from mlops_desktop.store.queries.named import printed_names
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.signed import check_signature
from mlops_desktop.store.unit_of_work import ReadSession

_YES = (Decision.APPROVE, Decision.CONDITION)
PROMOTION = Asked(environment="production")


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as lists show it; ``id`` is what people say, ``key`` the UUID.

    ``given`` of ``needed`` approvals are there, by ``approvers``; ``is_waiting`` where the acting
    person may decide. ``due`` is the day by which its rule wants it decided.
    """

    key: str
    id: str
    model: str
    model_id: str
    model_name: str
    label: str
    environment: str
    requester: str
    requested_at: datetime
    status: Status
    given: int
    needed: int
    is_waiting: bool
    approvers: tuple[str, ...]
    kind: Kind = Kind.PROMOTE
    due: date | None = None
    entities: tuple[str, ...] = ()
    """The legal entities it is limited to; none means all."""
    on_paper: bool = False
    """Whether it was recorded from paper; an open one waits for a second person."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a request ended by one person's word: revoked (signed) or withdrawn."""

    is_revoked: bool
    position: int
    person: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class RequestSheet:
    """One request whole. ``faults`` names what is wrong with a signature, by position.

    ``signers`` may still decide, ``deputies`` in whose place (holder, giver); ``refusal`` is the
    rule that keeps the acting person from it. ``due`` is when its rule wants it decided.
    """

    row: RequestRow
    given: int
    needed: int
    fields: tuple[CoveredField, ...]
    faults: Mapping[int, str]
    ending: Ending | None
    signers: tuple[Person, ...]
    refusal: str | None
    names: Mapping[str, str]
    """Names of persons and legal entities by id."""
    rule: Rule
    steps: tuple[StepStand, ...]
    deputies: tuple[tuple[Person, Person], ...]
    conditions: tuple[ConditionStand, ...]
    due: date | None
    is_hopeless: bool
    entities: tuple[Entity, ...] = ()
    """The legal entities for which it can still be approved."""
    resolutions: tuple[ResolutionStand, ...] = ()
    """What committees resolved about it."""


@dataclass(frozen=True, slots=True)
class Signers:
    """Who could sign a request that the acting person makes, and how many must, step by step."""

    able: tuple[Person, ...]
    needed: int
    rule: Rule
    steps: tuple[StepStand, ...]
    is_hopeless: bool


def list_lines(
    session: Session, as_of: AsOf = NOW, *, model: str | None = None
) -> tuple[RequestLine, ...]:
    """Return requests, those waiting for the acting person first, then the newest."""
    with session.workspace.read() as view:
        rows = queries.list_requests(view.connection, model=model, as_of=as_of)
        everybody = people.list_people(view.connection)
        actor = _person(everybody, session.actor.person) if as_of.is_now else None
        names = printed_names(view.connection)
        lines = [line_of(row, names, is_waiting=_is_waiting(view, row, actor)) for row in rows]
    return tuple(sorted(lines, key=lambda line: not line.is_waiting))


def find_waiting(session: Session) -> frozenset[str]:
    """Return the keys of the open requests that the acting person may decide."""
    with session.workspace.read() as view:
        rows = queries.list_requests(view.connection, status=Status.OPEN)
        actor = _person(people.list_people(view.connection), session.actor.person)
        return frozenset(row.key for row in rows if _is_waiting(view, row, actor))


def count_waiting(session: Session) -> int:
    """Return how many open requests the acting person may decide."""
    return len(find_waiting(session))


def show_sheet(session: Session, named: str, as_of: AsOf = NOW) -> RequestSheet:
    """Return one request with all that signers must see; raises ``approval.not_found``."""
    with session.workspace.read() as view:
        row = queries.get_request(view.connection, named, as_of)
        everybody = people.list_people(view.connection)
        actor = _person(everybody, session.actor.person)
        case = case_of(view, row)
        is_open = as_of.is_now and row.status is Status.OPEN and row.paper is None
        return RequestSheet(
            row,
            len(_approvers(row)),
            _needed(row),
            read_covered(view, row, read_sheet(view, row.model, as_of)),
            _faults(view, row),
            _ending(view, row, as_of),
            may_still_sign(case, everybody) if is_open else (),
            _refusal(view, row, actor) if actor is not None else "unknown",
            printed_names(view.connection),
            case.rule,
            stands(case, everybody if is_open else ()),
            tuple(deputies(case, everybody)) if is_open else (),
            stand_of_conditions(row, as_of.day),
            _due(row),
            is_open and is_hopeless(case, everybody),
            _entities(view, row),
            resolutions_of(view, row),
        )


def _entities(view: ReadSession, row: RequestRow) -> tuple[Entity, ...]:
    known = (one for one in list_entities(view.connection) if not one.is_closed)
    return tuple(one for one in known if row.state.covers(one.id))


def find_signers(session: Session, model: str, asked: Asked = PROMOTION) -> Signers:
    """Return who could decide a request about ``model`` if the acting person made it now."""
    with session.workspace.read() as view:
        key = model_queries.find_model(view.connection, model)
        state = model_queries.get_model(view.connection, key).state
        rule = rule_for(view, state, asked.kind, asked.environment)
        version = find_version(view, key, asked.version).key if asked.version else ""
        case = first_case(view, state, rule, session.actor.person, version)
        everybody = people.list_people(view.connection)
    able = may_still_sign(case, everybody)
    hopeless = is_hopeless(case, everybody)
    return Signers(able, rule.needed, rule, stands(case, everybody), hopeless)


def _person(everybody: tuple[Person, ...], id: str) -> Person | None:
    return next((person for person in everybody if person.id == id), None)


def line_of(row: RequestRow, names: Mapping[str, str], *, is_waiting: bool) -> RequestLine:
    """Return a request as lists show it."""
    return RequestLine(
        key=row.key,
        id=row.id,
        model=row.model,
        model_id=row.model_id,
        model_name=row.model_name,
        label=row.label,
        environment=row.environment,
        requester=names.get(row.requester, row.requester),
        requested_at=clock.from_text(row.requested_at),
        status=row.status,
        given=len(_approvers(row)),
        needed=_needed(row),
        is_waiting=is_waiting,
        approvers=tuple(sorted(names.get(id, id) for id in _approvers(row))),
        kind=row.kind,
        due=_due(row),
        entities=entities_of(row, names),
        on_paper=row.paper is not None,
    )


def entities_of(row: RequestRow, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the legal entities a request is limited to by now; none means all."""
    return tuple(sorted(names.get(one, one) for one in row.state.holds_for or ()))


def _is_waiting(view: ReadSession, row: RequestRow, actor: Person | None) -> bool:
    if row.status is not Status.OPEN or actor is None:
        return False
    # Whom the rule refuses whatever the model is needs no reading of the model.
    if row.paper is None and refusal_of(bare_case(row), actor) is not None:
        return False
    return _refusal(view, row, actor) is None


def _refusal(view: ReadSession, row: RequestRow, actor: Person) -> str | None:
    if row.paper is not None:  # a second person confirms it; nobody decides it again
        return confirmation_refusal(relations_of(view, row), actor)
    return refusal_of(case_of(view, row), actor)


def _due(row: RequestRow) -> date | None:
    asked = clock.from_text(row.requested_at).date()
    return due_on(row.state.rule_kept, asked) if row.status is Status.OPEN else None


def _approvers(row: RequestRow) -> set[str]:
    if row.confirmation is not None:
        return {row.confirmation.person}
    return {one.person for one in row.decisions if one.decided and one.attempted in _YES}


def _needed(row: RequestRow) -> int:
    return row.state.rule_kept.needed


def _faults(view: ReadSession, row: RequestRow) -> dict[int, str]:
    found = {}
    for one in row.decisions:
        if one.decided is not None:
            (stored,) = log.read_events(view.connection, one.position, one.position + 1)
            fault = check_signature(view.connection, stored.position, stored.body)
            if fault is not None:
                found[one.position] = fault
    return found


def _ending(view: ReadSession, row: RequestRow, as_of: AsOf) -> Ending | None:
    if row.status not in (Status.REVOKED, Status.WITHDRAWN):
        return None
    size = known_size(view.connection, as_of)
    for position, envelope in reversed(log.read_subject(view.connection, row.model)):
        payload = envelope.payload
        if not isinstance(payload, ApprovalRevoked | ApprovalWithdrawn) or position >= size:
            continue
        if payload.request == row.key:
            reason = payload.reason.text if payload.reason is not None else None
            is_revoked = isinstance(payload, ApprovalRevoked)
            return Ending(is_revoked, position, envelope.actor.person, envelope.at, reason or "")
    return None

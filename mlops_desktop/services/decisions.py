"""Decisions about requests: judged by the rules, signed with the person's own key, recorded."""

from dataclasses import dataclass, replace
from datetime import date

import mlops_desktop.store.queries.approvals as queries
from mlops_desktop.core import approvals, clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.date_rules import check_plausible
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRefused,
    ApprovalRevoked,
    Condition,
    Decision,
    Seen,
)
from mlops_desktop.core.identity import Person
from mlops_desktop.core.quorum import APPROVING
from mlops_desktop.core.segregation import Case, refusal_of, role_for, step_for
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.cases import View, case_of
from mlops_desktop.services.condition_dates import check_dues
from mlops_desktop.services.entities import find_entities
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import (
    Recorded,
    Session,
    Unlock,
    commit_text,
    must_commit,
)
from mlops_desktop.services.signing import sign_event
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.named import printed_names
from mlops_desktop.store.unit_of_work import WriteSession

__all__ = ["Unlock"]
"""Asks for the person's secret and returns the unlocked key; raises AppError if refused."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a signer says: the decision, its meaning in words, and what goes with it.

    ``step`` is the one he decides, the first that fits unless said; ``on_behalf_of`` names in
    whose place he decides, by a delegation. ``entities`` limits an approval to these legal
    entities, by what they are called.
    """

    decision: Decision
    meaning: str
    comment: str | None = None
    conditions: tuple[tuple[str, date | None], ...] = ()
    valid_until: date | None = None
    step: str | None = None
    on_behalf_of: str | None = None
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hearing:
    """A request in front of a person: what the rules say, and the head he sees."""

    refusal: str | None
    person: Person
    principal: Person | None
    row: RequestRow
    case: Case
    seen: Seen

    @property
    def bearer(self) -> Person:
        """Whose right to decide is used."""
        return self.principal or self.person


def decide(session: Session, key: str, ballot: Ballot, unlock: Unlock) -> Recorded:
    """Decide a request and sign with the acting person's own key.

    The signature covers the digest of the covered fields and the head seen. A refusal names its
    rule (``approval.refused_…``) and the attempt stays on record. The secret is asked for only
    where the rules allow the decision, and before the ledger is locked.
    """
    _check_ballot(ballot)
    with session.workspace.read() as view:
        case = _hear(view, view.head_seen(), key, session.actor.person, ballot)
        if case.refusal is None:
            _limits(view, case, ballot)
    if case.refusal is not None:
        _refuse(session, case, ballot.decision)
    case, changes = _record_ballot(session, case, ballot, unlock(case.person))
    if case.refusal is not None:
        _refuse(session, case, ballot.decision)
    return Recorded(case.row.key, changes)


@locks_late
def _record_ballot(
    session: Session, before: _Hearing, ballot: Ballot, credential: Credential
) -> tuple[_Hearing, Changes]:
    """Let the rules speak again, since another signer may have been faster, and record."""
    with session.workspace.write(session.actor) as work:
        case = _hear(work, before.seen, before.row.key, session.actor.person, ballot)
        if case.refusal is None:
            limited = replace(ballot, entities=_limits(work, case, ballot))
            _record_decision(work, case, limited, credential)
    return case, work.changes


def _hear(view: View, seen: Seen, key: str, actor: str, ballot: Ballot | None = None) -> _Hearing:
    row = queries.get_request(view.connection, key)
    person = people.get_person(view.connection, actor)
    behalf = ballot.on_behalf_of if ballot else None
    principal = people.find_person(view.connection, behalf) if behalf else None
    case = case_of(view, row)
    step = ballot.step if ballot else None
    refusal = refusal_of(case, person, principal=principal, step=step)
    if row.paper is not None and refusal is None:
        refusal = "paper"
    return _Hearing(refusal, person, principal, row, case, seen)


def _check_ballot(ballot: Ballot) -> None:
    if not ballot.meaning.strip():
        raise AppError("approval.meaning_missing", where="meaning")
    if ballot.decision is Decision.REJECT and not (ballot.comment or "").strip():
        raise AppError("approval.reason_missing", where="comment")
    texts = [text.strip() for text, _ in ballot.conditions]
    if (ballot.decision is Decision.CONDITION and not texts) or not all(texts):
        raise AppError("approval.condition_missing", where="condition")
    if texts and ballot.decision is not Decision.CONDITION:
        raise AppError("approval.condition_unfit", where="condition")
    if ballot.valid_until is not None and ballot.valid_until < clock.today():
        raise AppError("approval.expired_before_granted", where="valid_until")
    if ballot.valid_until is not None:
        check_plausible("valid_until", ballot.valid_until)
    check_dues(ballot.conditions, clock.today())


def _limits(view: View, case: _Hearing, ballot: Ballot) -> tuple[str, ...]:
    """Return the ids of the entities an approval is limited to.

    Raises ``approval.entities_unfit`` where nothing is approved, ``approval.entities_outside``
    where the request was not made for one of them, or an earlier signer left it out.
    """
    found = find_entities(view, ballot.entities)
    if found and ballot.decision not in APPROVING:
        raise AppError("approval.entities_unfit", where="entities")
    held = case.row.state.holds_for
    outside = [one for one in found if held is not None and one not in held]
    if outside:
        names = printed_names(view.connection)
        told = ", ".join(names.get(one, one) for one in outside)
        raise AppError("approval.entities_outside", where="entities", names=told)
    return found


def _refuse(session: Session, case: _Hearing, decision: Decision) -> None:
    rule = case.refusal or ""
    with session.workspace.write(session.actor) as work:
        principal, person = case.principal, case.person
        behalf = principal.id if principal else None
        attempt = ApprovalRefused(case.row.key, case.row.model, person.id, decision, rule, behalf)
        work.record(attempt)
    raise refused(rule, person, case.row.status.value, case.bearer.name)


def refused(rule: str, person: Person, status: str, principal: str) -> AppError:
    """Return the error that names a rule: ``approval.refused_<rule>``."""
    code = f"approval.refused_{rule}"
    return AppError(code, person=person.name, principal=principal, status=status)


def _record_decision(
    work: WriteSession, case: _Hearing, ballot: Ballot, credential: Credential
) -> None:
    step = step_for(case.case, case.bearer, ballot.step)
    principal = case.principal
    decided = ApprovalDecided(
        request=case.row.key,
        model=case.row.model,
        person=case.person.id,
        name=must_commit(case.person.name),
        role=role_for(step, case.bearer),
        decision=ballot.decision,
        meaning=ballot.meaning,
        digest=case.row.digest,
        seen=case.seen,
        fingerprint=case.person.fingerprint or "",
        comment=commit_text(ballot.comment),
        conditions=tuple(Condition(must_commit(text), due) for text, due in ballot.conditions),
        valid_until=ballot.valid_until,
        on_behalf_of=principal.id if principal else None,
        step=step.id if step else None,
        behalf_name=must_commit(principal.name) if principal else None,
        delegation=_mandate(case.case, case.person, principal) if principal else None,
        entities=ballot.entities,
    )
    sign_event(work, decided, credential)


def _mandate(case: Case, holder: Person, giver: Person) -> str | None:
    """Return the id of the delegation by which ``holder`` decides in the place of ``giver``."""
    theirs = (one for one in case.delegations if (one.giver, one.holder) == (giver.id, holder.id))
    holding = (one.id for one in theirs if one.fault_on(case.on, case.model, case.kind) is None)
    return next(holding, None)


def revoke_approval(
    session: Session, key: str, reason: str, meaning: str, unlock: Unlock
) -> Recorded:
    """Let a granted approval hold no longer; signed. Raises ``approval.not_granted``."""
    if not reason.strip():
        raise AppError("approval.reason_missing", where="reason")
    if not meaning.strip():
        raise AppError("approval.meaning_missing", where="meaning")
    with session.workspace.read() as view:
        case = _hear(view, view.head_seen(), key, session.actor.person)
    _check_revocable(case)
    credential = unlock(case.person)
    with session.workspace.write(session.actor) as work:
        case = _hear(work, case.seen, key, session.actor.person)
        _check_revocable(case)
        revoked = ApprovalRevoked(
            request=case.row.key,
            model=case.row.model,
            person=case.person.id,
            name=must_commit(case.person.name),
            role=role_for(None, case.person),
            meaning=meaning,
            digest=case.row.digest,
            seen=case.seen,
            fingerprint=case.person.fingerprint or "",
            reason=must_commit(reason),
        )
        sign_event(work, revoked, credential)
    return Recorded(case.row.key, work.changes)


def _check_revocable(case: _Hearing) -> None:
    if case.row.status not in approvals.GRANTED:
        raise AppError("approval.not_granted", status=case.row.status.value)
    if not case.person.can_sign:
        raise AppError("approval.refused_no_certificate", person=case.person.name)

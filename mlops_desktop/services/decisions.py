"""Decisions about requests: judged by the rules, signed with the person's own key, recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.approvals as queries
from mlops_desktop.core import approvals, clock
from mlops_desktop.core.approvals import RULES
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRefused,
    ApprovalRevoked,
    Condition,
    Decision,
    Seen,
)
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.approvals import relations_of
from mlops_desktop.services.session import Recorded, Session, commit_text, must_commit
from mlops_desktop.services.signing import sign_event
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.approvals import RequestRow, casts_of
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

Unlock = Callable[[Person], Credential]
"""Asks for the person's secret and returns the unlocked key; raises AppError if refused."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a signer says: the decision, its meaning in words, and what goes with it."""

    decision: Decision
    meaning: str
    comment: str | None = None
    conditions: tuple[tuple[str, date | None], ...] = ()
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """A request in front of a person: what the rules say, and the head he sees."""

    refusal: str | None
    person: Person
    row: RequestRow
    seen: Seen


def decide(session: Session, key: str, ballot: Ballot, unlock: Unlock) -> Recorded:
    """Decide a request and sign with the acting person's own key.

    The signature covers the digest of the covered fields and the head seen. A refusal names its
    rule (``approval.refused_…``) and the attempt stays on record. The secret is asked for only
    where the rules allow the decision, and before the ledger is locked.
    """
    _check_ballot(ballot)
    with session.workspace.read() as view:
        case = _judge(view, view.head_seen(), key, session.actor.person)
    if case.refusal is not None:
        _refuse(session, case, ballot.decision)
    credential = unlock(case.person)
    with session.workspace.write(session.actor) as work:
        # Another signer may have been faster: the rules speak again, under the lock.
        case = _judge(work, case.seen, key, session.actor.person)
        if case.refusal is None:
            _record_decision(work, case, ballot, credential)
    if case.refusal is not None:
        _refuse(session, case, ballot.decision)
    return Recorded(case.row.key, work.changes)


def _judge(view: ReadSession | WriteSession, seen: Seen, key: str, actor: str) -> _Case:
    row = queries.get_request(view.connection, key)
    person = people.get_person(view.connection, actor)
    rule, casts = RULES[row.rule], casts_of(row.decisions)
    relations = relations_of(view, row)
    refusal = approvals.refusal_of(rule, relations, casts, person, row.status)
    return _Case(refusal, person, row, seen)


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


def _refuse(session: Session, case: _Case, decision: Decision) -> None:
    rule = case.refusal or ""
    with session.workspace.write(session.actor) as work:
        attempt = ApprovalRefused(case.row.key, case.row.model, case.person.id, decision, rule)
        work.record(attempt)
    status = case.row.status.value
    raise AppError(f"approval.refused_{rule}", person=case.person.name, status=status)


def _record_decision(
    work: WriteSession, case: _Case, ballot: Ballot, credential: Credential
) -> None:
    decided = ApprovalDecided(
        request=case.row.key,
        model=case.row.model,
        person=case.person.id,
        name=must_commit(case.person.name),
        role=_role(case.person),
        decision=ballot.decision,
        meaning=ballot.meaning,
        digest=case.row.digest,
        seen=case.seen,
        fingerprint=case.person.fingerprint or "",
        comment=commit_text(ballot.comment),
        conditions=tuple(Condition(must_commit(text), due) for text, due in ballot.conditions),
        valid_until=ballot.valid_until,
    )
    sign_event(work, decided, credential)


def _role(person: Person) -> Role:
    return person.roles[0] if person.roles else Role.RISK_MANAGER


def revoke_approval(
    session: Session, key: str, reason: str, meaning: str, unlock: Unlock
) -> Recorded:
    """Let a granted approval hold no longer; signed. Raises ``approval.not_granted``."""
    if not reason.strip():
        raise AppError("approval.reason_missing", where="reason")
    if not meaning.strip():
        raise AppError("approval.meaning_missing", where="meaning")
    with session.workspace.read() as view:
        case = _judge(view, view.head_seen(), key, session.actor.person)
    _check_revocable(case)
    credential = unlock(case.person)
    with session.workspace.write(session.actor) as work:
        case = _judge(work, case.seen, key, session.actor.person)
        _check_revocable(case)
        revoked = ApprovalRevoked(
            request=case.row.key,
            model=case.row.model,
            person=case.person.id,
            name=must_commit(case.person.name),
            role=_role(case.person),
            meaning=meaning,
            digest=case.row.digest,
            seen=case.seen,
            fingerprint=case.person.fingerprint or "",
            reason=must_commit(reason),
        )
        sign_event(work, revoked, credential)
    return Recorded(case.row.key, work.changes)


def _check_revocable(case: _Case) -> None:
    if case.row.status not in approvals.GRANTED:
        raise AppError("approval.not_granted", status=case.row.status.value)
    if not case.person.can_sign:
        raise AppError("approval.refused_no_certificate", person=case.person.name)

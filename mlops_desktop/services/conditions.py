"""Conditions of approvals: how they stand, and that one is met, signed by an independent person."""

from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.approvals as queries
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Condition, ConditionMet
from mlops_desktop.core.identity import Person
from mlops_desktop.core.segregation import confirmation_refusal
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.services.acts import Signer, refuse, sign_act
from mlops_desktop.services.cases import View, relations_of
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.documents import File, keep_file
from mlops_desktop.services.session import Recorded, Session, commit_text, must_commit
from mlops_desktop.store.queries.approvals import MarkRow, RequestRow
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class ConditionStand:
    """A condition by its number, who set it, by when it is due, and how it was met."""

    number: int
    text: str | None
    due: date | None
    by: str
    met: ConditionMet | None
    met_at: str | None
    is_overdue: bool
    words: Erasable


def stand_of_conditions(row: RequestRow, on: date) -> tuple[ConditionStand, ...]:
    """Return every condition of a request, in the order set."""
    met = {told.number: (told, mark.at) for told, mark in _fulfilments(row)}
    stands = zip(_set(row), row.state.obligations, strict=True)
    return tuple(
        ConditionStand(
            one.number,
            condition.text.text,
            condition.due,
            by,
            met.get(one.number, _OPEN)[0],
            met.get(one.number, _OPEN)[1],
            one.is_overdue(on) and row.status in GRANTED,
            condition.text,
        )
        for (by, condition), one in stands
    )


_OPEN = (None, None)


def _fulfilments(row: RequestRow) -> list[tuple[ConditionMet, MarkRow]]:
    return [(one.payload, one) for one in row.marks if isinstance(one.payload, ConditionMet)]


def _set(row: RequestRow) -> list[tuple[str, Condition]]:
    signed = [one.decided for one in row.decisions if one.decided is not None]
    found = [(one.person, condition) for one in signed for condition in one.conditions]
    if row.paper is not None:
        found += [(row.requester, condition) for condition in row.paper.conditions]
    return found


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """What shows that a condition is met."""

    number: int
    file: File
    comment: str | None = None


def meet_condition(session: Session, key: str, done: Fulfilment, unlock: Unlock) -> Recorded:
    """Sign that a condition is met, by the evidence named.

    Raises ``approval.refused_owner`` and its kin for whom the rules keep from it,
    ``condition.not_found``, ``condition.already_met``, ``condition.not_binding``.
    """

    def check(view: View, person: Person) -> RequestRow:
        return _check(view, key, person, done.number)

    def make(work: WriteSession, row: RequestRow, signer: Signer) -> ConditionMet:
        return ConditionMet(
            row.key,
            row.model,
            done.number,
            signer.person.id,
            must_commit(signer.person.name),
            row.digest,
            signer.seen,
            signer.person.fingerprint or "",
            keep_file(work, done.file),
            commit_text(done.comment),
        )

    return sign_act(session, unlock, check, make)


def _check(view: View, key: str, person: Person, number: int) -> RequestRow:
    row = queries.get_request(view.connection, key)
    refuse(confirmation_refusal(relations_of(view, row), person), person, row.status.value)
    found = next((one for one in row.state.obligations if one.number == number), None)
    if found is None:
        raise AppError("condition.not_found", where="number", number=number, id=row.id)
    if found.is_met:
        raise AppError("condition.already_met", number=number, id=row.id)
    if row.status not in GRANTED:
        raise AppError("condition.not_binding", id=row.id, status=row.status.value)
    return row

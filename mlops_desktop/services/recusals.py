"""Recusal: a person declares himself partial and decides a request no more."""

import mlops_desktop.store.queries.approvals as queries
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import ApprovalRecused
from mlops_desktop.core.identity import Person
from mlops_desktop.core.standing import Status
from mlops_desktop.services.acts import Signer, refuse, sign_act
from mlops_desktop.services.cases import View
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.session import Recorded, Session, must_commit
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.unit_of_work import WriteSession


def recuse(session: Session, key: str, reason: str, unlock: Unlock) -> Recorded:
    """Declare the acting person partial; signed, for good.

    Raises ``approval.reason_missing``, ``approval.not_open``, ``approval.refused_twice`` for who
    has decided, and ``approval.refused_recused`` for who is recused already.
    """
    if not reason.strip():
        raise AppError("approval.reason_missing", where="reason")

    def check(view: View, person: Person) -> RequestRow:
        row = queries.get_request(view.connection, key)
        if row.status is not Status.OPEN:
            raise AppError("approval.not_open", status=row.status.value)
        has_decided = any(person.id in (cast.person, cast.on_behalf_of) for cast in row.state.casts)
        refuse("twice" if has_decided else None, person)
        refuse("recused" if person.id in row.state.recused else None, person)
        return row

    def make(work: WriteSession, row: RequestRow, signer: Signer) -> ApprovalRecused:
        return ApprovalRecused(
            row.key,
            row.model,
            signer.person.id,
            must_commit(signer.person.name),
            must_commit(reason),
            row.digest,
            signer.seen,
            signer.person.fingerprint or "",
        )

    return sign_act(session, unlock, check, make)

"""Delegations: who lets whom sign in his place, granted with the giver's own key."""

from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.authority import Act
from mlops_desktop.core.date_rules import check_plausible
from mlops_desktop.core.delegations import Mandate
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.delegations import DelegationGranted, DelegationRevoked
from mlops_desktop.core.identity import Person
from mlops_desktop.core.rules import Kind
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.acts import Signer, sign_act
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.cases import View
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session, commit_text, must_commit
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries import rules as queries
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.queries.rules import DelegationRow
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class NewDelegation:
    """To whom, from the first to the last day, for which models and kinds (none: all), and why."""

    holder: str
    begins: date
    ends: date
    models: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    reason: str | None = None


def list_delegations(session: Session, as_of: AsOf = NOW) -> tuple[DelegationRow, ...]:
    """Return every delegation in the order granted, as known on the day asked for."""
    with session.workspace.read() as view:
        size = known_size(view.connection, as_of)
        return queries.list_delegations(view.connection, size)


def grant_delegation(session: Session, wanted: NewDelegation, unlock: Unlock) -> Recorded:
    """Let another person sign in the acting person's place; signed with his own key.

    Raises ``delegation.ends_before_it_begins``, ``delegation.is_past``,
    ``delegation.begins_in_the_past``, ``delegation.to_oneself``, ``delegation.holder_revoked``,
    ``date.implausible``, ``person.not_found``, ``model.not_found``.
    """
    _check_days(wanted)

    def check(view: View, person: Person) -> tuple[Person, tuple[str, ...]]:
        holder = people.find_person(view.connection, wanted.holder)
        if holder.id == person.id:
            raise AppError("delegation.to_oneself", where="holder")
        if holder.is_revoked:
            raise AppError("delegation.holder_revoked", where="holder", name=holder.name)
        found = (model_queries.find_model(view.connection, named) for named in wanted.models)
        return holder, tuple(found)

    def make(
        work: WriteSession, found: tuple[Person, tuple[str, ...]], signer: Signer
    ) -> DelegationGranted:
        holder, models = found
        return DelegationGranted(
            new_id(),
            signer.person.id,
            must_commit(signer.person.name),
            holder.id,
            wanted.begins,
            wanted.ends,
            signer.seen,
            signer.person.fingerprint or "",
            Mandate(models, wanted.kinds),
            commit_text(wanted.reason),
        )

    return sign_act(session, unlock, check, make)


def _check_days(wanted: NewDelegation) -> None:
    if wanted.ends < wanted.begins:
        raise AppError("delegation.ends_before_it_begins", where="ends")
    if wanted.ends < clock.today():
        raise AppError("delegation.is_past", where="ends")
    if wanted.begins < clock.today():
        told = wanted.begins.isoformat()
        raise AppError("delegation.begins_in_the_past", where="begins", day=told)
    check_plausible("ends", wanted.ends)


@locks_late
def revoke_delegation(session: Session, id: str, reason: str | None = None) -> Recorded:
    """Take a delegation back, or give it back; giver, holder and model risk management may.

    Raises ``delegation.not_found``, ``authority.end_delegation``,
    ``delegation.already_revoked``.
    """
    with session.workspace.write(session.actor) as work:
        found = queries.get_delegation(work.connection, id)
        delegation = found.delegation
        ends = {"giver": delegation.giver, "holder": delegation.holder}
        held = frozenset(name for name, who in ends.items() if who == session.actor.person)
        check_authority(session, work, Act.END_DELEGATION, relations=held)
        if delegation.is_revoked:
            raise AppError("delegation.already_revoked")
        work.record(DelegationRevoked(delegation.id, commit_text(reason)))
    return Recorded(delegation.id, work.changes)

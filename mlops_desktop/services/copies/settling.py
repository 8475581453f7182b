"""Conflicts settled by a person: what the team has stays, or it is done again on what is there."""

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import ConflictSettled, Fate, Settlement
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.fates import judge, made_by
from mlops_desktop.core.identity import Role
from mlops_desktop.ledger.decisions import MUST_BE_SIGNED, SIGNED_BY_HOLDERS
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.copies.judging import needs_rules
from mlops_desktop.services.copies.rules import find_refusal
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.envelopes import type_of
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.copies import HeldRow, list_held
from mlops_desktop.store.unit_of_work import WriteSession

_SETTLE = (Role.RISK_MANAGER, Role.ADMINISTRATOR)
_FOR_GOOD = (Fate.NUMBER_TAKEN, Fate.DECIDED_ALREADY)
"""What stays in the way: a name borne twice or a second decision is nothing to overwrite."""


def settle(
    session: Session, event: str, settlement: Settlement, comment: str | None = None
) -> Recorded:
    """Settle what was held back, by its id; returns the id of the event that says so.

    Its author may do it again: the same change as a new event, if nothing is in its way now. What
    was signed is never done again for anybody: who still means it signs anew. Nor is what bears
    a name that is taken, what was decided by others, or the settling of another conflict. Raises
    ``copy.conflict_not_found``, ``copy.settled_already``, ``copy.not_author``,
    ``copy.sign_anew``, ``copy.not_again``, ``copy.not_again_by_rule``.
    """
    with session.workspace.write(session.actor) as work:
        held = _find(work, event)
        _check_may(work, held, settlement)
        again = _do_again(work, held) if settlement is Settlement.DONE_AGAIN else None
        told = ConflictSettled(held.envelope.id, settlement, again, commit_text(comment))
        made = work.record(told)
    return Recorded(made.id, work.changes)


def _find(work: WriteSession, event: str) -> HeldRow:
    found = list_held(work.connection, event=event)
    if not found:
        raise AppError("copy.conflict_not_found", where="event", id=event)
    if found[0].settlement is not None:
        raise AppError("copy.settled_already", id=event)
    return found[0]


def _check_may(work: WriteSession, held: HeldRow, settlement: Settlement) -> None:
    author, person = held.envelope.actor.person, work.actor.person
    if person == author:
        return
    roles = people.get_person(work.connection, person).roles
    if settlement is Settlement.DONE_AGAIN or not set(roles).intersection(_SETTLE):
        raise AppError("copy.not_author", name=people.get_person(work.connection, author).name)


def _do_again(work: WriteSession, held: HeldRow) -> str:
    kind = type_of(held.envelope)
    if held.envelope.signature is not None or kind in MUST_BE_SIGNED | SIGNED_BY_HOLDERS:
        raise AppError("copy.sign_anew")
    if held.fate in _FOR_GOOD or isinstance(held.envelope.payload, ConflictSettled):
        raise _not_again(held.fate, held.rule)
    _check_nothing_in_its_way(work, held)
    return work.record(held.envelope.payload).id


def _check_nothing_in_its_way(work: WriteSession, held: HeldRow) -> None:
    """Ask the table and the rules as of the event that is about to be recorded."""
    waiting = {
        made: one.envelope.id
        for one in list_held(work.connection)
        if one.envelope.id != held.envelope.id
        if (made := made_by(one.envelope.payload)) is not None
        if one.settlement is not Settlement.DONE_AGAIN
    }
    verdict = judge(held.envelope.payload, work.before.size, {}, waiting)
    now = clock.now()
    again = Envelope(new_id(), now, now, work.actor, held.envelope.workspace, held.envelope.payload)
    if verdict.fate is Fate.EFFECTIVE and needs_rules(again):
        verdict = find_refusal(work, again)
    if verdict.fate is not Fate.EFFECTIVE:
        raise _not_again(verdict.fate, verdict.rule)


def _not_again(fate: Fate, rule: str | None) -> AppError:
    if rule is not None:
        return AppError("copy.not_again_by_rule", refusal=rule)
    return AppError("copy.not_again", fate=fate.value)

"""Committees: who may vote on what, whether the quorum is there, and what was resolved."""

from collections.abc import Iterable
from dataclasses import dataclass

from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.segregation import Relations

VOTES = frozenset({Decision.APPROVE, Decision.REJECT, Decision.ABSTAIN})

_CHAIRING = (Role.BOARD, Role.RISK_MANAGER, Role.COMPLIANCE)
"""Whose part it is to lead a meeting, the nearest first; any other comes after them."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's vote on an item of the agenda."""

    item: int
    person: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Ballotting:
    """What was said about one item: who was there, who was partial, who voted how."""

    present: tuple[str, ...]
    recused: tuple[str, ...]
    votes: tuple[Vote, ...]
    quorum: int


def find_fault(one: Ballotting, relations: Relations, barred: Iterable[str]) -> str | None:
    """Return the rule that a ballot on a request breaks, None where it is in order.

    Who is barred from deciding the request, or partial, does not vote and is not counted; the
    others vote once, if they are there; enough of them must be.
    """
    voters = [vote.person for vote in one.votes]
    if len(set(voters)) < len(voters):
        return "voted_twice"
    if not set(voters) <= set(one.present):
        return "not_present"
    if set(voters) & set(one.recused):
        return "voted_though_partial"
    shut = set(barred)
    for person in voters:
        if shut.intersection(relations.of(person)):
            return "voted_though_barred"
    counted = [who for who in one.present if who not in one.recused]
    free = [who for who in counted if not shut.intersection(relations.of(who))]
    return None if len(free) >= one.quorum else "no_quorum"


def outcome_of(votes: Iterable[Vote]) -> Decision | None:
    """Return what a majority of yes and no resolved; a tie rejects, no vote at all is a note."""
    said = [vote.decision for vote in votes]
    if not said:
        return None
    is_yes = said.count(Decision.APPROVE) > said.count(Decision.REJECT)
    return Decision.APPROVE if is_yes else Decision.REJECT


def propose_leaders(people: Iterable[Person]) -> tuple[str | None, str | None]:
    """Return who is to be chair and secretary: two who can sign, an auditor neither; or nobody."""
    able = sorted((one for one in people if _can_lead(one)), key=_distance)
    first, second, *_ = (*(one.id for one in able), None, None)
    return first, second


def _can_lead(person: Person) -> bool:
    return person.can_sign and Role.AUDITOR not in person.roles


def _distance(person: Person) -> int:
    held = [_CHAIRING.index(role) for role in person.roles if role in _CHAIRING]
    return min(held, default=len(_CHAIRING))

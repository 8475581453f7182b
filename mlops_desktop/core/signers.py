"""Who may still sign a request: step by step, in whose place, and whether it is hopeless."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mlops_desktop.core.identity import Person
from mlops_desktop.core.quorum import Cast, counting, marks_of, missing, open_steps
from mlops_desktop.core.rules import Step
from mlops_desktop.core.segregation import Case, fits, personal_refusal, refusal_of


def may_still_sign(case: Case, people: Iterable[Person]) -> tuple[Person, ...]:
    """Return the persons who may still decide an open request, each in his own name."""
    return tuple(person for person in people if refusal_of(case, person) is None)


@dataclass(frozen=True, slots=True)
class StepStand:
    """How a step stands: who gave, how many are missing, who could still give."""

    step: Step
    given: tuple[Cast, ...]
    missing: int
    is_open: bool
    able: tuple[Person, ...] = ()

    @property
    def is_hopeless(self) -> bool:
        """Whether it lacks more than there are persons who could give it."""
        return self.step.committee is None and self.missing > len(self.able)


def stands(case: Case, people: tuple[Person, ...]) -> tuple[StepStand, ...]:
    """Return how every step stands, in the rule's order."""
    lacking = missing(case.rule, case.casts, case.resolutions)
    given = counting(case.rule, case.casts)
    open_ones = open_steps(case.rule, case.casts, case.resolutions)
    free = free_to_sign(case, people)
    return tuple(
        StepStand(
            step,
            given[step.id],
            lacking[step.id],
            step in open_ones,
            tuple(person for person in free if lacking[step.id] and fits(step, person)),
        )
        for step in case.rule.steps
    )


def free_to_sign(case: Case, people: Iterable[Person]) -> tuple[Person, ...]:
    """Return who is kept from deciding by no rule about persons, whichever step asks for him."""
    used = {mark for cast in case.casts for mark in marks_of(cast)}
    return tuple(
        person
        for person in people
        if personal_refusal(case, person) is None and not used & {person.id, person.fingerprint}
    )


def deputies(case: Case, people: tuple[Person, ...]) -> Iterator[tuple[Person, Person]]:
    """Yield who may sign now in whose place."""
    by_id = {person.id: person for person in people}
    for pair in sorted({(one.holder, one.giver) for one in case.delegations}):
        holder, giver = by_id.get(pair[0]), by_id.get(pair[1])
        if holder and giver and refusal_of(case, holder, principal=giver) is None:
            yield holder, giver


def is_hopeless(case: Case, people: tuple[Person, ...]) -> bool:
    """Tell whether no choice of persons could fill every step, each person signing once.

    Augmenting paths between places and persons (Kuhn): steps may compete for the same person.
    """
    lacking = missing(case.rule, case.casts, case.resolutions)
    places = [
        step for step in case.rule.steps if not step.committee for _ in range(lacking[step.id])
    ]
    able = free_to_sign(case, people)
    taken: dict[str, int] = {}

    def place(at: int, tried: set[str]) -> bool:
        for person in able:
            if person.id not in tried and fits(places[at], person):
                tried.add(person.id)
                if person.id not in taken or place(taken[person.id], tried):
                    taken[person.id] = at
                    return True
        return False

    return not all(place(at, set()) for at in range(len(places)))

"""Asks the approval rules again about every decision on record, as it stood when it was made."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mlops_desktop.core.approvals import RULES, Cast, Status, refusal_of
from mlops_desktop.core.identity import Person
from mlops_desktop.store.queries.decisions import PastDecision, past_decisions
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A decision on record that a rule refuses."""

    position: int
    rule: str


def find_broken_rules(view: ReadSession) -> Iterator[BrokenRule]:
    """Yield every decision that the rules would have refused; who enrolled whom is not judged."""
    casts: dict[str, list[Cast]] = defaultdict(list)
    for past in past_decisions(view.connection):
        before = casts[past.decided.request]
        refusal = _judge(past, before)
        if refusal is not None:
            yield BrokenRule(past.position, refusal)
        decided = past.decided
        before.append(Cast(decided.person, decided.decision, decided.fingerprint))


def _judge(past: PastDecision, before: list[Cast]) -> str | None:
    decided = past.decided
    # That the certificate was enrolled and good is what the signature's own check says.
    signer = Person(decided.person, "", (decided.role,), "enrolled", decided.fingerprint)
    return refusal_of(RULES[past.rule], past.relations, before, signer, Status.OPEN)

"""Single decisions of a model that somebody looked at with the personal data in them."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event


@dataclass(frozen=True, slots=True)
class Revealed:
    """What was seen of a decision: which inputs, by name; ``record`` is all of it, erasable."""

    inputs: tuple[str, ...]
    record: Erasable


@event("decision_record.revealed")
@dataclass(frozen=True, slots=True)
class DecisionRevealed:
    """A person had the personal data of one decision shown, for a purpose.

    Decisions stay where they are: none is brought in by a sync, and looking one up masked leaves
    nothing here. ``reference`` identifies a customer's case, so it is erasable as the rest is.
    """

    lookup: str
    source: str
    reference: Erasable
    purpose: Erasable
    revealed: Revealed
    model: str | None = None
    version: str | None = None

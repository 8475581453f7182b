"""What sources found, and what persons decided about it."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Entry, ModelDetails, Sighting


class Verdict(StrEnum):
    """Why a candidate is not taken into the inventory."""

    NOT_A_MODEL = "not_a_model"
    OUT_OF_SCOPE = "out_of_scope"
    TEST_ARTEFACT = "test_artefact"


@event("candidate.found")
@dataclass(frozen=True, slots=True)
class CandidateFound:
    """A source listed an entry that no model is linked to; it becomes a candidate."""

    model: str
    entry: Entry
    seen: Sighting


@event("candidate.accepted")
@dataclass(frozen=True, slots=True)
class CandidateAccepted:
    """A person decided: this is a model, and these are its details."""

    model: str
    details: ModelDetails


@event("candidate.rejected")
@dataclass(frozen=True, slots=True)
class CandidateRejected:
    """A person decided: this is no model of ours; it stays on record with the reason."""

    model: str
    verdict: Verdict
    reason: Erasable


@event("candidate.matched")
@dataclass(frozen=True, slots=True)
class CandidateMatched:
    """A person decided: this is the same as another model, whose entry it becomes."""

    model: str
    same_as: str
    reason: Erasable | None = None

"""What came back from copies of the workspace: each event with its fate, conflicts settled."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event


class Fate(StrEnum):
    """What became of an event that was recorded in a copy; all but the first hold it back."""

    EFFECTIVE = "effective"
    OTHER_VERSION = "other_version"
    STALE_BASE = "stale_base"
    DECIDED_ALREADY = "decided_already"
    NUMBER_TAKEN = "number_taken"
    RESTS_ON_HELD = "rests_on_held"
    REFUSED = "refused"


class Settlement(StrEnum):
    """How a person settled a conflict: what the team has stays, or it was done again."""

    KEPT = "kept"
    DONE_AGAIN = "done_again"


@dataclass(frozen=True, slots=True)
class Arrival:
    """The fate of one event: ``rule`` names what refused it, ``against`` the event in its way."""

    event: str
    fate: Fate
    rule: str | None = None
    against: str | None = None


@event("outbox.received")
@dataclass(frozen=True, slots=True)
class OutboxReceived:
    """Events of a copy follow, as they were recorded there; ``base`` is the head it knew.

    Those it holds back stand in the log and count for nothing.
    """

    copy: str
    person: str
    base: Seen
    arrivals: tuple[Arrival, ...]


@event("conflict.settled")
@dataclass(frozen=True, slots=True)
class ConflictSettled:
    """Somebody settled what was held back; ``again`` is the event by which it was done again."""

    event: str
    settlement: Settlement
    again: str | None = None
    comment: Erasable | None = None

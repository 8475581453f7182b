"""What a leaver holds, offered to somebody who must accept it."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.handovers import HeldModel


@event("handover.offered")
@dataclass(frozen=True, slots=True)
class HandoverOffered:
    """One batch: models with the roles held in them, and open items, by id."""

    handover: str
    giver: str
    receiver: str
    models: tuple[HeldModel, ...] = ()
    items: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("handover.accepted")
@dataclass(frozen=True, slots=True)
class HandoverAccepted:
    """The receiver took it over; the changes that follow are events of their own."""

    handover: str


@event("handover.refused")
@dataclass(frozen=True, slots=True)
class HandoverRefused:
    """The receiver did not take it."""

    handover: str
    reason: Erasable | None = None

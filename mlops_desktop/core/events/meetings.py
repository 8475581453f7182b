"""Meetings of committees and circular resolutions: called, minuted, signed."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Decision, Seen
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.meetings import Vote
from mlops_desktop.core.quorum import Capacity


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda; ``request`` is what it decides, None for what is only noted."""

    number: int
    title: Erasable
    request: str | None = None
    papers: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Partiality:
    """A member who left the table for an item, and why."""

    item: int
    person: str
    reason: Erasable


@event("meeting.called")
@dataclass(frozen=True, slots=True)
class MeetingCalled:
    """A committee meets, or decides by circular resolution: about what, and who belongs to it."""

    meeting: str
    body: str
    held_on: date
    chair: str
    secretary: str
    members: tuple[str, ...]
    quorum: int
    agenda: tuple[Item, ...]
    is_circular: bool = False


@event("meeting.item_added")
@dataclass(frozen=True, slots=True)
class MeetingItemAdded:
    """An item was put on the agenda of a meeting that was called already."""

    meeting: str
    item: Item


@event("meeting.minuted")
@dataclass(frozen=True, slots=True)
class MeetingMinuted:
    """What happened: who was there, who was partial, who voted how, and the minutes."""

    meeting: str
    present: tuple[str, ...]
    votes: tuple[Vote, ...]
    minutes: Erasable
    partial: tuple[Partiality, ...] = ()
    document: Document | None = None


@event("resolution.signed")
@dataclass(frozen=True, slots=True)
class ResolutionSigned:
    """Chair or secretary signed what was resolved about a request; both make it count."""

    request: str
    model: str
    meeting: str
    item: int
    step: str
    outcome: Decision
    person: str
    name: Erasable
    capacity: Capacity
    digest: str
    seen: Seen
    fingerprint: str

"""Approvals given on paper before the workspace was there: recorded, and confirmed by a second."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Condition, Seen
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.rules import Kind


@event("paper.recorded")
@dataclass(frozen=True, slots=True)
class PaperRecorded:
    """An approval stands on paper: who gave it, when, and the file; counts only once confirmed.

    ``version`` is empty where the paper names none; the event is effective from the paper's date.
    ``entities`` are the legal entities the paper names; none means all of them.
    """

    request: str
    model: str
    version: str
    environment: str
    body: Erasable
    decided_on: date
    document: Document
    kind: Kind = Kind.PROMOTE
    conditions: tuple[Condition, ...] = ()
    valid_until: date | None = None
    comment: Erasable | None = None
    entities: tuple[str, ...] = ()


@event("paper.confirmed")
@dataclass(frozen=True, slots=True)
class PaperConfirmed:
    """A second person compared record and paper and signed; the approval counts from its date.

    ``covered`` and ``digest`` say what the model is as he confirms: a later change voids it.
    """

    request: str
    model: str
    person: str
    name: Erasable
    covered: tuple[Pair, ...]
    digest: str
    seen: Seen
    fingerprint: str

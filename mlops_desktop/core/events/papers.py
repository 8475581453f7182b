"""Approvals and validations on paper from before the workspace: recorded, confirmed by a second."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Condition, Seen
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.validations import Cause, Light


@dataclass(frozen=True, slots=True)
class PaperValidation:
    """What a validation on paper was: of which kind, with which result, by whom."""

    cause: Cause = Cause.PERIODIC
    conclusion: Light | None = None
    validator: Erasable | None = None


@event("paper.recorded")
@dataclass(frozen=True, slots=True)
class PaperRecorded:
    """An approval stands on paper: who gave it, when, and the file; counts only once confirmed.

    ``version`` is empty where the paper names none; the event is effective from the paper's date.
    ``entities`` are the legal entities the paper names; none means all of them.
    A validation has ``validation`` and the kind of a validation report. ``reference`` is where the
    body's minutes say so, ``intake`` the import that brought it.
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
    reference: Erasable | None = None
    validation: PaperValidation | None = None
    intake: str | None = None


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
    comment: Erasable | None = None


@event("paper.rejected")
@dataclass(frozen=True, slots=True)
class PaperRejected:
    """A second person found that the paper does not say what was recorded, and signed why."""

    request: str
    model: str
    person: str
    name: Erasable
    reason: Erasable
    seen: Seen
    fingerprint: str

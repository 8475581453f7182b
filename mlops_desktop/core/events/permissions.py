"""A version's case with a supervisor: sought, applied for, answered, obligations met."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Condition, Seen
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.permissions import Category, Outcome


@event("permission.needed")
@dataclass(frozen=True, slots=True)
class PermissionNeeded:
    """A version needs a permission of ``authority``, or a notification to it."""

    permission: str
    model: str
    version: str
    environment: str
    category: Category
    authority: str
    reason: Erasable | None = None
    seen: Seen | None = None
    """The head its signature names; None where it is not signed."""


@event("permission.applied")
@dataclass(frozen=True, slots=True)
class PermissionApplied:
    """The application or the notification went out."""

    permission: str
    model: str
    applied_on: date
    reference: str | None = None
    document: Document | None = None
    seen: Seen | None = None
    """The head its signature names; None where it is not signed."""


@event("permission.answered")
@dataclass(frozen=True, slots=True)
class PermissionAnswered:
    """The supervisor granted or refused, with obligations."""

    permission: str
    model: str
    outcome: Outcome
    answered_on: date
    obligations: tuple[Condition, ...] = ()
    document: Document | None = None
    seen: Seen | None = None
    """The head its signature names; None where it is not signed."""


@event("permission.obligation_met")
@dataclass(frozen=True, slots=True)
class ObligationMet:
    """An obligation of a permission is met, by evidence."""

    permission: str
    model: str
    number: int
    document: Document
    comment: Erasable | None = None
    seen: Seen | None = None
    """The head its signature names; None where it is not signed."""

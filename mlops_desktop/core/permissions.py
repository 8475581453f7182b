"""What a supervisor has to say: permission or notification, answer, obligations with dates.

Categories: Delegated Regulation (EU) 529/2014, Articles 3 to 5 (permission, ex-ante and ex-post
notification).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.core.approvals import Obligation
from mlops_desktop.core.quorum import Term


class Category(StrEnum):
    """What a change asks of the supervisor."""

    PERMISSION = "permission"
    PRIOR_NOTIFICATION = "prior_notification"
    SUBSEQUENT_NOTIFICATION = "subsequent_notification"


class Outcome(StrEnum):
    """What the supervisor answered."""

    GRANTED = "granted"
    REFUSED = "refused"


class PermissionState(StrEnum):
    """Where it stands with the supervisor; derived, never typed."""

    TO_APPLY = "to_apply"
    PENDING = "pending"
    NOTIFIED = "notified"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Permission:
    """A version's case with a supervisor, as the gate sees it."""

    id: str
    version: str
    environment: str
    category: Category
    authority: str
    applied_on: date | None = None
    outcome: Outcome | None = None
    answered_on: date | None = None
    terms: tuple[Term, ...] = ()
    met: tuple[int, ...] = ()

    @property
    def state(self) -> PermissionState:
        """Where it stands."""
        if self.outcome is not None:
            return PermissionState(self.outcome.value)
        if self.applied_on is None:
            return PermissionState.TO_APPLY
        is_asked = self.category is Category.PERMISSION
        return PermissionState.PENDING if is_asked else PermissionState.NOTIFIED

    @property
    def is_blocking(self) -> bool:
        """Whether the version may not be used yet, whatever was approved internally."""
        if self.category is Category.SUBSEQUENT_NOTIFICATION:
            return self.state is PermissionState.REFUSED
        return self.state not in (PermissionState.GRANTED, PermissionState.NOTIFIED)

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What the supervisor demanded with its permission, by number."""
        return tuple(
            Obligation(number, term.due, number in self.met)
            for number, term in enumerate(self.terms, 1)
        )

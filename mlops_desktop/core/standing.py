"""Where a request stands."""

from enum import StrEnum


class Status(StrEnum):
    """Where a request stands; derived, never typed."""

    OPEN = "open"
    APPROVED = "approved"
    CONDITIONAL = "conditional"
    REJECTED = "rejected"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    EXPIRED = "expired"


GRANTED = frozenset({Status.APPROVED, Status.CONDITIONAL})

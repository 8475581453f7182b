"""Where a model's approval stands: the best of the requests that cover it, on a day."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from mlops_desktop.core import approvals
from mlops_desktop.core.approvals import Request
from mlops_desktop.core.standing import GRANTED, Status


class Approval(StrEnum):
    """Approval state of a model, computed from history and never typed."""

    APPROVED = "approved"
    INTERIM = "interim"
    IN_PROGRESS = "in_progress"
    EXPIRED = "expired"
    NEVER_VALIDATED = "never_validated"


BEST_LAST = (
    Approval.NEVER_VALIDATED,
    Approval.EXPIRED,
    Approval.IN_PROGRESS,
    Approval.INTERIM,
    Approval.APPROVED,
)


def standing_of(requests: Iterable[Request], on: date) -> Approval:
    """Return the best that still holds on a day, then what is under way."""
    asked = tuple(requests)
    stands = {approvals.assess(request, on) for request in asked}
    if Status.APPROVED in stands:
        limited = until_of(asked, on) is not None
        return Approval.INTERIM if limited else Approval.APPROVED
    if Status.CONDITIONAL in stands:
        return Approval.INTERIM
    if Status.OPEN in stands:
        return Approval.IN_PROGRESS
    lapsed = stands & {Status.EXPIRED, Status.VOIDED, Status.REVOKED}
    return Approval.EXPIRED if lapsed else Approval.NEVER_VALIDATED


def until_of(requests: Iterable[Request], on: date) -> date | None:
    """Return the last day of what holds on a day; None where something holds without an end."""
    holding = [item for item in requests if approvals.assess(item, on) in GRANTED]
    limits = [item.valid_until for item in holding]
    return None if None in limits else max((d for d in limits if d is not None), default=None)

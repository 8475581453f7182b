"""Where a model's approval stands: the best of the requests that cover it, on a day."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from mlops_desktop.core import approvals
from mlops_desktop.core.approvals import Request
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.standing import GRANTED, Status


class Approval(StrEnum):
    """Approval state of a model, computed from history and never typed."""

    APPROVED = "approved"
    INTERIM = "interim"
    IN_PROGRESS = "in_progress"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    """Recorded from paper; a second person has not confirmed it yet."""
    APPROVED_IN_PART = "approved_in_part"
    """Approved, though not for every legal entity in which it serves."""
    EXPIRED = "expired"
    NEVER_APPROVED = "never_approved"
    """Validated, as an approved report or a confirmed paper says, but never approved."""
    NEVER_VALIDATED = "never_validated"


HOLDING = frozenset({Approval.APPROVED, Approval.APPROVED_IN_PART, Approval.INTERIM})
"""What lasts until the last day of an approval."""
_LAPSED = frozenset({Status.EXPIRED, Status.VOIDED, Status.REVOKED})
BEST_LAST = (
    Approval.NEVER_VALIDATED,
    Approval.NEVER_APPROVED,
    Approval.EXPIRED,
    Approval.APPROVED_IN_PART,
    Approval.AWAITING_CONFIRMATION,
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
    waiting = [item for item in asked if approvals.assess(item, on) is Status.OPEN]
    if waiting:
        on_paper = all(item.paper is not None for item in waiting)
        return Approval.AWAITING_CONFIRMATION if on_paper else Approval.IN_PROGRESS
    # What a change voided before it was decided never approved anything; a paper tells that it did.
    ended = (item for item in asked if item.is_decided or item.paper is not None)
    lapsed = _LAPSED & {approvals.assess(item, on) for item in ended}
    return Approval.EXPIRED if lapsed else Approval.NEVER_VALIDATED


def with_reports(
    found: Approval, requests: Iterable[Request], on: date, *, is_validated: bool = False
) -> Approval:
    """Return an approval state that minds validations: who has one was validated.

    ``is_validated`` tells of a validation whose report was approved here, ``requests`` of those on
    paper. A later change voids what a report covers, but not that a validation was made.
    """
    if found is not Approval.NEVER_VALIDATED:
        return found
    if is_validated:
        return Approval.NEVER_APPROVED
    reports = [item for item in requests if item.kind is Kind.VALIDATION_REPORT]
    stands = {approvals.assess(item, on) for item in reports if item.paper is None}
    papers = [item for item in reports if item.paper is not None and not item.is_rejected]
    if GRANTED & stands or any(item.is_decided and not item.is_revoked for item in papers):
        return Approval.NEVER_APPROVED
    return Approval.AWAITING_CONFIRMATION if papers else found


def until_of(requests: Iterable[Request], on: date) -> date | None:
    """Return the last day of what holds on a day; None where something holds without an end."""
    holding = [item for item in requests if approvals.assess(item, on) in GRANTED]
    limits = [item.valid_until for item in holding]
    return None if None in limits else max((d for d in limits if d is not None), default=None)

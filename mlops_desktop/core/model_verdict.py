"""A model's standing in one verdict, as the first page of a report says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.approval_state import HOLDING, Approval
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.validations import Light


class Verdict(StrEnum):
    """What is to be said first of a model; the gravest that is true."""

    RETIRED_BUT_IN_USE = "retired_but_in_use"
    IN_USE_WITHOUT_APPROVAL = "in_use_without_approval"
    VERSION_WITHOUT_APPROVAL = "version_without_approval"
    RETIRED = "retired"
    NO_MODEL = "no_model"
    CANDIDATE = "candidate"
    SUSPENDED = "suspended"
    REJECTED = "rejected"
    WITH_CONDITIONS = "with_conditions"
    IN_PART = "in_part"
    INTERIM = "interim"
    APPROVED = "approved"
    EXPIRED = "expired"
    IN_PROGRESS = "in_progress"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    NEVER_APPROVED = "never_approved"
    NEVER_VALIDATED = "never_validated"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a verdict rests on.

    ``is_serving`` tells that a version runs in production, ``has_unapproved`` that an exception
    for one without approval is open, ``has_conditions`` that what was granted is bound to
    conditions not met yet, ``is_refused`` that the last decision was a no.
    """

    state: State
    approval: Approval
    is_serving: bool = False
    has_unapproved: bool = False
    has_conditions: bool = False
    is_refused: bool = False


_OF_STATE = {
    State.RETIRED: Verdict.RETIRED,
    State.REJECTED: Verdict.NO_MODEL,
    State.CANDIDATE: Verdict.CANDIDATE,
    State.SUSPENDED: Verdict.SUSPENDED,
}
_OF_APPROVAL = {
    Approval.APPROVED: Verdict.APPROVED,
    Approval.INTERIM: Verdict.INTERIM,
    Approval.APPROVED_IN_PART: Verdict.IN_PART,
    Approval.IN_PROGRESS: Verdict.IN_PROGRESS,
    Approval.AWAITING_CONFIRMATION: Verdict.AWAITING_CONFIRMATION,
    Approval.EXPIRED: Verdict.EXPIRED,
    Approval.NEVER_APPROVED: Verdict.NEVER_APPROVED,
    Approval.NEVER_VALIDATED: Verdict.NEVER_VALIDATED,
}


def verdict_of(standing: Standing) -> Verdict:
    """Return the verdict; what is used without leave is said before anything else.

    A paper that waits for its second person is an approval until somebody says otherwise.
    """
    holds = standing.approval in HOLDING
    if standing.is_serving and standing.state is State.RETIRED:
        return Verdict.RETIRED_BUT_IN_USE
    if standing.is_serving and not (holds or standing.approval is Approval.AWAITING_CONFIRMATION):
        return Verdict.IN_USE_WITHOUT_APPROVAL
    if standing.is_serving and standing.has_unapproved:
        return Verdict.VERSION_WITHOUT_APPROVAL
    if standing.state in _OF_STATE:
        return _OF_STATE[standing.state]
    if standing.is_refused and not holds:
        return Verdict.REJECTED
    if holds and standing.has_conditions:
        return Verdict.WITH_CONDITIONS
    return _OF_APPROVAL[standing.approval]


_WORST_LAST = (Light.GREEN, Light.YELLOW, Light.RED)


def overall_light(conclusion: Light | None, areas: Iterable[Light | None]) -> Light | None:
    """Return the light of a validation as a whole: its conclusion, else the worst of its areas.

    None where nothing was judged; an area left out says nothing.
    """
    if conclusion is not None:
        return conclusion
    judged = [_WORST_LAST.index(light) for light in areas if light in _WORST_LAST]
    return _WORST_LAST[max(judged)] if judged else None

"""What happens to a finding."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails, PersonId


class FindingOrigin(StrEnum):
    """Whose finding it is: its own scale and number go with it."""

    VALIDATION = "validation"
    INTERNAL_AUDIT = "internal_audit"
    EXTERNAL_AUDITOR = "external_auditor"
    SUPERVISOR = "supervisor"
    ONBOARDING = "onboarding"
    EXPERT = "expert"


class Severity(StrEnum):
    """The house's own grades, worst first; the origin's own word stands beside it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class FindingDetails(ItemDetails):
    """A finding: whose it is, how grave, what is planned, until when its risk is accepted."""

    origin: FindingOrigin | None = None
    origin_number: str | None = None
    origin_grade: str | None = None
    originator: PersonId | None = None
    severity: Severity | None = None
    area: str | None = None
    response: Erasable | None = None
    action_plan: Erasable | None = None
    accepted_until: date | None = None
    evidence: tuple[str, ...] = ()


@event("finding.opened")
@dataclass(frozen=True, slots=True)
class FindingOpened:
    """A finding was made about some models, or about none in particular."""

    item: str
    models: tuple[str, ...]
    details: FindingDetails


@event("finding.edited")
@dataclass(frozen=True, slots=True)
class FindingEdited:
    """Some fields of a finding changed."""

    item: str
    details: FindingDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("finding.moved")
@dataclass(frozen=True, slots=True)
class FindingMoved:
    """A step of a finding's life was taken, with the fields given in it."""

    item: str
    step: str
    details: FindingDetails
    reason: Erasable | None = None

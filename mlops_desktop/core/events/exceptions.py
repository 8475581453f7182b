"""What happens to an exception: a rule that is broken."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import EntityId, ItemDetails


class ExceptionRule(StrEnum):
    """Which rule is broken."""

    PRODUCTION_WITHOUT_APPROVAL = "production_without_approval"
    RETIRED_BUT_RUNNING = "retired_but_running"
    USE_BEFORE_VALIDATION = "use_before_validation"
    BREACH_WITHOUT_PLAN = "breach_without_plan"
    USE_OUTSIDE_PURPOSE = "use_outside_purpose"
    USE_OUTSIDE_REGION = "use_outside_region"
    RUNNING_NOT_APPROVED = "running_not_approved"
    NOT_IN_INVENTORY = "not_in_inventory"
    APPROVED_NOT_RUNNING = "approved_not_running"
    GONE_AT_SOURCE = "gone_at_source"
    DIGEST_CHANGED = "digest_changed"
    OWNER_DIFFERS = "owner_differs"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ExceptionDetails(ItemDetails):
    """A broken rule: which, what shows it, what is done about it, until when it is tolerated.

    ``entity`` is the legal entity in which it is broken, where it is not broken in all.
    """

    rule: ExceptionRule | None = None
    subject: str | None = None
    evidence: tuple[str, ...] = ()
    resolution: Erasable | None = None
    accepted_until: date | None = None
    entity: EntityId | None = None


@event("exception.opened")
@dataclass(frozen=True, slots=True)
class ExceptionOpened:
    """A rule was found broken, by the program or by a person."""

    item: str
    models: tuple[str, ...]
    details: ExceptionDetails


@event("exception.edited")
@dataclass(frozen=True, slots=True)
class ExceptionEdited:
    """Some fields of an exception changed."""

    item: str
    details: ExceptionDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("exception.moved")
@dataclass(frozen=True, slots=True)
class ExceptionMoved:
    """A step of an exception was taken."""

    item: str
    step: str
    details: ExceptionDetails
    reason: Erasable | None = None

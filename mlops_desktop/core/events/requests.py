"""What happens to a request of an audit or a supervisor."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails


class Asker(StrEnum):
    """Who asks."""

    INTERNAL_AUDIT = "internal_audit"
    EXTERNAL_AUDITOR = "external_auditor"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class RequestDetails(ItemDetails):
    """A question of an audit or a supervisor: list and number, answer, what was handed over."""

    asker: Asker | None = None
    list_name: str | None = None
    list_number: str | None = None
    question: Erasable | None = None
    answer: Erasable | None = None
    documents: tuple[str, ...] = ()
    handed_over_to: Erasable | None = None


@event("request.opened")
@dataclass(frozen=True, slots=True)
class RequestOpened:
    """A request was entered."""

    item: str
    models: tuple[str, ...]
    details: RequestDetails


@event("request.edited")
@dataclass(frozen=True, slots=True)
class RequestEdited:
    """Some fields of a request changed."""

    item: str
    details: RequestDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("request.moved")
@dataclass(frozen=True, slots=True)
class RequestMoved:
    """A step of a request was taken."""

    item: str
    step: str
    details: RequestDetails
    reason: Erasable | None = None

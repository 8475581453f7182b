"""What happens to an expert's feedback."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails


@dataclass(frozen=True, slots=True)
class FeedbackDetails(ItemDetails):
    """A result that misses what the business expects: which case, why, in which segment.

    ``cause`` and ``segment`` are what cases are counted by, so they name no person; ``reference``
    is the case's own, ``finding`` the number of the finding it went into.
    """

    cause: str | None = None
    segment: str | None = None
    reference: Erasable | None = None
    use_case: str | None = None
    answer: Erasable | None = None
    finding: str | None = None
    evidence: tuple[str, ...] = ()


@event("feedback.opened")
@dataclass(frozen=True, slots=True)
class FeedbackOpened:
    """An expert said that a result is wrong for the business."""

    item: str
    models: tuple[str, ...]
    details: FeedbackDetails


@event("feedback.edited")
@dataclass(frozen=True, slots=True)
class FeedbackEdited:
    """Some fields of a feedback changed."""

    item: str
    details: FeedbackDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("feedback.moved")
@dataclass(frozen=True, slots=True)
class FeedbackMoved:
    """A feedback was answered, went into a finding, was withdrawn or opened again."""

    item: str
    step: str
    details: FeedbackDetails
    reason: Erasable | None = None

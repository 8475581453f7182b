"""Retention rules, and the texts erased by them."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.retention import Retained


@event("retention.defined")
@dataclass(frozen=True, slots=True)
class RetentionDefined:
    """From now on texts may be erased by this rule; ``kinds`` names kinds of items, none: all."""

    rule: str
    what: Retained
    months: int
    reason: Erasable
    kinds: tuple[str, ...] = ()


@event("retention.ended")
@dataclass(frozen=True, slots=True)
class RetentionEnded:
    """From now on nothing is erased by this rule."""

    rule: str
    reason: Erasable | None = None


@event("text.erased")
@dataclass(frozen=True, slots=True)
class TextErased:
    """Value and salt behind these digests were erased in the same transaction.

    ``subjects`` are the ids of the items, models or persons that the texts were about. It is
    signed where whoever erases has given the secret of his key.
    """

    rule: str
    reason: Erasable
    digests: tuple[str, ...]
    subjects: tuple[str, ...] = ()
    seen: Seen | None = None

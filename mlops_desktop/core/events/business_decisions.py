"""What happens to a business decision that models serve."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails


class ModelRole(StrEnum):
    """What a model does in a decision."""

    DECIDES = "decides"
    PROPOSES = "proposes"
    INFORMS = "informs"


@dataclass(frozen=True, slots=True)
class BusinessDecisionDetails(ItemDetails):
    """A business decision: question, policy, inputs, what the model does, who may override."""

    question: Erasable | None = None
    policy: str | None = None
    inputs: Erasable | None = None
    model_role: ModelRole | None = None
    human_override: Erasable | None = None
    followed_by: Erasable | None = None


@event("business_decision.opened")
@dataclass(frozen=True, slots=True)
class BusinessDecisionOpened:
    """A business decision was recorded."""

    item: str
    models: tuple[str, ...]
    details: BusinessDecisionDetails


@event("business_decision.edited")
@dataclass(frozen=True, slots=True)
class BusinessDecisionEdited:
    """Some fields of a business decision changed."""

    item: str
    details: BusinessDecisionDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("business_decision.moved")
@dataclass(frozen=True, slots=True)
class BusinessDecisionMoved:
    """A step of a business decision was taken."""

    item: str
    step: str
    details: BusinessDecisionDetails
    reason: Erasable | None = None

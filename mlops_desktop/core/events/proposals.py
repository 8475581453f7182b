"""What happens to a proposal, before there is a model."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.items.details import ItemDetails, ModelId


@dataclass(frozen=True, slots=True)
class ProposalDetails(ItemDetails):
    """A proposal: question, goal, who is affected, what would be done without a model."""

    question: Erasable | None = None
    goal: Erasable | None = None
    persons_affected: Erasable | None = None
    alternative: Erasable | None = None
    legal_basis: str | None = None
    business_line: str | None = None
    realised_as: ModelId | None = None


@event("proposal.opened")
@dataclass(frozen=True, slots=True)
class ProposalOpened:
    """A model was proposed."""

    item: str
    models: tuple[str, ...]
    details: ProposalDetails


@event("proposal.edited")
@dataclass(frozen=True, slots=True)
class ProposalEdited:
    """Some fields of a proposal changed."""

    item: str
    details: ProposalDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("proposal.moved")
@dataclass(frozen=True, slots=True)
class ProposalMoved:
    """A step of a proposal was taken."""

    item: str
    step: str
    details: ProposalDetails
    reason: Erasable | None = None

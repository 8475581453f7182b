"""Attestation campaigns: opened over frozen models, answered model by model, closed.

The ledger's size at the start is the position of the opening, that at the end the closing's.
"""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.attestations import Answer, Asked, Target
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event


@event("campaign.opened")
@dataclass(frozen=True, slots=True)
class CampaignOpened:
    """Owners are asked to attest a statement about the models that a filter line finds."""

    campaign: str
    title: Erasable
    statement: Erasable
    due: date
    targets: tuple[Target, ...]
    scope: Erasable | None = None


@event("campaign.scoped")
@dataclass(frozen=True, slots=True)
class CampaignScoped:
    """Models of one tier that the filter found, and whose they were; several a campaign."""

    campaign: str
    asked: tuple[Asked, ...]
    tier: int | None = None


@event("campaign.answered")
@dataclass(frozen=True, slots=True)
class CampaignAnswered:
    """What the owner said, or who held his mandate; the last answer about a model counts."""

    campaign: str
    model: str
    answer: Answer
    comment: Erasable | None = None
    on_behalf_of: str | None = None
    delegation: str | None = None
    seen: Seen | None = None
    """The head its signature names; None where it is not signed."""


@event("campaign.extended")
@dataclass(frozen=True, slots=True)
class CampaignExtended:
    """There is more time to answer."""

    campaign: str
    due: date
    reason: Erasable


@event("campaign.withdrawn")
@dataclass(frozen=True, slots=True)
class CampaignWithdrawn:
    """It ends without a result; the answers given stay on record."""

    campaign: str
    reason: Erasable


@event("campaign.closed")
@dataclass(frozen=True, slots=True)
class CampaignClosed:
    """It ends with every target reached."""

    campaign: str
    remark: Erasable | None = None

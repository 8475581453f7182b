"""What the page of attestation campaigns lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

OFFERS = (
    Offer(
        "campaign.open", "attestations.action.open", "attestations.needs.person", icon="add",
        writes=True,
    ),
    Offer(
        "campaign.extend", "attestations.action.extend", "attestations.needs.running",
        icon="calendar", writes=True,
    ),
    Offer(
        "campaign.withdraw", "attestations.action.withdraw", "attestations.needs.running",
        icon="stop", writes=True, dangerous=True,
    ),
    Offer(
        "campaign.close", "attestations.action.close", "attestations.needs.closable",
        icon="check", writes=True,
    ),
    Offer(
        "campaign.remind", "attestations.action.remind", "attestations.needs.running",
        icon="export", menu="File",
    ),
)  # fmt: skip

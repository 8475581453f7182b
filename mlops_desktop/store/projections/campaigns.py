"""Attestation campaigns: what was said is kept and folded when it is read."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.campaigns import (
    CampaignAnswered,
    CampaignClosed,
    CampaignExtended,
    CampaignOpened,
    CampaignScoped,
    CampaignWithdrawn,
)
from mlops_desktop.core.events.registry import Signature, name_of
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.numbering import CAMPAIGN, number_for
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.campaigns import (
    campaign_answers,
    campaign_models,
    campaign_steps,
    campaigns,
)


@projects(CampaignOpened, CampaignExtended, CampaignWithdrawn, CampaignClosed)
def project_step(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a step of a campaign; the first gives it its number."""
    payload = happening.payload
    if not isinstance(
        payload, CampaignOpened | CampaignExtended | CampaignWithdrawn | CampaignClosed
    ):
        return
    rows.touched.add(("campaign", payload.campaign))
    if isinstance(payload, CampaignOpened):
        number = number_for(rows, CAMPAIGN, payload.campaign)
        rows.put(
            campaigns, {"id": payload.campaign, "number": number, "position": happening.position}
        )
    rows.add(
        campaign_steps,
        {
            "position": happening.position,
            "campaign": payload.campaign,
            "kind": name_of(type(payload)),
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "effective": clock.to_text(happening.effective),
            "record": records.to_text(payload),
        },
    )


@projects(CampaignScoped)
def project_scope(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep the models a campaign asks about."""
    payload = happening.payload
    if not isinstance(payload, CampaignScoped):
        return
    for one in payload.asked:
        rows.touched.add(("model", one.model))
        rows.put(
            campaign_models,
            {
                "campaign": payload.campaign,
                "model": one.model,
                "tier": payload.tier,
                "person": one.person,
                "position": happening.position,
            },
        )


@projects(CampaignAnswered)
def project_answer(rows: Rows, happening: Happening, signature: Signature | None) -> None:
    """Keep an answer beside those before it."""
    payload = happening.payload
    if not isinstance(payload, CampaignAnswered):
        return
    rows.touched |= {("campaign", payload.campaign), ("model", payload.model)}
    rows.add(
        campaign_answers,
        {
            "position": happening.position,
            "campaign": payload.campaign,
            "model": payload.model,
            "answer": payload.answer.value,
            "person": happening.actor.person,
            "on_behalf_of": payload.on_behalf_of,
            "at": clock.to_text(happening.at),
            "effective": clock.to_text(happening.effective),
            "is_signed": int(signature is not None),
            "record": records.to_text(payload.comment) if payload.comment else None,
        },
    )

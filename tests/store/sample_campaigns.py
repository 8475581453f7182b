"""The sample's attestation campaigns: one extended and closed, one withdrawn."""

from datetime import date

from mlops_desktop.core.attestations import Answer, Asked, Target
from mlops_desktop.core.erasable import Erasable, commit
from mlops_desktop.core.events.campaigns import (
    CampaignAnswered,
    CampaignClosed,
    CampaignExtended,
    CampaignOpened,
    CampaignScoped,
    CampaignWithdrawn,
)
from mlops_desktop.core.events.registry import Event


def said(text: str) -> Erasable:
    return commit(text, b"0123456789abcdef")


def opened(id: str, scope: Erasable | None = None) -> CampaignOpened:
    targets = (Target("100", 1), Target("92.5"))
    due = date(2026, 10, 31)
    return CampaignOpened(id, said("Inventar 2026"), said("Es stimmt."), due, targets, scope)


CAMPAIGNS: tuple[Event, ...] = (
    opened("c1", said("tier:1")),
    CampaignScoped("c1", (Asked("m1", "wolters"),), 1),
    CampaignScoped("c1", (Asked("m2"),)),
    CampaignAnswered("c1", "m1", Answer.CANNOT_SAY, said("keine Unterlagen")),
    CampaignAnswered("c1", "m1", Answer.CORRECT, None, "wolters", "g1"),
    CampaignExtended("c1", date(2026, 11, 30), said("Urlaubszeit")),
    CampaignClosed("c1", said("vollständig")),
    opened("c2"),
    CampaignScoped("c2", (Asked("m2"),)),
    CampaignWithdrawn("c2", said("falscher Umfang")),
)

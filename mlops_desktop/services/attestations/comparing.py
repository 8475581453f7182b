"""The inventory at the start of a campaign and at its end, and what differs."""

from dataclasses import dataclass

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.services.cases import View
from mlops_desktop.services.differences import FieldChange, ModelDifference, compare_records
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.campaign_answers import AskedRow, list_asked
from mlops_desktop.store.queries.campaigns import CampaignRow, find_campaign
from mlops_desktop.store.queries.positions import known_size

__all__ = ["CampaignDifference", "FieldChange", "ModelDifference", "compare_campaign"]


@dataclass(frozen=True, slots=True)
class CampaignDifference:
    """Two places in the ledger and what changed of the inventory between them.

    ``asked`` are models the campaign asks about, ``others`` those it does not; models that came
    since are among the others.
    """

    start: int
    end: int
    asked: tuple[ModelDifference, ...]
    others: tuple[ModelDifference, ...]


def compare_campaign(session: Session, named: str, as_of: AsOf = NOW) -> CampaignDifference:
    """Return what changed since a campaign was opened: up to its end, or until now.

    Raises ``campaign.not_found``.
    """
    with session.workspace.read() as view:
        row = find_campaign(view.connection, named, as_of)
        end = row.end.as_of if row.end is not None else _until(view, as_of)
        found = compare_records(view, row.begun, end)
        known = {one.id for one in _asked(view, row, end)}
    return CampaignDifference(
        row.size,
        end.size or 0,
        tuple(one for one in found if one.id in known),
        tuple(one for one in found if one.id not in known),
    )


def _until(view: View, as_of: AsOf) -> AsOf:
    day = as_of.known or clock.today()
    return AsOf(known=day, at=as_of.at, size=known_size(view.connection, as_of))


def _asked(view: View, row: CampaignRow, end: AsOf) -> tuple[AskedRow, ...]:
    return list_asked(view.connection, row.key, end)

"""What the page asks of services, in the read lane."""

from dataclasses import dataclass

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.attestations import Answer, Stage
from mlops_desktop.services.attestations.answering import show_answerable
from mlops_desktop.services.attestations.comparing import CampaignDifference, compare_campaign
from mlops_desktop.services.attestations.drafts import Draft, read_drafts
from mlops_desktop.services.attestations.showing import (
    AskedRow,
    CampaignRow,
    CampaignSheet,
    list_rows,
    show_campaign,
)
from mlops_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class MyRow:
    """A model I may answer for: what was answered, and what I have prepared."""

    asked: AskedRow
    owner: str
    draft: Draft | None

    @property
    def id(self) -> str:
        """The number of the model."""
        return self.asked.id

    @property
    def given(self) -> Answer | None:
        """The answer that counts now."""
        return self.asked.answer.answer if self.asked.answer else None

    @property
    def comment(self) -> str:
        """The comment of the draft, else of the answer given."""
        if self.draft is not None:
            return self.draft.comment
        said = self.asked.answer.comment if self.asked.answer else None
        return (said.text or "") if said else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Every campaign, the one chosen whole, and what of it is mine."""

    rows: tuple[CampaignRow, ...]
    sheet: CampaignSheet | None = None
    mine: tuple[MyRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A field of a model that changed during a campaign; blank for a model that came."""

    id: str
    model: str
    name: str
    field: str
    before: str
    after: str
    is_asked: bool


def read_page(session: Session, wanted: str, as_of: AsOf) -> Shown:
    """Return the page; without a campaign wanted, of the newest one."""
    rows = list_rows(session, as_of)
    if not rows:
        return Shown(())
    row = next((one for one in rows if one.id == wanted), rows[0])
    sheet = show_campaign(session, row.id, as_of)
    is_mine = as_of.is_now and row.stage is Stage.OPEN
    return Shown(rows, sheet, _mine(session, row.id) if is_mine else ())


def _mine(session: Session, id: str) -> tuple[MyRow, ...]:
    drafts = {one.model: one for one in read_drafts(session, id)}
    found = show_answerable(session, id)
    rows = (MyRow(one, one.owner_name, drafts.get(one.model)) for one in found)
    return tuple(rows)


def read_changes(session: Session, id: str, as_of: AsOf) -> tuple[ChangeRow, ...]:
    """Return what changed since the start, first of the models asked about."""
    found = compare_campaign(session, id, as_of)
    return (*_changes(found, is_asked=True), *_changes(found, is_asked=False))


def _changes(found: CampaignDifference, *, is_asked: bool) -> tuple[ChangeRow, ...]:
    return tuple(
        ChangeRow(
            f"{one.id}/{change.field if change else ''}",
            one.id,
            one.name,
            change.field if change else "",
            (change.before or "") if change else "",
            (change.after or "") if change else "",
            is_asked,
        )
        for one in (found.asked if is_asked else found.others)
        for change in (one.fields or (None,))
    )

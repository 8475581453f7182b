"""Attestation campaigns out, as of any date."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.attestations import Stage, Target
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import registry
from mlops_desktop.core.events.campaigns import (
    CampaignClosed,
    CampaignExtended,
    CampaignOpened,
    CampaignWithdrawn,
)
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.campaigns import campaign_models, campaign_steps, campaigns


@dataclass(frozen=True, slots=True)
class Extension:
    """More time: until when, why, granted by whom and when."""

    due: date
    reason: Erasable
    person: str
    at: str


@dataclass(frozen=True, slots=True)
class End:
    """How a campaign ended: the ledger's size before, by whom, when, and what was said."""

    size: int
    person: str
    at: str
    said: Erasable | None

    @property
    def as_of(self) -> AsOf:
        """What was known at the end."""
        return AsOf(known=clock.from_text(self.at).date(), size=self.size)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign as lists show it; ``size`` is the ledger's at the start."""

    key: str
    number: int
    opened: CampaignOpened
    opener: str
    at: str
    size: int
    extensions: tuple[Extension, ...] = ()
    stage: Stage = Stage.OPEN
    end: End | None = None

    @property
    def id(self) -> str:
        """The number people say: AC-00001."""
        return f"AC-{self.number:05d}"

    @property
    def title(self) -> str:
        """The title, blank once it has been erased."""
        return self.opened.title.text or ""

    @property
    def due(self) -> date:
        """By when answers are asked for, extensions counted."""
        return self.extensions[-1].due if self.extensions else self.opened.due

    @property
    def targets(self) -> tuple[Target, ...]:
        """The coverage asked for by tier."""
        return self.opened.targets

    @property
    def begun(self) -> AsOf:
        """What was known at the start."""
        return AsOf(known=clock.from_text(self.at).date(), size=self.size)


def list_campaigns(
    connection: sa.Connection, as_of: AsOf = NOW, *, keys: Iterable[str] | None = None
) -> tuple[CampaignRow, ...]:
    """Return campaigns as they stood on the dates asked for, in the order opened."""
    c = campaign_steps.c
    query = sa.select(c.position, c.kind, c.person, c["at"], c.record, campaigns.c.number)
    query = query.join(campaigns, campaigns.c.id == c.campaign)
    query = query.where(c.position < known_size(connection, as_of))
    if as_of.at_text is not None:
        query = query.where(c.effective <= as_of.at_text)
    if keys is not None:
        query = query.where(c.campaign.in_(list(keys)))
    rows = connection.execute(query.order_by(c.position)).mappings().all()
    return tuple(_fold(connection, rows).values())


def _fold(connection: sa.Connection, rows: Sequence[sa.RowMapping]) -> dict[str, CampaignRow]:
    closed = {digest for row in rows for digest in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed)
    found: dict[str, CampaignRow] = {}
    for row in rows:
        told = records.from_text(registry.kind_of(row["kind"]), row["record"], opened)
        if isinstance(told, CampaignOpened):
            place, opener = row["position"], row["person"]
            found[told.campaign] = CampaignRow(
                told.campaign, row["number"], told, opener, row["at"], place
            )
        elif (known := found.get(str(getattr(told, "campaign", "")))) is not None:
            found[known.key] = _after(known, told, row)
    return found


def _after(known: CampaignRow, told: Event, row: sa.RowMapping) -> CampaignRow:
    if isinstance(told, CampaignExtended):
        more = Extension(told.due, told.reason, row["person"], row["at"])
        return replace(known, extensions=(*known.extensions, more))
    if isinstance(told, CampaignClosed):
        end = End(row["position"], row["person"], row["at"], told.remark)
        return replace(known, stage=Stage.CLOSED, end=end)
    if isinstance(told, CampaignWithdrawn):
        end = End(row["position"], row["person"], row["at"], told.reason)
        return replace(known, stage=Stage.WITHDRAWN, end=end)
    return known


def find_campaign(connection: sa.Connection, named: str, as_of: AsOf = NOW) -> CampaignRow:
    """Return a campaign by number or id; raises ``campaign.not_found``, before it was too."""
    text = named.strip()
    number = whole(text.upper().removeprefix("AC-"))
    query = sa.select(campaigns.c.id)
    same = campaigns.c.number == number if number is not None else campaigns.c.id == text
    key = connection.execute(query.where(same)).scalar()
    found = list_campaigns(connection, as_of, keys=[key]) if key is not None else ()
    if not found:
        raise AppError("campaign.not_found", where="id", name=named)
    return found[0]


def asking_about(
    connection: sa.Connection, model: str, as_of: AsOf = NOW
) -> Iterator[tuple[CampaignRow, int | None, str | None]]:
    """Yield every campaign that asked about a model, with its frozen tier and owner."""
    c = campaign_models.c
    rows = connection.execute(sa.select(c.campaign, c.tier, c.person).where(c.model == model))
    told = {row.campaign: (row.tier, row.person) for row in rows}
    for campaign in list_campaigns(connection, as_of, keys=told):
        yield campaign, *told[campaign.key]

"""Campaigns out: how far each tier is, what blocks closing, who must still answer."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.attestations import Coverage, Gap, Stage, cover
from mlops_desktop.services.cases import View
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import campaigns as queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.campaign_answers import AskedRow, GivenAnswer, list_asked
from mlops_desktop.store.queries.campaign_answers import list_given as read_given
from mlops_desktop.store.queries.campaigns import CampaignRow

__all__ = ["AskedRow", "CampaignRow", "Coverage", "GivenAnswer"]


@dataclass(frozen=True, slots=True)
class CampaignSheet:
    """A campaign whole: as it stands, or as it stood at its end."""

    row: CampaignRow
    asked: tuple[AskedRow, ...]
    coverage: tuple[Coverage, ...]
    names: Mapping[str, str]

    @property
    def unmet(self) -> tuple[Coverage, ...]:
        """The tiers below their target."""
        return tuple(one for one in self.coverage if not one.is_met)

    @property
    def blocking(self) -> tuple[AskedRow, ...]:
        """The models that keep it from being closed."""
        tiers = {one.tier for one in self.unmet}
        return tuple(row for row in self.open if row.tier in tiers)

    @property
    def open(self) -> tuple[AskedRow, ...]:
        """The models not covered, of tiers that have reached their target too."""
        return tuple(row for row in self.asked if row.standing.gap is not None)

    @property
    def left(self) -> tuple[AskedRow, ...]:
        """The models that have left the inventory since the start."""
        return tuple(row for row in self.asked if row.standing.has_left)

    @property
    def answered(self) -> int:
        """How many of those that count were answered, with whatever answer."""
        return sum(one.answered for one in self.coverage)

    @property
    def covered(self) -> int:
        """How many of those that count are covered."""
        return sum(one.covered for one in self.coverage)

    @property
    def counting(self) -> int:
        """How many models count."""
        return sum(one.counting for one in self.coverage)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a person must still answer; nobody's is for risk management to settle."""

    person: str | None
    name: str
    models: tuple[AskedRow, ...]


def list_campaigns(session: Session, as_of: AsOf = NOW) -> tuple[CampaignSheet, ...]:
    """Return every campaign, the newest first."""
    with session.workspace.read() as view:
        rows = queries.list_campaigns(view.connection, as_of)
        return tuple(read_campaign(view, row, as_of) for row in reversed(rows))


def list_rows(session: Session, as_of: AsOf = NOW) -> tuple[CampaignRow, ...]:
    """Return every campaign without its models, the newest first."""
    with session.workspace.read() as view:
        return tuple(reversed(queries.list_campaigns(view.connection, as_of)))


def count_waiting(session: Session) -> int:
    """Return how many models the acting person has still to answer for, as their owner."""
    with session.workspace.read() as view:
        rows = queries.list_campaigns(view.connection)
        running = [read_campaign(view, row) for row in rows if row.stage is Stage.OPEN]
    found = (one for sheet in running for one in remind(sheet))
    return sum(len(one.models) for one in found if one.person == session.actor.person)


def show_campaign(session: Session, named: str, as_of: AsOf = NOW) -> CampaignSheet:
    """Return a campaign by its number; raises ``campaign.not_found``."""
    with session.workspace.read() as view:
        return read_campaign(view, queries.find_campaign(view.connection, named, as_of), as_of)


def list_given(session: Session, named: str, as_of: AsOf = NOW) -> tuple[GivenAnswer, ...]:
    """Return every answer given in a campaign, those replaced by later ones too, in order."""
    with session.workspace.read() as view:
        row = queries.find_campaign(view.connection, named, as_of)
        return read_given(view.connection, row.key, as_of)


def read_campaign(view: View, row: CampaignRow, as_of: AsOf = NOW) -> CampaignSheet:
    """Return a campaign whole, inside a session; one that ended stands as it did then."""
    then = row.end.as_of if row.end is not None else as_of
    asked = list_asked(view.connection, row.key, then)
    coverage = cover((one.standing for one in asked), row.targets)
    return CampaignSheet(row, asked, coverage, people.names(view.connection))


def remind(sheet: CampaignSheet) -> tuple[Reminder, ...]:
    """Return who must still answer what, by name; what nobody can answer for comes last."""
    waiting: dict[str | None, list[AskedRow]] = defaultdict(list)
    for row in sheet.open:
        is_owners = row.standing.gap is Gap.NOT_ANSWERED
        waiting[row.owner if is_owners else None].append(row)
    names = sheet.names
    found = [Reminder(who, names.get(who or "", ""), tuple(rows)) for who, rows in waiting.items()]
    return tuple(sorted(found, key=lambda one: (one.person is None, one.name)))

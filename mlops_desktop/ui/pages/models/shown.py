"""One model as its detail shows it, read in one go in the read lane."""

from dataclasses import dataclass

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.entities import Entity, list_entities
from mlops_desktop.services.incidents import marks_of
from mlops_desktop.services.items import ItemFilter, ItemRow, list_items
from mlops_desktop.services.ledger import LogRow, read_log
from mlops_desktop.services.model_links import Linked, links_of
from mlops_desktop.services.models import ModelSheet, show_model
from mlops_desktop.services.profiles.scoping import ScopeRow, decisions_of
from mlops_desktop.services.reviews import RequestLine, list_lines
from mlops_desktop.services.rows import ModelRow
from mlops_desktop.services.session import Session

LOG_ROWS = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A model with its requests and the newest of its events, as of one day."""

    sheet: ModelSheet
    requests: tuple[RequestLine, ...]
    log: tuple[LogRow, ...]
    has_more_log: bool
    same_as: ModelRow | None = None
    """The model that took this candidate over."""
    items: tuple[ItemRow, ...] = ()
    links: tuple[Linked, ...] = ()
    entities: tuple[Entity, ...] = ()
    """Every legal entity of the workspace that is not closed."""
    regimes: tuple[ScopeRow, ...] = ()
    """What was decided under each regime: a model there, or not."""
    incidents: tuple[str, ...] = ()
    """The numbers of open incidents of data that its versions learned from."""

    @property
    def id(self) -> str:
        """The number people say."""
        return self.sheet.row.id

    @property
    def labels(self) -> dict[str, str]:
        """The label of each version by its key."""
        return {row.key: row.details.version for row in self.sheet.versions}


def read_shown(session: Session, named: str, as_of: AsOf) -> Shown:
    """Return everything the detail of a model shows; raises ``model.…``."""
    sheet = show_model(session, named, as_of)
    requests = list_lines(session, as_of, model=sheet.row.key)
    log = read_log(session, model=sheet.row.key, limit=LOG_ROWS)
    heir = sheet.state.same_as
    same_as = show_model(session, heir, as_of).row if heir is not None else None
    wanted = ItemFilter(scope=ItemScope.ALL, models=(sheet.row.key,), as_of=as_of)
    about = list_items(session, wanted)
    links = links_of(session, sheet.row.key, as_of)
    has_more = len(log) == LOG_ROWS
    found = tuple(one for one in list_entities(session) if not one.is_closed)
    regimes = decisions_of(session, sheet.row.key, as_of)
    seen = known(log, as_of)
    marks = marks_of(session, sheet.row.key, as_of)
    bad = tuple(dict.fromkeys(mark.incident.number for mark in marks))
    return Shown(sheet, requests, seen, has_more, same_as, about, links, found, regimes, bad)


def known(log: tuple[LogRow, ...], as_of: AsOf) -> tuple[LogRow, ...]:
    """Leave out what was recorded after the day shown, or holds from later than that."""
    limits = (as_of.known_text, as_of.at_text)
    return tuple(
        row
        for row in log
        if _within(clock.to_text(row.at), limits[0])
        and _within(clock.to_text(row.effective), limits[1])
    )


def _within(moment: str, limit: str | None) -> bool:
    return limit is None or moment <= limit

"""Breaches as lists show them, as of any date."""

from dataclasses import dataclass, replace
from datetime import date

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.breaches import BreachDetails, BreachLevel
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.item_filtering import parse_item_filter
from mlops_desktop.services.monitoring.limits import limit_of
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.item_filter import ItemFilter, ItemSort
from mlops_desktop.store.queries.succession import ModelName, name_model
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class BreachRow:
    """A breach: of which model, beyond which limit, since when, and what is done about it.

    ``number`` is what people say, ``id`` the UUID; ``key`` is the model's id.
    """

    id: str
    number: str
    key: str
    model: str
    model_name: str
    stage: str
    since: date
    cleared: date | None
    owner: str
    details: BreachDetails

    @property
    def limit(self) -> str:
        """The threshold it is beyond, as signs say it: ``> 0.25``."""
        return limit_of(self.details)

    @property
    def plan(self) -> str:
        """What is planned about it, "" for nothing yet."""
        told = self.details.resolution
        return (told.text or "") if isinstance(told, Erasable) else ""


def list_breaches(
    session: Session,
    line: str = "",
    *,
    scope: ItemScope = ItemScope.OPEN,
    level: BreachLevel | None = None,
    as_of: AsOf = NOW,
) -> tuple[BreachRow, ...]:
    """Return the breaches that a filter line leaves, the worst first, then by number.

    Raises ``filter.unknown_key``, ``filter.value_refused``.
    """
    ranks = (list(BreachLevel).index(level),) if level is not None else ()
    base = ItemFilter(("breach",), scope=scope, ranks=ranks, sort=ItemSort.RANK, as_of=as_of)
    wanted = parse_item_filter(session, line, base)
    with session.workspace.read() as view:
        return read_breaches(view, wanted)


def breaches_of(
    view: ReadSession, model: str, as_of: AsOf = NOW, scope: ItemScope = ItemScope.ALL
) -> tuple[BreachRow, ...]:
    """Return the breaches of a model id, inside a read session."""
    return read_breaches(view, ItemFilter(("breach",), scope=scope, models=(model,), as_of=as_of))


def read_breaches(view: ReadSession, wanted: ItemFilter) -> tuple[BreachRow, ...]:
    """Return the breaches of a filter, inside a read session."""
    found = [_row(one) for one in item_queries.read_items(view.connection, wanted)]
    known = {row.key: row for row in found if row.key}
    names = {key: name_model(view.connection, key, wanted.as_of) for key in known}
    return tuple(_named(row, names.get(row.key)) for row in found)


def _row(item: item_queries.ItemAsOf) -> BreachRow:
    row, details = item.row, item.state.details
    assert isinstance(details, BreachDetails)
    key = row.models[0] if row.models else ""
    return BreachRow(
        row.id, row.number, key, "", "", row.stage, row.opened, row.closed, row.owner, details
    )


def _named(row: BreachRow, model: ModelName | None) -> BreachRow:
    return replace(row, model=model.id, model_name=model.name) if model is not None else row


def count_mine(session: Session) -> int:
    """Return how many breaches nobody acted on yet the acting person is responsible for."""
    with session.workspace.read() as view:
        person = people.look_up(view.connection, session.actor.person)
        if person is None:
            return 0
        wanted = ItemFilter(("breach",), stages=("open",), owners=(person.name,))
        return item_queries.count_items(view.connection, wanted)

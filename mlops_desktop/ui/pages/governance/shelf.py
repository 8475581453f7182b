"""What the list of items asks of services, and how many there are in each scope."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.item_filtering import parse_item_filter
from mlops_desktop.services.item_models import with_models
from mlops_desktop.services.items import (
    ItemFilter,
    ItemRow,
    ItemSort,
    count_items,
    list_items,
)
from mlops_desktop.services.own_scope import Scopes, narrow_items, read_within
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table import ListQuery

OVERDUE = "overdue"
SCOPES = (ItemScope.OPEN.value, OVERDUE, ItemScope.CLOSED.value, ItemScope.ALL.value)


def scoped(scope: str, kind: str, as_of: AsOf) -> ItemFilter:
    """Return the filter of a scope and a kind ("" is every kind)."""
    kinds = (kind,) if kind else ()
    if scope == OVERDUE:
        return ItemFilter(kinds, scope=ItemScope.OPEN, overdue=True, as_of=as_of)
    return ItemFilter(kinds, scope=ItemScope(scope), as_of=as_of)


class ItemShelf:
    """Answers the list in the read lane; ``scope`` is one of :data:`SCOPES`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.scope = SCOPES[0]
        self.kind = ""

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[ItemRow, ...]:
        """Return one page of items."""
        session, wanted = self._context.session, self._narrow(query)
        rows = list_items(session, wanted, offset=offset, limit=limit)
        return with_models(session, rows, query.as_of)

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many items the query has in all."""
        return count_items(self._context.session, self._narrow(query))

    def _narrow(self, query: ListQuery) -> ItemFilter:
        base = scoped(self.scope, self.kind, query.as_of)
        try:
            found = parse_item_filter(self._context.session, query.filter, base)
        except AppError as error:
            error.where = None  # the command line's option; here the line itself stands above
            raise
        sort = ItemSort(query.sort) if query.sort else ItemSort.DUE
        found = replace(found, sort=sort, is_descending=query.descending)
        session = self._context.session
        return narrow_items(session, found, self._context.own_scope.read(session))


@dataclass(frozen=True, slots=True)
class ItemTotals:
    """How many items there are in each scope."""

    by_scope: Mapping[str, int]


def count_scopes(session: Session, kind: str, as_of: AsOf, own: Scopes = ()) -> ItemTotals:
    """Count the items of a kind, of all models or inside some scopes, whatever the list shows."""
    within = read_within(session, own, as_of)

    def count(scope: str) -> int:
        return count_items(session, replace(scoped(scope, kind, as_of), within=within))

    return ItemTotals({scope: count(scope) for scope in SCOPES})

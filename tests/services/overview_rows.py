"""Counts what stands where a figure of an Overview leads, by the lists' own services."""

from dataclasses import replace

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.standing import Status
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.item_filtering import parse_item_filter
from mlops_desktop.services.items import ItemFilter, count_items
from mlops_desktop.services.models import ModelFilter, count_models
from mlops_desktop.services.monitoring.filtering import choose_metrics
from mlops_desktop.services.monitoring.reading import list_metrics
from mlops_desktop.services.overview.cards import Card, Figures, Heat, Way
from mlops_desktop.services.pipeline_filtering import filter_pipelines
from mlops_desktop.services.pipelines import list_pipelines
from mlops_desktop.services.reconciliation.filtering import parse_rows_filter
from mlops_desktop.services.reconciliation.listing import reconcile
from mlops_desktop.services.request_list import (
    RequestFilter,
    count_lines,
    parse_request_filter,
)
from mlops_desktop.services.session import Session


def count_rows(session: Session, way: Way, as_of: AsOf) -> int | None:
    """Return how many rows the page of a way shows; None for a page that this does not know."""
    if way.page == "models":
        wanted = parse_filter(way.filter, ModelFilter(scope=Scope.ALL))
        return count_models(session, replace(wanted, as_of=as_of))
    if way.page == "governance":
        every = ItemFilter(scope=ItemScope.ALL, as_of=as_of)
        return count_items(session, parse_item_filter(session, way.filter, every))
    if way.page == "approvals" and not way.filter.startswith("group:"):
        every_one = RequestFilter(statuses=frozenset(Status), as_of=as_of)
        return count_lines(session, parse_request_filter(way.filter, every_one))
    if way.page == "reconciliation":
        keep = parse_rows_filter(way.filter)
        return sum(map(keep, reconcile(session, as_of).rows))
    if way.page == "monitoring":
        return len(choose_metrics(list_metrics(session, as_of=as_of), way.filter))
    if way.page == "pipelines":
        return len(filter_pipelines(list_pipelines(session, as_of), way.filter))
    return None


def counted(cards: tuple[Card, ...]) -> list[tuple[str, int, Way]]:
    """Return every count on the cards that leads to a filter, by its name."""
    found = []
    for card in cards:
        if isinstance(card, Figures):
            found += [
                (one.name, one.value, one.way)
                for one in card.figures
                if isinstance(one.value, int) and one.way is not None and one.way.filter
            ]
        if isinstance(card, Heat):
            found += [(str(cell), cell.count, cell.way) for cell in card.cells]
    return found

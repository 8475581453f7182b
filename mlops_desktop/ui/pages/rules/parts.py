"""What each section of the page is: its list, where its lines come from, what its detail says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic

from mlops_desktop.core.asof import AsOf
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table import ListQuery, ListSpec
from mlops_desktop.ui.table.columns import R
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.sections import Group
from mlops_desktop.ui.widgets.short_table import SortKey


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a detail."""

    title: str
    under: str = ""
    chips: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True)
class Part(Generic[R]):
    """A section: ``fetch`` asks services in the read lane, ``more`` what the detail needs besides.

    ``words`` is what the filter line looks through; ``tabs`` are titles with what they show.
    """

    id: str
    list: ListSpec[R]
    fetch: Callable[[Session, AsOf], tuple[R, ...]]
    words: Callable[[Context, R], str]
    head: Callable[[Context, R], Head]
    tabs: tuple[tuple[str, Callable[[Context, R, object], tuple[Group, ...]]], ...]
    actions: tuple[str, ...]
    default: str
    rest: tuple[str, ...] = ()
    keys: Mapping[str, SortKey] = field(default_factory=dict)
    more: Callable[[Session, R, AsOf], object] | None = None


class Shelf(Generic[R]):
    """Answers a list of a few rows in the read lane: filtered and sorted at hand."""

    def __init__(self, context: Context, part: Part[R]) -> None:
        self._context, self._part = context, part

    def page(self, query: ListQuery, offset: int, limit: int, progress: Progress) -> tuple[R, ...]:
        """Return one page of rows in the order asked for."""
        rows, key = self._found(query), self._part.keys.get(query.sort)
        if key is not None:
            rows = tuple(sorted(rows, key=key, reverse=query.descending))
        return rows[offset : offset + limit]

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many rows the query has in all."""
        return len(self._found(query))

    def _found(self, query: ListQuery) -> tuple[R, ...]:
        rows = self._part.fetch(self._context.session, query.as_of)
        wanted = query.filter.casefold().split()
        if not wanted:
            return rows
        said = ((row, self._part.words(self._context, row).casefold()) for row in rows)
        return tuple(row for row, text in said if all(word in text for word in wanted))

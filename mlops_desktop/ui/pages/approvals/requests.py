"""What the list of requests asks of services: filtered, sorted and paged in SQL."""

from dataclasses import dataclass

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.standing import GRANTED, Status
from mlops_desktop.services.confirmations import find_papers, find_recorded
from mlops_desktop.services.own_scope import narrow_requests
from mlops_desktop.services.request_list import (
    RequestFilter,
    RequestSort,
    count_lines,
    page_lines,
    parse_request_filter,
)
from mlops_desktop.services.reviews import RequestLine, find_waiting
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table import ListQuery

GROUPS = ("all", "waiting", "open", "paper", "granted", "ended")
_EVERY = frozenset(Status)
_OPEN = frozenset({Status.OPEN})
_STATUSES = {"open": _OPEN, "granted": GRANTED, "ended": _EVERY - _OPEN - GRANTED}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What waits for the acting person, as found in one generation for one day."""

    of: tuple[int, AsOf]
    waiting: frozenset[str]


class Requests:
    """Answers the list in the read lane; ``group`` is one of :data:`GROUPS`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._generation = 0
        self._kept: _Kept | None = None
        self.group = GROUPS[0]

    def forget(self) -> None:
        """Find anew, with the next question, what waits."""
        self._generation += 1

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[RequestLine, ...]:
        """Return one page of requests."""
        wanted = self._narrow(query)
        return page_lines(self._context.session, wanted, offset=offset, limit=limit)

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many requests the query has in all."""
        return count_lines(self._context.session, self._narrow(query))

    def _narrow(self, query: ListQuery) -> RequestFilter:
        first = self._waiting(query.as_of)
        papers = frozenset[str]()
        if self.group == "paper":
            papers = find_recorded(self._context.session)
            first |= find_papers(self._context.session)
        session = self._context.session
        scopes = self._context.own_scope.read(session)
        return narrow_requests(session, narrow(query, self.group, first, papers), scopes)

    def _waiting(self, as_of: AsOf) -> frozenset[str]:
        kept, wanted = self._kept, (self._generation, as_of)
        if kept is None or kept.of != wanted:
            # An answer that comes late is kept under what it was asked for, and so never shown.
            found = find_waiting(self._context.session) if as_of.is_now else frozenset[str]()
            kept = self._kept = _Kept(wanted, found)
        return kept.waiting


def narrow(
    query: ListQuery, group: str, waiting: frozenset[str], papers: frozenset[str] = frozenset()
) -> RequestFilter:
    """Return the filter of a list: the line as typed, inside a group of :data:`GROUPS`.

    Raises ``filter.unknown_key`` for a key that requests do not have.
    """
    base = RequestFilter(
        statuses=_STATUSES.get(group, _EVERY),
        among={"waiting": waiting, "paper": papers}.get(group),
        first=waiting,
        sort=RequestSort(query.sort) if query.sort else None,
        is_descending=query.descending,
        as_of=query.as_of,
    )
    return parse_request_filter(query.filter, base)

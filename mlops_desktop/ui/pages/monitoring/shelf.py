"""What the list of metrics asks of services: what needs attention first, the whole when wanted."""

from collections.abc import Callable
from typing import Any

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.monitoring import MetricState
from mlops_desktop.services.monitoring.filtering import choose_metrics
from mlops_desktop.services.monitoring.reading import ATTENTION as OUT
from mlops_desktop.services.monitoring.reading import list_attention, list_metrics
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.services.own_scope import read_within
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table import ListQuery

ATTENTION, UNMEASURED, ALL = "attention", "unmeasured", "all"
SCOPES = (ATTENTION, UNMEASURED, ALL)
_ORDER = list(MetricState)
_KEYS: dict[str, Callable[[MetricRow], Any]] = {
    "model": lambda row: row.model,
    "name": lambda row: row.model_name.casefold(),
    "metric": lambda row: (row.metric.casefold(), row.segment),
    "value": lambda row: (row.value is None, float(row.value or 0)),
    "state": lambda row: (_ORDER.index(row.state), row.since is None, str(row.since)),
    "since": lambda row: (row.since is None, str(row.since)),
    "at": lambda row: (row.at is None, str(row.at)),
    "application": lambda row: row.application.casefold(),
    "source": lambda row: row.source.casefold(),
}


def within(row: MetricRow, scope: str) -> bool:
    """Tell whether a metric is in a scope: out of bounds, not measured, or any."""
    if scope == ATTENTION:
        return row.state in OUT
    return scope == ALL or row.state is MetricState.UNMEASURED


class MetricShelf:
    """Answers the list in the read lane; ``scope`` is one of :data:`SCOPES`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.scope = ATTENTION
        self._read: tuple[AsOf, tuple[MetricRow, ...]] | None = None
        self._near: tuple[AsOf, tuple[MetricRow, ...]] | None = None

    def forget(self) -> None:
        """Ask services again the next time."""
        self._read = self._near = None

    def rows(self, as_of: AsOf) -> tuple[MetricRow, ...]:
        """Return every metric as of the dates asked for, read once for all questions."""
        known = self._read
        if known is None or known[0] != as_of:
            known = self._read = (as_of, list_metrics(self._context.session, as_of=as_of))
        return known[1]

    def _near_rows(self, as_of: AsOf) -> tuple[MetricRow, ...]:
        """Return what needs attention, which does not ask for the whole."""
        whole, known = self._read, self._near
        if whole is not None and whole[0] == as_of:
            return whole[1]
        if known is None or known[0] != as_of:
            known = self._near = (as_of, list_attention(self._context.session, as_of))
        return known[1]

    def totals(self, as_of: AsOf) -> dict[str, int]:
        """Return how many metrics each scope has."""
        rows = choose_metrics(self.rows(as_of), "", self._within(as_of))
        return {scope: sum(within(row, scope) for row in rows) for scope in SCOPES}

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[MetricRow, ...]:
        """Return one page of metrics."""
        return self._narrow(query)[offset : offset + limit]

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many metrics the query has."""
        return len(self._narrow(query))

    def _within(self, as_of: AsOf) -> frozenset[str] | None:
        session = self._context.session
        return read_within(session, self._context.own_scope.read(session), as_of)

    def _narrow(self, query: ListQuery) -> tuple[MetricRow, ...]:
        is_near = self.scope == ATTENTION
        rows = self._near_rows(query.as_of) if is_near else self.rows(query.as_of)
        found = choose_metrics(rows, query.filter, self._within(query.as_of))
        kept = tuple(row for row in found if within(row, self.scope))
        key = _KEYS.get(query.sort)
        return tuple(sorted(kept, key=key, reverse=query.descending)) if key else kept

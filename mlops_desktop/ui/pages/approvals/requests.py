"""What the list of requests asks: read once for a reload, then filtered and sorted at hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.standing import GRANTED, Status
from mlops_desktop.services.reviews import RequestLine, list_lines
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table import ListQuery

GROUPS = ("all", "waiting", "open", "granted", "ended")

_IN_GROUP: dict[str, Callable[[RequestLine], bool]] = {
    "all": lambda line: True,
    "waiting": lambda line: line.is_waiting,
    "open": lambda line: line.status is Status.OPEN,
    "granted": lambda line: line.status in GRANTED,
    "ended": lambda line: line.status is not Status.OPEN and line.status not in GRANTED,
}
_BY_KEY: dict[str, Callable[[RequestLine, str], bool]] = {
    "status": lambda line, value: line.status.value.startswith(value),
    "environment": lambda line, value: line.environment.casefold().startswith(value),
    "model": lambda line, value: value in f"{line.model_id} {line.model_name}".casefold(),
    "requester": lambda line, value: value in line.requester.casefold(),
}
_SORTS: dict[str, Callable[[RequestLine], str | int | datetime]] = {
    "id": lambda line: line.id,
    "model": lambda line: line.model_name.casefold(),
    "version": lambda line: line.label,
    "environment": lambda line: line.environment,
    "status": lambda line: line.status.value,
    "given": lambda line: line.given,
    "requested_at": lambda line: line.requested_at,
    "requester": lambda line: line.requester.casefold(),
    "model_id": lambda line: line.model_id,
}


@dataclass(frozen=True, slots=True)
class _Kept:
    """Lines as read in one generation for one day."""

    of: tuple[int, AsOf]
    lines: tuple[RequestLine, ...]


class Requests:
    """Answers the list in the read lane; ``group`` is one of :data:`GROUPS`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._generation = 0
        self._kept: _Kept | None = None
        self.group = GROUPS[0]

    def forget(self) -> None:
        """Read everything anew with the next question."""
        self._generation += 1

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[RequestLine, ...]:
        """Return one page of requests."""
        return self._fitting(query)[offset : offset + limit]

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many requests the query has in all."""
        return len(self._fitting(query))

    def _fitting(self, query: ListQuery) -> tuple[RequestLine, ...]:
        kept, wanted = self._kept, (self._generation, query.as_of)
        if kept is None or kept.of != wanted:
            # An answer that comes late is kept under what it was asked for, and so never shown.
            kept = self._kept = _Kept(wanted, list_lines(self._context.session, query.as_of))
        return narrow(kept.lines, query, self.group)


def narrow(lines: tuple[RequestLine, ...], query: ListQuery, group: str) -> tuple[RequestLine, ...]:
    """Return the lines of a group that fit the filter line, in the order asked for.

    Raises ``filter.unknown_key`` for a key that requests do not have.
    """
    fits = [_IN_GROUP[group], *map(_condition, query.filter.casefold().split())]
    found = [line for line in lines if all(fit(line) for fit in fits)]
    if query.sort:
        found.sort(key=_SORTS[query.sort], reverse=query.descending)
    return tuple(found)


def _condition(word: str) -> Callable[[RequestLine], bool]:
    key, colon, value = word.partition(":")
    if not colon:
        return lambda line: word in _spoken(line)
    if key not in _BY_KEY:
        raise AppError("filter.unknown_key", name=key, known=", ".join(_BY_KEY))
    return lambda line: _BY_KEY[key](line, value)


def _spoken(line: RequestLine) -> str:
    parts = (line.id, line.model_id, line.model_name, line.label, line.environment, line.requester)
    return " ".join(parts).casefold()

"""The list of requests for approval: its filter line, one page of it, how many there are."""

from collections.abc import Callable
from dataclasses import replace

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.standing import Status
from mlops_desktop.services.reviews import RequestLine, line_of
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.named import printed_names
from mlops_desktop.store.queries.request_filter import RequestFilter, RequestSort
from mlops_desktop.store.queries.request_list import count_requests, page_requests

__all__ = ["RequestFilter", "RequestSort"]


def parse_request_filter(text: str, base: RequestFilter) -> RequestFilter:
    """Return ``base`` narrowed by a filter line such as ``mittelstand status:open``.

    A key given twice means either. Raises ``filter.unknown_key``.
    """
    found, statuses = base, set[Status]()
    for word in text.casefold().split():
        key, colon, value = word.partition(":")
        if key == "status" and colon:
            statuses |= {status for status in Status if status.value.startswith(value)}
            found = replace(found, statuses=base.statuses & statuses)
        elif colon:
            found = _narrow(found, key, value)
        else:
            found = replace(found, words=(*found.words, word))
    return found


_KEYS: dict[str, Callable[[RequestFilter, str], RequestFilter]] = {
    "environment": lambda found, text: replace(found, environments=(*found.environments, text)),
    "model": lambda found, text: replace(found, models=(*found.models, text)),
    "requester": lambda found, text: replace(found, requesters=(*found.requesters, text)),
}


def _narrow(found: RequestFilter, key: str, value: str) -> RequestFilter:
    if key not in _KEYS:
        raise AppError("filter.unknown_key", name=key, known=", ".join(("status", *_KEYS)))
    return _KEYS[key](found, value)


def page_lines(
    session: Session, wanted: RequestFilter, *, offset: int = 0, limit: int | None = None
) -> tuple[RequestLine, ...]:
    """Return one page of requests; those of ``wanted.first`` wait for the acting person."""
    with session.workspace.read() as view:
        rows = page_requests(view.connection, wanted, offset=offset, limit=limit)
        names = printed_names(view.connection)
    return tuple(line_of(row, names, is_waiting=row.key in wanted.first) for row in rows)


def count_lines(session: Session, wanted: RequestFilter) -> int:
    """Return how many requests a filter matches."""
    with session.workspace.read() as view:
        return count_requests(view.connection, wanted)

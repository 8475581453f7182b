"""What the list of events asks of services: pages by position, filters looked for from the end."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import registry
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.services.ledger import LogRow, read_log
from mlops_desktop.services.log_search import SoughtWord, search_piece
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.tabs.history import say_event
from mlops_desktop.ui.table import ListQuery

FILTER_KEYS = ("type", "person", "model", "program", "position")
_PIECE = re.compile(r'(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What is looked for: words anywhere, or one side of an event; ``until`` is a last time."""

    words: tuple[str, ...] = ()
    type: str = ""
    person: str = ""
    program: str = ""
    model: str = ""
    position: str = ""
    until: str | None = None

    @property
    def wants_all(self) -> bool:
        """Whether every event fits."""
        return self == LogFilter()

    def fits(self, row: LogRow, said: str) -> bool:
        """Tell whether an event fits; ``said`` is what happened, in words."""
        if self.until is not None and clock.to_text(row.at) > self.until:
            return False
        told = f"{row.type} {said}".casefold()
        if self.type not in told or self.person not in row.person.casefold():
            return False
        if self.program not in (row.agent or "").casefold():
            return False
        if self.position and self.position != str(row.position):
            return False
        text = f"{told} {row.person} {row.agent or ''} {row.summary} {row.id}".casefold()
        return all(word in text for word in self.words)

    def sought(self, say: Callable[[str], str]) -> tuple[SoughtWord, ...]:
        """Return every word an event must say; ``say`` tells what a kind is called."""
        words = filter(None, (*self.words, self.type, self.person, self.program))
        said = {kind: say(kind).casefold() for kind in registry.names()}
        found = []
        for word in words:
            run = SoughtWord(word).run
            found.append(SoughtWord(word, tuple(k for k, name in said.items() if run in name)))
        return tuple(found)


def parse(query: ListQuery) -> LogFilter:
    """Read the filter line; raises ``filter.unknown_key``."""
    words: list[str] = []
    named: dict[str, str] = {}
    for key, quoted, plain in _PIECE.findall(query.filter):
        value = quoted or plain
        if key in FILTER_KEYS:
            named[key] = value if key == "model" else value.casefold()
        elif key:
            raise AppError("filter.unknown_key", name=key, known=", ".join(FILTER_KEYS))
        elif value.removesuffix(":") not in FILTER_KEYS:  # a key still without its value
            words.append(value.casefold())
    return LogFilter(tuple(words), until=query.as_of.known_text, **named)


@dataclass(frozen=True, slots=True)
class _Search:
    """The events that fit, found so far; ``before`` is where to look on."""

    wanted: LogFilter
    top: int
    before: int
    words: tuple[SoughtWord, ...] = ()
    found: tuple[LogRow, ...] = ()
    is_over: bool = False


class Log:
    """Answers the list in the read lanes, newest first."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._search: _Search | None = None
        self._top = -1

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[LogRow, ...]:
        """Return a page of events."""
        wanted, session = parse(query), self._context.session
        if not wanted.wants_all:
            search = self._look(session, wanted, progress, offset + limit)
            return search.found[offset : offset + limit]
        if offset == 0:
            rows = read_log(session, limit=limit)
            self._top = rows[0].position if rows else -1
            return rows
        # Positions have no gaps, so a page is found by its first one.
        return read_log(session, before=self._top + 1 - offset, limit=limit)

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many events fit."""
        wanted, session = parse(query), self._context.session
        if wanted.wants_all:
            return _newest(session) + 1
        return len(self._look(session, wanted, progress, None).found)

    def _look(
        self, session: Session, wanted: LogFilter, progress: Progress, until: int | None
    ) -> _Search:
        """Look on until so many events are found, or all of them for None.

        Both read lanes may look at once: each on its own, from where one of them left off.
        """
        top, search = _newest(session), self._search
        if search is None or (search.wanted, search.top) != (wanted, top):
            search = self._begin(wanted, top)
        while not search.is_over and (until is None or len(search.found) < until):
            if progress.is_cancelled():
                break
            search = self._search = self._extend(session, search)
            progress.report(top + 1 - search.before, top + 1)
        return search

    def _begin(self, wanted: LogFilter, top: int) -> _Search:
        words = wanted.sought(lambda kind: say_event(self._context, kind))
        before = top + 1
        if (position := whole(wanted.position)) is not None:
            before = min(before, position + 1)
        return _Search(wanted, top, before, words)

    def _extend(self, session: Session, search: _Search) -> _Search:
        wanted, context = search.wanted, self._context
        piece = search_piece(session, search.words, search.before, model=wanted.model or None)
        fits = wanted.fits
        found = (row for row in piece.rows if fits(row, say_event(context, row.type)))
        return replace(
            search,
            before=piece.before,
            found=(*search.found, *found),
            is_over=piece.is_last or (bool(wanted.position) and piece.before < search.before),
        )


def _newest(session: Session) -> int:
    rows = read_log(session, limit=1)
    return rows[0].position if rows else -1

"""The list of the page: what is due, how soon or how late, and whom it concerns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.wording import Words
from mlops_desktop.services.notices.collecting import Notice
from mlops_desktop.services.notices.writing import called, kind_word
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table import Column, EmptyText, ListQuery, ListSpec
from mlops_desktop.ui.widgets.chips import Status

_SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something due, as a row: whom it concerns by name, and the day that judges it."""

    notice: Notice
    due: date
    today: date
    persons: str

    @property
    def id(self) -> str:
        """What tells it from everything else that is due."""
        return f"{self.notice.kind}:{self.notice.id}"


def due_in_words(context: Context, due: date, today: date) -> str:
    """Return in how many days something is due, or since how many it is overdue."""
    days = (due - today).days
    if days == 0:
        return context.say("calendar.today")
    key = "calendar.due_in" if days > 0 else "calendar.overdue_since"
    return context.language.words.count(key, abs(days))


def due_status(context: Context, line: DueLine) -> Status | None:
    """Return the chip of what is overdue or due within a week, in brief where names want room."""
    days = (line.due - line.today).days
    if days > _SOON_DAYS:
        return None
    key = "calendar.days_left" if days > 0 else "calendar.days_over"
    brief = (context.language.words.count(key, abs(days)),) if days else ()
    word = due_in_words(context, line.due, line.today)
    return Status("warn" if days >= 0 else "bad", word, brief)


def _columns(context: Context) -> tuple[Column[DueLine], ...]:
    return (*_days(context), *_about(context.language.words))


def _days(context: Context) -> tuple[Column[DueLine], ...]:
    return (
        Column("due", "calendar.head.due", lambda line: context.language.date(line.due), 12),
        Column(
            "left",
            "calendar.head.left",
            lambda line: due_in_words(context, line.due, line.today),
            24,
            status=lambda line: due_status(context, line),
            sortable=False,
        ),
    )


def _about(words: Words) -> tuple[Column[DueLine], ...]:
    return (
        Column(
            "name",
            "calendar.head.name",
            lambda line: called(words, line.notice),
            28,
            strong=True,
            flexible=True,
        ),
        Column("kind", "calendar.head.what", lambda line: kind_word(words, line.notice), 20),
        Column(
            "number",
            "calendar.head.number",
            lambda line: line.notice.id,
            17,
            muted=True,
            shown=False,
        ),
        Column("persons", "calendar.head.persons", lambda line: line.persons, 18, sortable=False),
    )


LIST = ListSpec(
    "calendar",
    "calendar.title.page",
    _columns,
    EmptyText("calendar.nothing", icon="calendar"),
    actions=("calendar.go",),
)


class DueShelf:
    """Answers the list from what was read: filtered and sorted at hand, in the read lane."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.lines: tuple[DueLine, ...] = ()

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[DueLine, ...]:
        """Return one page of rows, by their day unless asked for otherwise."""
        found = sorted(self.fitting(query.filter), key=self._key(query), reverse=query.descending)
        return tuple(found[offset : offset + limit])

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many rows the query has in all."""
        return len(self.fitting(query.filter))

    def fitting(self, text: str) -> tuple[DueLine, ...]:
        """Return the rows in which every word of ``text`` occurs."""
        wanted = text.casefold().split()
        if not wanted:
            return self.lines
        return tuple(line for line in self.lines if all(map(self._said(line).__contains__, wanted)))

    def _said(self, line: DueLine) -> str:
        words, notice = self._context.language.words, line.notice
        parts = (notice.id, kind_word(words, notice), called(words, notice), line.persons)
        return " ".join(parts).casefold()

    def _key(self, query: ListQuery) -> Callable[[DueLine], tuple[str, date, str]]:
        words = self._context.language.words
        first: dict[str, Callable[[DueLine], str]] = {
            "kind": lambda line: kind_word(words, line.notice).casefold(),
            "number": lambda line: line.notice.id,
            "name": lambda line: called(words, line.notice).casefold(),
        }
        chosen = first.get(query.sort)
        return lambda line: (chosen(line) if chosen else "", line.due, line.id)

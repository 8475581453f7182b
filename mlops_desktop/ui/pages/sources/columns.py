"""The list of connections: its rows, columns and what the filter line looks at."""

from collections.abc import Callable
from dataclasses import dataclass

from mlops_desktop.services.rows import SourceRow
from mlops_desktop.services.sources import list_sources
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.pages.sources.said import FATES, say_kind, say_state
from mlops_desktop.ui.table import Column, EmptyText, ListQuery, ListSpec
from mlops_desktop.ui.text import later
from mlops_desktop.ui.widgets.chips import Status

_COUNTED = ("read", "new", "changed", "missing")
_SORTED: dict[str, Callable[[SourceRow], str]] = {
    "name": lambda row: row.name.casefold(),
    "kind": lambda row: row.kind,
    "url": lambda row: row.url,
    "synced_at": lambda row: row.synced_at or "",
    "completed_at": lambda row: row.completed_at or "",
}
IsReading = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A connection in the list."""

    id: str
    row: SourceRow


class Connections:
    """Answers the list in the read lane; a workspace has few sources, so it reads them all."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[SourceLine, ...]:
        """Return one page of connections."""
        rows = self._fitting(query)
        key = _SORTED.get(query.sort)
        if key is not None:
            rows.sort(key=key, reverse=query.descending)
        return tuple(SourceLine(row.name, row) for row in rows[offset : offset + limit])

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many connections fit."""
        return len(self._fitting(query))

    def _fitting(self, query: ListQuery) -> list[SourceRow]:
        words = query.filter.casefold().split()
        return [
            row
            for row in list_sources(self._context.session)
            if all(word in f"{row.name} {row.kind} {row.url}".casefold() for word in words)
        ]


def make_columns(context: Context, is_reading: IsReading) -> tuple[Column[SourceLine], ...]:
    """Return every column; ``is_reading`` tells which source is being read now."""

    def state(line: SourceLine) -> Status:
        return say_state(context, line.row, is_reading=is_reading(line.id))

    def read(line: SourceLine) -> str:
        return _moment(context, line.row.synced_at)

    return (
        Column("name", "sources.column.name", lambda line: line.id, 26, strong=True, flexible=True),
        Column(
            "state",
            "sources.column.state",
            lambda line: state(line).word,
            width=20,
            status=state,
            sortable=False,
            key=True,
        ),
        Column("synced_at", "sources.column.synced_at", read, key=True),
        Column(
            "completed_at",
            "sources.column.completed_at",
            lambda line: _moment(context, line.row.completed_at),
            width=18,
        ),
        *(_count_column(context, fate) for fate in FATES),
        Column("kind", "sources.column.kind", lambda line: say_kind(context, line.row.kind), 9),
        Column("url", "sources.column.url", lambda line: line.row.url, 30, muted=True, shown=False),
    )


def _moment(context: Context, text: str | None) -> str:
    return say_moment(context, text) if text else context.say("sources.state.never")


def _count_column(context: Context, fate: str) -> Column[SourceLine]:
    def text(line: SourceLine) -> str:
        if line.row.result is None:
            return ""
        return context.language.number(int(getattr(line.row.result.counts, fate)))

    return Column(
        fate,
        f"sources.fate.{fate}",
        text,
        width=9,
        numeric=True,
        sortable=False,
        shown=fate in _COUNTED,
    )


def list_spec(is_reading: IsReading) -> ListSpec[SourceLine]:
    """Return the list of connections."""
    return ListSpec(
        "sources",
        "sources.title.page",
        lambda context: make_columns(context, is_reading),
        EmptyText(later("No source is connected yet."), "source.add", "sources"),
        (),
        (
            "source.sync",
            "source.test",
            "source.stop",
            "",
            "source.candidates",
            "source.accept",
            "source.edit",
            "source.secret",
            "",
            "source.remove",
        ),
    )

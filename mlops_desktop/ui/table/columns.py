"""What a list asks and shows: the query, its provider, and the columns of a row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.text import honest
from mlops_desktop.ui.widgets.chips import Status

PAGE_ROWS = 64
DASH = "–"
"""Shown and printed where a cell says nothing; what is copied stays empty, for a spreadsheet."""


class Row(Protocol):
    """A record in a list: any frozen dataclass with an id."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=Row)
R_co = TypeVar("R_co", bound=Row, covariant=True)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What is asked of a provider: the filter line as typed, an order, and the dates to show."""

    filter: str = ""
    sort: str = ""
    descending: bool = False
    as_of: AsOf = NOW


class RowProvider(Protocol[R_co]):
    """Answers in the read lane; raises AppError for a filter it cannot read."""

    def page(
        self, query: ListQuery, offset: int, limit: int, progress: Progress
    ) -> tuple[R_co, ...]:
        """Return at most ``limit`` rows of ``query`` from ``offset`` on, in its order."""
        ...

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many rows ``query`` has in all."""
        ...


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: ``width`` in characters; with ``status`` the cell is a chip, else plain text.

    A ``flexible`` one takes the room that is left, until a person sets its width. What stands in
    a ``whole`` one is never cut off: half a number or half a day says nothing. A short table
    shows an ``optional`` one only where one of its rows has something to say there. A list that
    has ``key`` ones lets the others give way where there is no room, as beside an open detail. A
    row is known by a ``strong`` one and by a ``named`` one: they take more lines rather than be
    cut.

    ``id`` is what the provider sorts by; ``title`` is a key of Words or a text marked by later.
    """

    id: str
    title: str
    text: Callable[[R], str]
    width: int = 16
    status: Callable[[R], Status | None] | None = None
    numeric: bool = False
    strong: bool = False
    muted: bool = False
    flexible: bool = False
    whole: bool = False
    sortable: bool = True
    shown: bool = True
    optional: bool = False
    key: bool = False
    named: bool = False

    @property
    def is_name(self) -> bool:
        """Whether a row is known by what stands here."""
        return (self.strong or self.named) and self.is_text

    @property
    def is_text(self) -> bool:
        """Whether words stand here, of which a part may go on in the next line."""
        return self.status is None and not self.numeric and not self.whole


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell ready to be painted and spoken."""

    text: str
    status: Status | None = None


def make_cells(columns: tuple[Column[R], ...], row: R) -> tuple[Cell, ...]:
    """Return the cells of ``row``; a chip's word is its text."""
    made = []
    for column in columns:
        status = column.status(row) if column.status is not None else None
        made.append(Cell(status.word if status is not None else honest(column.text(row)), status))
    return tuple(made)

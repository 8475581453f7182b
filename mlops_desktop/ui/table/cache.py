"""The rows a list has at hand: pages of 64 in the order of one query, the oldest let go first."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic

from mlops_desktop.ui.table.columns import PAGE_ROWS, Cell, Column, R, make_cells

_MOST_PAGES = 128


@dataclass(frozen=True, slots=True)
class Line(Generic[R]):
    """A row and its cells."""

    row: R
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Page(Generic[R]):
    rows: tuple[R, ...]
    lines: dict[int, Line[R]] = field(default_factory=dict)


class PageCache(Generic[R]):
    """Pages by number; cells are made for the rows that are painted, once."""

    def __init__(self, columns: tuple[Column[R], ...]) -> None:
        self._columns = columns
        self._pages: OrderedDict[int, _Page[R]] = OrderedDict()

    def put(self, number: int, rows: tuple[R, ...]) -> None:
        """Keep ``rows`` as the page ``number``."""
        self._pages[number] = _Page(rows)
        self._pages.move_to_end(number)
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)

    def line(self, position: int) -> Line[R] | None:
        """Return the row at ``position`` if it is at hand."""
        page = self._pages.get(position // PAGE_ROWS)
        inside = position % PAGE_ROWS
        if page is None or inside >= len(page.rows):
            return None
        if inside not in page.lines:
            row = page.rows[inside]
            page.lines[inside] = Line(row, make_cells(self._columns, row))
        return page.lines[inside]

    def rows(self) -> Iterator[tuple[int, R]]:
        """Yield each row at hand with its position."""
        for number, page in self._pages.items():
            yield from enumerate(page.rows, number * PAGE_ROWS)

    def missing(self, first: int, last: int) -> tuple[int, ...]:
        """Return the pages between two positions that are not at hand; touches those that are."""
        wanted = range(first // PAGE_ROWS, last // PAGE_ROWS + 1)
        for number in wanted:
            if number in self._pages:
                self._pages.move_to_end(number)
        return tuple(number for number in wanted if number not in self._pages)

    def clear(self) -> None:
        """Forget every row."""
        self._pages.clear()

    def say_again(self, columns: tuple[Column[R], ...]) -> None:
        """Make every cell again, after a change of language."""
        self._columns = columns
        for page in self._pages.values():
            page.lines.clear()

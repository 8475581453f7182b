"""The rows a list has at hand: pages of 64 in the order of one query, the oldest let go first."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic

from mlops_desktop.ui.table.columns import PAGE_ROWS, Cell, Column, R, make_cells

_MOST_PAGES = 128


@dataclass(frozen=True, slots=True)
class Line(Generic[R]):
    """A row and its cells."""

    row: R
    cells: tuple[Cell, ...]


class PageCache(Generic[R]):
    """Pages by number; remembers cells so that painting asks nothing."""

    def __init__(self, columns: tuple[Column[R], ...]) -> None:
        self._columns = columns
        self._pages: OrderedDict[int, tuple[Line[R], ...]] = OrderedDict()

    def put(self, number: int, rows: tuple[R, ...]) -> None:
        """Keep ``rows`` as the page ``number``."""
        self._pages[number] = tuple(Line(row, make_cells(self._columns, row)) for row in rows)
        self._pages.move_to_end(number)
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)

    def line(self, position: int) -> Line[R] | None:
        """Return the row at ``position`` if it is at hand."""
        page = self._pages.get(position // PAGE_ROWS)
        inside = position % PAGE_ROWS
        return page[inside] if page is not None and inside < len(page) else None

    def lines(self) -> Iterator[tuple[int, Line[R]]]:
        """Yield each row at hand with its position."""
        for number, page in self._pages.items():
            for inside, line in enumerate(page):
                yield number * PAGE_ROWS + inside, line

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
        for number, page in list(self._pages.items()):
            self.put(number, tuple(line.row for line in page))

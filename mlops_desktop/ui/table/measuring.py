"""How wide the columns of a list are: what stands in them fits where there is room for it."""

from collections.abc import Callable, Iterable
from heapq import nlargest
from typing import Any

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle, QTableView

from mlops_desktop.ui.table.columns import PAGE_ROWS, Cell, Column
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.widgets.chips import chip_width
from mlops_desktop.ui.widgets.label import room_for

PADDING = 10
_MOST = 48
"""In characters: beyond that a text is read in the detail."""
_SHOWN = 1_000
"""In characters: no screen is so wide that a cell shows more."""
_LONGEST = 24
"""Texts measured of a column, those of most letters: a page of measured texts stops the window."""


def cell_width(cell: Cell, plain: QFontMetrics, bold: QFontMetrics, *, strong: bool) -> int:
    """Return the room a cell wants, without the padding of its column."""
    if cell.status is not None:
        return chip_width(plain, cell.status.word)
    metrics = bold if strong else plain
    most = metrics.averageCharWidth() * _MOST
    return min(metrics.horizontalAdvance(one_line(cell.text)) + 2, most)


def one_line(text: str) -> str:
    """Return as much of a text in one line as a cell can ever show: some name thousands of ids."""
    return text[:_SHOWN].replace("\n", " ")


def _told(cell: Cell) -> str:
    return cell.status.word if cell.status is not None else cell.text


def share_room(least: list[int], wanted: list[int], order: Iterable[int], room: int) -> list[int]:
    """Return widths of at least ``least``, grown to ``wanted`` in ``order`` while room is left."""
    widths, left = list(least), room - sum(least)
    for at in order:
        more = min(max(wanted[at] - least[at], 0), max(left, 0))
        widths[at] += more
        left -= more
    return widths


class Rooms:
    """What the cells seen so far want, and the widths that follow; no person's width is touched."""

    def __init__(self, view: QTableView, rows: RowsModel[Any]) -> None:
        self._view, self._rows = view, rows
        self._wanted: dict[str, int] = {}
        self.is_fitting = False
        self.is_stale = False
        """Whether the rows are to be measured anew."""

    def forget(self, *, is_stale: bool = False) -> None:
        """Measure anew: words, font or columns are other ones; ``is_stale`` for rows at hand."""
        self._wanted.clear()
        self.is_stale = is_stale

    def note(self, room_of: Callable[[Cell, bool], int]) -> None:
        """Note what the first rows want: once wide, a column stays so while rows change."""
        self.is_stale = False
        shown = range(min(self._rows.rowCount(), PAGE_ROWS))
        lines = [line.cells for at in shown if (line := self._rows.line(at)) is not None]
        for column, cells in zip(self._rows.columns, zip(*lines, strict=True), strict=False):
            told = {_told(cell): cell for cell in cells}
            for text in nlargest(_LONGEST, told, key=len):
                room = room_of(told[text], column.strong)
                self._wanted[column.id] = max(self._wanted.get(column.id, 0), room)

    def least(self, at: int) -> int:
        """Return the least width of a column: its title fits, a state, a text as far as meant."""
        column: Column[Any] = self._rows.columns[at]
        meant = room_for(self._view.fontMetrics(), column.width)
        wanted = self._wanted.get(column.id, meant)
        is_whole = column.whole or column.status is not None
        room = wanted if is_whole else min(wanted, meant)
        return max(room + 2 * PADDING, self._view.horizontalHeader().sectionSizeHint(at))

    def fit(self) -> None:
        """Let texts that are cut off have the room there is, and the flexible column the rest."""
        header, columns = self._view.horizontalHeader(), self._rows.columns
        shown = [at for at in range(len(columns)) if not header.isSectionHidden(at)]
        whole = self._view.viewport().width()
        least = [self._narrowest(at) for at in shown]
        tight = [self._tightest(at) for at in shown]
        wanted = [self._wanted.get(columns[at].id, 0) + 2 * PADDING for at in shown]
        first = sorted(range(len(shown)), key=lambda at: not columns[shown[at]].flexible)
        narrow = share_room(tight, least, first, whole) if sum(tight) <= whole else least
        widths = share_room(narrow, wanted, first, whole)
        rest = max(whole - sum(widths), 0)
        self.is_fitting = True  # what changes meanwhile is nobody's choice
        for at, width in zip(shown, widths, strict=True):
            header.resizeSection(at, width + (rest if columns[at].flexible else 0))
        self.is_fitting = False

    def _narrowest(self, at: int) -> int:
        """Return how narrow a column may become: a flexible one does with three quarters."""
        if not self._rows.columns[at].flexible:
            return self.least(at)
        room = room_for(self._view.fontMetrics(), self._rows.columns[at].width) * 3 // 4
        return max(room, self._view.horizontalHeader().sectionSizeHint(at))

    def _tightest(self, at: int) -> int:
        """Return how narrow a column becomes before a list is scrolled sideways.

        A text does with three quarters, a title without the room of an arrow it does not have.
        """
        column: Column[Any] = self._rows.columns[at]
        if column.flexible:
            return self._narrowest(at)
        meant = room_for(self._view.fontMetrics(), column.width)
        wanted = self._wanted.get(column.id, meant)
        is_text = column.status is None and not column.numeric and not column.whole
        room = min(wanted, meant * 3 // 4) if is_text else wanted
        return max(room + 2 * PADDING, self._bare_title(at))

    def _bare_title(self, at: int) -> int:
        header = self._view.horizontalHeader()
        if header.sortIndicatorSection() == at:
            return header.sectionSizeHint(at)
        metric, style = QStyle.PixelMetric, header.style()
        mark = style.pixelMetric(metric.PM_HeaderMarkSize, None, header)
        return header.sectionSizeHint(at) - mark

"""How wide the columns of a list are: what stands in them fits where there is room for it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from heapq import nlargest
from operator import lt
from typing import Any

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle, QTableView

from mlops_desktop.ui.table.columns import PAGE_ROWS, Cell, Column
from mlops_desktop.ui.table.folding import MOST_LINES, Names
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
_FEW, _HARDLY, _SCANT = 10, 5, 3
"""In characters: what is left of a text tells it from others, the whole is its tooltip.

The last two are for the sake of a chip: half a state says nothing.
"""
_COUNTED = re.compile(r"(?:[A-Z]{1,2}-)?[\d\s.,:/%+<>\u2265()\u2212\u2013-]*")
"""What a number, a threshold, a day and an id as M-00005 consist of: half of any says nothing."""


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


def _brief(cell: Cell) -> Cell:
    status = cell.status
    if status is None:
        return cell
    return Cell(status.shortest, replace(status, word=status.shortest))


def share_room(least: list[int], wanted: list[int], order: Iterable[int], room: int) -> list[int]:
    """Return widths of at least ``least``, grown to ``wanted`` in ``order`` while room is left."""
    widths, left = list(least), room - sum(least)
    for at in order:
        more = min(max(wanted[at] - least[at], 0), max(left, 0))
        widths[at] += more
        left -= more
    return widths


def level_room(least: list[int], most: list[int], room: int) -> list[int]:
    """Return widths of ``most``, the widest ones cut to one level, down to ``least``, to fit."""

    def cut(level: int) -> list[int]:
        return [max(low, min(high, level)) for low, high in zip(least, most, strict=True)]

    level = bisect_right(range(max(most, default=0) + 1), room, key=lambda at: sum(cut(at)))
    return cut(level - 1)


class Rooms:
    """What the cells seen so far want, and the widths that follow; no person's width is touched."""

    def __init__(self, view: QTableView, rows: RowsModel[Any]) -> None:
        self._view, self._rows = view, rows
        self._wanted: dict[str, int] = {}
        self._counted: dict[str, int] = {}
        """What the numbers and days among them want."""
        self._chips: dict[str, int] = {}
        """What the cells of a column of chips want, in brief where that is enough."""
        self._names = Names(view)
        self.is_fitting = self.has_cut_titles = False
        self.is_stale = False
        """Whether the rows are to be measured anew."""

    def forget(self, *, is_stale: bool = False) -> None:
        """Measure anew: words, font or columns are other ones; ``is_stale`` for rows at hand."""
        self._wanted.clear()
        self._counted.clear()
        self._chips.clear()
        self._names.forget()
        self.is_stale = is_stale

    def note(self, room_of: Callable[[Cell, bool], int]) -> None:
        """Note what the first rows want: once wide, a column stays so while rows change."""
        self.is_stale = False
        shown = range(min(self._rows.rowCount(), PAGE_ROWS))
        lines = [line.cells for at in shown if (line := self._rows.line(at)) is not None]
        for column, cells in zip(self._rows.columns, zip(*lines, strict=True), strict=False):
            told = {_told(cell): cell for cell in cells}
            self._names.note(column, told)
            counted = filter(_COUNTED.fullmatch, told)
            for found, texts in ((self._wanted, told), (self._counted, counted)):
                for text in nlargest(_LONGEST, texts, key=len):
                    room = room_of(told[text], column.strong)
                    found[column.id] = max(found.get(column.id, 0), room)
            if column.status is not None:
                briefs = nlargest(
                    _LONGEST, map(_brief, told.values()), key=lambda one: len(one.text)
                )
                rooms = (room_of(cell, column.strong) for cell in briefs)
                self._chips[column.id] = max(self._chips.get(column.id, 0), *rooms, 0)

    def least(self, at: int) -> int:
        """Return the least width of a column: its title fits, a state, a text as far as meant.

        The arrow of an order has its room where it is: in every title it would cost a name's end.
        """
        column: Column[Any] = self._rows.columns[at]
        meant = room_for(self._view.fontMetrics(), column.width)
        wanted = self._wanted.get(column.id, meant)
        is_whole = column.whole or column.status is not None
        room = wanted if is_whole else min(wanted, meant)
        return max(room + 2 * PADDING, self._bare_title(at))

    def fit(self) -> None:
        """Let texts that are cut off have the room there is, and the flexible column the rest."""
        header, columns = self._view.horizontalHeader(), self._rows.columns
        shown = [at for at in range(len(columns)) if not header.isSectionHidden(at)]
        whole = self._view.viewport().width()
        least = [self._narrowest(at) for at in shown]
        tight = [self.tightest(at) for at in shown]
        wanted = [self._wanted.get(columns[at].id, 0) + 2 * PADDING for at in shown]
        first = sorted(range(len(shown)), key=partial(self._turn, shown))
        self.has_cut_titles = False
        if sum(tight) <= whole:
            narrow = share_room(tight, least, first, whole)
        else:
            narrow = self._cut(shown, tight, whole) or list(map(min, least, tight))
        widths = share_room(narrow, wanted, first, whole)
        rest = max(whole - sum(widths), 0)
        self.is_fitting = True  # what changes meanwhile is nobody's choice
        try:
            for at, width in zip(shown, widths, strict=True):
                header.resizeSection(at, width + (rest if columns[at].flexible else 0))
        finally:
            self.is_fitting = False

    def _turn(self, shown: list[int], place: int) -> tuple[bool, bool]:
        """Return when a column is given more room: the flexible one first, then chips."""
        column: Column[Any] = self._rows.columns[shown[place]]
        return not column.flexible, column.status is None

    def _cut(self, shown: list[int], most: list[int], whole: int) -> list[int]:
        """Return widths that cut the widest texts, then titles, then names; nothing if in vain.

        A number, a day and a chip are never cut: the list is scrolled sideways rather.
        """
        bare = [[self._barest(at, left) for at in shown] for left in (_FEW, _HARDLY, _SCANT)]
        titled = list(map(max, bare[0], map(self._bare_title, shown)))
        half, third = ([self._folded(at, lines) for at in shown] for lines in (2, MOST_LINES))
        named = [list(map(max, one, third)) for one in (titled, *bare)]
        cut = bare if any(third) else [titled, *bare]  # a title goes before the end of a name
        for least in (list(map(max, titled, half)), *named, *cut):
            if sum(least) <= whole:
                self.has_cut_titles = any(map(lt, least, titled))
                given = share_room(least, third, range(len(shown)), whole)
                return level_room(given, most, whole)
        return []

    def lines(self, at: int, width: int) -> int:
        """Return how many lines a column of ``width`` needs to show its texts in whole."""
        return self._names.lines(self._rows.columns[at], width - 2 * PADDING)

    def _folded(self, at: int, lines: int = 2) -> int:
        """Return the room of a name in so many lines."""
        column: Column[Any] = self._rows.columns[at]
        return self._names.room(column, lines) + 2 * PADDING if column.is_name else 0

    def _narrowest(self, at: int) -> int:
        """Return how narrow a column may become: a flexible one does with three quarters.

        One in which next to nothing stands does with that, and leaves the others the room; a
        number or a day in one is whole.
        """
        column: Column[Any] = self._rows.columns[at]
        if not column.flexible:
            return self.least(at)
        room = room_for(self._view.fontMetrics(), column.width) * 3 // 4
        room = min(room, self._wanted.get(column.id, room) + 2 * PADDING)
        counted = self._counted.get(column.id, -2 * PADDING) + 2 * PADDING
        return max(room, counted, self._bare_title(at))

    def tightest(self, at: int) -> int:
        """Return how narrow a column becomes before a list is scrolled sideways.

        A text does with three quarters, a name with two lines, a title without the room of an
        arrow it does not have.
        """
        column: Column[Any] = self._rows.columns[at]
        if column.flexible:
            return max(self._narrowest(at), self._folded(at))
        meant = room_for(self._view.fontMetrics(), column.width)
        wanted = self._wanted.get(column.id, meant)
        room = wanted
        if not column.numeric and not column.whole:
            room = self._cut_to(self._chips.get(column.id, meant * 3 // 4), column)
        return max(room + 2 * PADDING, self._folded(at), self._bare_title(at))

    def closest(self, at: int) -> int:
        """Return how narrow a column becomes before a whole one gives way to it."""
        column: Column[Any] = self._rows.columns[at]
        return self._barest(at, _FEW if column.strong or column.flexible else _HARDLY)

    def _barest(self, at: int, characters: int) -> int:
        """Return the room of a number, a day or a chip, or of the beginning of a text."""
        column: Column[Any] = self._rows.columns[at]
        fewest = room_for(self._view.fontMetrics(), characters)
        is_text = not column.numeric and not column.whole
        room = self._cut_to(fewest, column) if is_text else self._wanted.get(column.id, fewest)
        room = max(room, self._chips.get(column.id, 0))
        return max(room + 2 * PADDING, self._view.horizontalHeader().minimumSectionSize())

    def _cut_to(self, room: int, column: Column[Any]) -> int:
        """Return the room of a cut text, but of a number or a day beside it in whole."""
        return max(min(self._wanted.get(column.id, room), room), self._counted.get(column.id, 0))

    def _bare_title(self, at: int) -> int:
        header = self._view.horizontalHeader()
        if header.sortIndicatorSection() == at:
            return header.sectionSizeHint(at)
        metric, style = QStyle.PixelMetric, header.style()
        mark = style.pixelMetric(metric.PM_HeaderMarkSize, None, header)
        return header.sectionSizeHint(at) - mark

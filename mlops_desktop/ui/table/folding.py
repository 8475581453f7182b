"""Names that have no room in one line take a second or a third, all rows of a list alike."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from heapq import nlargest
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.table.columns import Column

if TYPE_CHECKING:
    from mlops_desktop.ui.table.view import RowsView

MOST_LINES = 3
_MOST_OF_SENTENCES = 2
_LONGEST = 24
"""Texts measured of a column, those of most letters."""
_MOST = 48
"""In characters: so much of a sentence counts, of a name all; the rest is read in the detail."""
_BREAK = re.compile(r"(?<=[\s/-])(?=\S)")
"""Where a text may go on in the next line."""
_ANYWHERE = QTextOption()
_ANYWHERE.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def fold(text: str, font: QFont, room: int, most: int) -> list[str]:
    """Return a text in at most ``most`` lines, with all that is left in the last of them."""
    if most == 1:
        return [text]
    layout, lines, at = QTextLayout(text, font), list[str](), 0
    layout.setTextOption(_ANYWHERE)
    layout.beginLayout()
    while len(lines) < most - 1 and (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        lines.append(text[at : at + line.textLength()].rstrip())
        at += line.textLength()
    layout.endLayout()
    return [*lines, text[at:]] if at < len(text) else lines


class Names:
    """The longest texts seen in the columns that fold, and the room they need."""

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._texts: dict[str, list[str]] = {}
        self._rooms: dict[tuple[str, int], int] = {}

    def forget(self) -> None:
        """Measure anew."""
        self._texts.clear()
        self._rooms.clear()

    def note(self, column: Column[Any], texts: Iterable[str]) -> None:
        """Note what stands in a column."""
        if column.is_text and (column.is_name or column.flexible):
            most = None if column.is_name else _MOST
            cut = {" ".join(text[:most].split()) for text in texts}
            known = self._texts.get(column.id, [])
            if not cut.issubset(known):
                self._texts[column.id] = nlargest(_LONGEST, cut.union(known), key=len)
                self._rooms.clear()

    def room(self, column: Column[Any], lines: int) -> int:
        """Return the room in which every text of a column fits in ``lines``, or the most meant."""
        key = column.id, lines
        if key not in self._rooms:
            metrics = QFontMetrics(self._font(column))
            texts = self._texts.get(column.id, [])
            most = metrics.averageCharWidth() * _MOST * 3 // 2 // lines
            wanted = max((_least_room(text, metrics, lines) for text in texts), default=0)
            self._rooms[key] = min(wanted, most)
        return self._rooms[key]

    def lines(self, column: Column[Any], room: int) -> int:
        """Return how many lines show every text of a column in ``room``."""
        font, most = self._font(column), MOST_LINES if column.is_name else _MOST_OF_SENTENCES
        metrics = QFontMetrics(font)
        texts = self._texts.get(column.id, [])
        cut = [text for text in texts if metrics.horizontalAdvance(text) > room]
        return max((len(fold(text, font, room, most)) for text in cut), default=1)

    def _font(self, column: Column[Any]) -> QFont:
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.DemiBold if column.strong else font.weight())
        return font


def _least_room(text: str, metrics: QFontMetrics, lines: int) -> int:
    """Return the least room in which a text fits in so many lines, without a word parted."""
    widths = [metrics.horizontalAdvance(piece) for piece in _BREAK.split(text)]
    rooms = range(max(widths), sum(widths) + 1)
    return rooms[bisect_left(rooms, -lines, key=lambda room: -_count(widths, room))] + 2


def _count(widths: list[int], room: int) -> int:
    """Return how many lines pieces of a text take that go on where the next has no room."""
    lines, left = 1, room
    for width in widths:
        lines, left = (lines, left) if width <= left else (lines + 1, room)
        left -= width
    return lines


class Folding(QObject):
    """How many lines the rows of a list have: as many as its names need where they have no room.

    Every row has as many, so that a hundred thousand are scrolled as fast as ten.
    """

    changed = Signal()
    """The rows are higher now, or lower."""

    def __init__(self, view: "RowsView") -> None:
        super().__init__(view)
        self._view, self._is_waiting = view, False
        view.released.connect(self._on_released)

    def fit(self) -> None:
        """Give the rows the lines they need; not under a pressed button, where they would slip."""
        self._is_waiting = self._view.is_pressed
        if not self._is_waiting:
            self.show_lines(max(map(self._needed, range(len(self._view.rows.columns))), default=1))

    def show_lines(self, lines: int) -> None:
        """Have ``lines`` in every row, and the row a person looks at where it was."""
        view, header = self._view, self._view.verticalHeader()
        view.painter.lines = lines
        if header.defaultSectionSize() == view.painter.row_height():
            return
        held = self._held()
        before = view.rowViewportPosition(held)
        header.setDefaultSectionSize(view.painter.row_height())
        view.updateGeometries()
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + view.rowViewportPosition(held) - before)
        self.changed.emit()

    def _on_released(self) -> None:
        if self._is_waiting:
            self.fit()

    def _held(self) -> int:
        """Return the row that stays in its place: the current one, or the first that is seen."""
        view, current = self._view, self._view.currentIndex().row()
        is_seen = current >= 0 and 0 <= view.rowViewportPosition(current) < view.viewport().height()
        return current if is_seen else max(view.rowAt(0), 0)

    def _needed(self, at: int) -> int:
        view = self._view
        column = view.rows.columns[at]
        is_cut = column.is_text and not view.isColumnHidden(at)
        return view.rooms.lines(at, view.columnWidth(at)) if is_cut else 1

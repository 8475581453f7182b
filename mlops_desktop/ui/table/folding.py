"""Names that have no room in one line take a second or a third, all rows of a list alike."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from heapq import nlargest
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

from mlops_desktop.core.hyphens import SOFT_HYPHEN
from mlops_desktop.ui.table.columns import Column
from mlops_desktop.ui.widgets.breaking import fitted

if TYPE_CHECKING:
    from mlops_desktop.ui.table.view import RowsView

MOST_LINES = 3
ANY_LINES = 99
"""As many lines as there are words."""
JOINT = re.compile(r"(?<=\d) (?=\d\d:\d\d)|(?<=[%\d]) (?=\()|(?<=,) ")
"""Between a day and its hour, a number and its threshold: each says something in its own line."""
_MOST_OF_SENTENCES = 2
_LONGEST = 24
"""Texts measured of a column, those of most letters."""
_MOST = 48
"""In characters: so much of a sentence counts, of a name all; the rest is read in the detail."""
_NO_SPACE = "\u200b"
_SIGN = re.compile(r"(?<=\w[_(])(?=\w)")
_BREAK = re.compile(rf"(?<=\s)(?=\S)|(?<=[/-])(?=[^\s\d])|{_SIGN.pattern}")
"""Where a text may go on in the next line: in M-00005 or 31/12/2026 it may not."""
_ANYWHERE = QTextOption()
_ANYWHERE.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def fold(text: str, font: QFont, room: int, most: int) -> list[str]:
    """Return a text in at most ``most`` lines, with all that is left in the last of them.

    A word that has no room in a line of its own is parted between two syllables.
    """
    metrics = QFontMetrics(font)
    if most == 1 or metrics.horizontalAdvance(text) <= room:
        return [text]
    widest = max(metrics.horizontalAdvance(piece.rstrip()) for piece in _BREAK.split(text))
    told = text if widest <= room else fitted(text, room, metrics)
    told = _SIGN.sub(_NO_SPACE, told)
    layout, lines, at = QTextLayout(told, font), list[str](), 0
    layout.setTextOption(_ANYWHERE)
    layout.beginLayout()
    while len(lines) < most - 1 and (line := layout.createLine()).isValid():
        line.setLineWidth(room + 0.5)  # what is measured is rounded: the last letter went down
        lines.append(_said(told[at : at + line.textLength()]).rstrip())
        at += line.textLength()
    layout.endLayout()
    return [*lines, _said(told[at:])] if at < len(told) else lines


def _said(line: str) -> str:
    """Return a line as it is read, with a hyphen where a word is parted."""
    end = "-" if line.endswith(SOFT_HYPHEN) else ""
    return line.replace(SOFT_HYPHEN, "").replace(_NO_SPACE, "") + end


_Piece = tuple[int, int]
"""The width of a piece of text, and without the space at its end."""


class Names:
    """The longest texts seen in the columns that fold, and the room they need."""

    def __init__(self, view: "RowsView") -> None:
        self._view, self.changes = view, 0
        self._texts: dict[str, list[str]] = {}
        self._rooms: dict[tuple[str, int], int] = {}
        self._fonts: dict[bool, tuple[QFont, QFontMetrics]] = {}
        self._pieces: dict[tuple[bool, str], list[_Piece]] = {}

    def forget(self) -> None:
        """Measure anew."""
        for known in (self._texts, self._rooms, self._fonts, self._pieces):
            known.clear()

    def note(self, column: Column[Any], texts: Iterable[str]) -> None:
        """Note what stands in a column; of chips and what is whole, what has a joint."""
        if column.numeric:
            return
        most = None if column.is_name else _MOST * 3 if self._view.folds_all else _MOST
        found = texts if column.is_text else filter(JOINT.search, texts)
        known = self._texts.get(column.id, [])
        seen = {" ".join(text[:most].split()) for text in found}.union(known)
        longest = nlargest(_LONGEST, seen, key=lambda text: (len(text), text))
        if longest != known:
            self._texts[column.id] = longest
            self.changes += 1
            self._rooms.clear()

    def room(self, column: Column[Any], lines: int) -> int:
        """Return the room in which every text of a column fits in ``lines``, or the most meant."""
        key = column.id, lines
        if key not in self._rooms:
            most = self._font(column)[1].averageCharWidth() * _MOST * 3 // 2
            texts = self._texts.get(column.id, [])
            wanted = (_least_room(self._measured(column, text), lines) for text in texts)
            self._rooms[key] = min(max(wanted, default=0), most // min(lines, MOST_LINES))
        return self._rooms[key]

    def lines(self, column: Column[Any], room: int) -> int:
        """Return how many lines show every text of a column in ``room``."""
        most, lines, font = self._most_lines(column), 1, self._font(column)[0]
        for text in self._texts.get(column.id, []):
            if lines >= most:
                break
            pieces = self._measured(column, text)
            is_parted = max(seen for _, seen in pieces) > room
            needed = len(fold(text, font, room, most)) if is_parted else _count(pieces, room)
            lines = max(lines, needed)
        return min(lines, most)

    def _most_lines(self, column: Column[Any]) -> int:
        """Return how many lines a column may ask for: in a list of thousands, names do."""
        if column.is_name or (column.is_text and self._view.folds_all):
            return self._view.most_lines
        return _MOST_OF_SENTENCES if column.flexible or not column.is_text else 1

    def _measured(self, column: Column[Any], text: str) -> list[_Piece]:
        """Return the pieces of a text, measured once: the window would stand still."""
        key = column.strong, text
        if key not in self._pieces:
            self._pieces[key] = _measure(text, self._font(column)[1])
        return self._pieces[key]

    def _font(self, column: Column[Any]) -> tuple[QFont, QFontMetrics]:
        if column.strong not in self._fonts:
            font = QFont(self._view.font())
            font.setWeight(QFont.Weight.DemiBold if column.strong else font.weight())
            self._fonts[column.strong] = font, QFontMetrics(font)
        return self._fonts[column.strong]


def _measure(text: str, metrics: QFontMetrics) -> list[_Piece]:
    space, found = metrics.horizontalAdvance(" "), list[_Piece]()
    for piece in _BREAK.split(text):
        width = metrics.horizontalAdvance(piece)
        found.append((width, width - space if piece.endswith(" ") else width))
    return found


def _least_room(pieces: list[_Piece], lines: int) -> int:
    """Return the least room in which a text fits in so many lines, without a word parted."""
    least = max(seen for _, seen in pieces)
    if lines >= len(pieces):
        return least + 2
    rooms = range(least, sum(width for width, _ in pieces) + 1)
    return rooms[bisect_left(rooms, -lines, key=lambda room: -_count(pieces, room))] + 2


def _count(pieces: list[_Piece], room: int) -> int:
    """Return how many lines pieces take that go on where the next, but its space, has no room."""
    lines, left = 1, room
    for width, seen in pieces:
        lines, left = (lines, left) if seen <= left else (lines + 1, room)
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
        if held == view.currentIndex().row():
            view.bring()
        self.changed.emit()

    def _on_released(self) -> None:
        if self._is_waiting:
            self.fit()

    def _held(self) -> int:
        """Return the row that stays in its place: the current one, or the first that is seen."""
        view, current = self._view, self._view.currentIndex().row()
        is_seen = view.is_seen(current, view.viewport().height())
        return current if is_seen else max(view.rowAt(0), 0)

    def _needed(self, at: int) -> int:
        view = self._view
        return 1 if view.isColumnHidden(at) else view.rooms.lines(at, view.columnWidth(at))

"""Draws the visible rows straight from the page cache: text laid out once, then reused."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QStaticText
from PySide6.QtWidgets import QTableView

from mlops_desktop.ui.colors import Colors, current_colors
from mlops_desktop.ui.focus import draw_focus
from mlops_desktop.ui.table.cells import cell_width, one_line
from mlops_desktop.ui.table.columns import DASH, Cell, Column
from mlops_desktop.ui.table.folding import fold
from mlops_desktop.ui.table.measuring import PADDING
from mlops_desktop.ui.widgets.chips import Status, draw_chip

_MOST_TEXTS = 6000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column is drawn and how."""

    column: int
    x: int
    width: int
    numeric: bool
    strong: bool
    muted: bool


def places_of(view: QTableView, columns: tuple[Column[Any], ...]) -> list[Place]:
    """Return where the columns of a table lie now that are shown."""
    header, found = view.horizontalHeader(), []
    for at, column in enumerate(columns):
        if not header.isSectionHidden(at):
            x, width = header.sectionViewportPosition(at), header.sectionSize(at)
            found.append(Place(at, x, width, column.numeric, column.strong, column.muted))
    return found


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row is shown."""

    selected: bool
    current: bool
    hovered: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A text laid out: its lines, and how wide they are."""

    lines: tuple[QStaticText, ...]
    width: int


class RowPainter:
    """Keeps fonts, colours and laid-out texts between two paints."""

    def __init__(self, font: QFont) -> None:
        self.lines = 1
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Use ``font`` and forget the texts laid out in another."""
        self._plain, self._bold = QFont(font), QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._metrics = {False: QFontMetrics(self._plain), True: QFontMetrics(self._bold)}
        self._texts: dict[tuple[str, int, bool, int], Block] = {}
        self._chips: dict[tuple[Status, int], tuple[QPixmap, int]] = {}
        self._drawn_for: tuple[Colors | None, float] = (None, 1.0)

    def row_height(self) -> int:
        """Return the height of every row."""
        return self.lines * self._metrics[False].height() + 14

    def room_of(self, cell: Cell, strong: bool) -> int:
        """Return the room a cell wants so that nothing of it is cut off."""
        return cell_width(cell, self._metrics[False], self._metrics[True], strong=strong)

    def begin(self, painter: QPainter) -> None:
        """Look up the colours in force and the screen's scale once for a whole paint."""
        colors, scale = current_colors(), painter.device().devicePixelRatioF()
        if (colors, scale) != self._drawn_for:
            self._drawn_for = (colors, scale)
            self._chips.clear()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._line = QColor(colors.line)
        self._ink = (QColor(colors.text), QColor(colors.muted))
        self._chosen, self._idle = QColor(colors.accent_soft), QColor(colors.hover)

    def ground(self, painter: QPainter, rect: QRect, state: RowState) -> None:
        """Draw what lies under a row: its state and the line below it."""
        if state.selected:
            painter.fillRect(rect, self._chosen)
        elif state.hovered:
            painter.fillRect(rect, self._idle)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        if state.current and state.active:
            draw_focus(painter, rect.adjusted(0, 0, 0, -1))

    def column(
        self, painter: QPainter, place: Place, height: int, rows: list[tuple[int, tuple[Cell, ...]]]
    ) -> None:
        """Draw one column of all ``rows``, each with its top: pen and font are set once."""
        room = place.width - 2 * PADDING
        if room <= 0:
            return
        painter.setFont(self._bold if place.strong else self._plain)
        painter.setPen(self._ink[place.muted])
        left, right = place.x + PADDING, place.x + place.width - PADDING
        down = self._metrics[place.strong].height()
        for top, cells in rows:
            cell = cells[place.column]
            if cell.status is not None:
                chip, tall = self._chip(cell.status, room + 8)
                painter.drawPixmap(left - 4, top + (height - tall) // 2, chip)
            else:
                block = self._text(cell.text or DASH, room, place)
                x = right - block.width if place.numeric else left
                y = top + (height - down * len(block.lines)) // 2
                for at, line in enumerate(block.lines):
                    painter.drawStaticText(x, y + at * down, line)

    def waiting(self, painter: QPainter, top: int, height: int, places: list[Place]) -> None:
        """Draw a row that is not here yet: a quiet bar in each cell."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._line)
        for place in places:
            width = max(0, min(place.width - 2 * PADDING, 20 + 13 * (place.column % 5)))
            painter.drawRoundedRect(place.x + PADDING, top + height // 2 - 4, width, 8, 3, 3)

    def _chip(self, status: Status, room: int) -> tuple[QPixmap, int]:
        """Return the picture of a chip and its height: drawn once, then copied."""
        known = self._chips.get((status, room))
        if known is None:
            tall, scale = self._metrics[False].height() + 6, self._drawn_for[1]
            picture = QPixmap(QSize(room, tall) * scale)
            picture.setDevicePixelRatio(scale)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._plain)
            draw_chip(painter, 0, tall / 2, status, room)
            painter.end()
            known = self._chips[status, room] = (picture, tall)
        return known

    def _text(self, text: str, room: int, place: Place) -> Block:
        lines = 1 if place.numeric else self.lines
        key = (text, room, place.strong, lines)
        known = self._texts.get(key)
        if known is None:
            known = self._lay_out(*key)
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            self._texts[key] = known
        return known

    def _lay_out(self, text: str, room: int, strong: bool, lines: int) -> Block:
        metrics, font = self._metrics[strong], self._bold if strong else self._plain
        told, measure = fold(one_line(text), font, room, lines), metrics.horizontalAdvance
        cut = Qt.TextElideMode.ElideRight
        shown = [
            one if measure(one) <= room else metrics.elidedText(one, cut, room) for one in told
        ]
        width = max(map(measure, shown), default=0)
        return Block(tuple(_static(line, font) for line in shown), width)


def _static(text: str, font: QFont) -> QStaticText:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(font=font)
    return made

"""Draws the visible rows straight from the page cache: text laid out once, then reused."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText

from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.table.columns import Cell
from mlops_desktop.ui.widgets.chips import draw_chip

PADDING = 10
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


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row is shown."""

    selected: bool
    current: bool
    hovered: bool
    active: bool


class RowPainter:
    """Keeps fonts, colours and laid-out texts between two paints."""

    def __init__(self, font: QFont) -> None:
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Use ``font`` and forget the texts laid out in another."""
        self._plain, self._bold = QFont(font), QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._metrics = {False: QFontMetrics(self._plain), True: QFontMetrics(self._bold)}
        self._texts: dict[tuple[str, int, bool], tuple[QStaticText, int]] = {}

    def row_height(self) -> int:
        """Return the height of every row."""
        return self._metrics[False].height() + 14

    def begin(self, painter: QPainter) -> None:
        """Look up the colours in force once for a whole paint."""
        colors = current_colors()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._line = QColor(colors.line)
        self._ink = (QColor(colors.text), QColor(colors.muted))
        self._chosen, self._idle = QColor(colors.accent_soft), QColor(colors.hover)
        self._accent = QColor(colors.accent)
        self._wait = QColor(colors.line)

    def ground(self, painter: QPainter, rect: QRect, state: RowState) -> None:
        """Draw what lies under a row: its state and the line below it."""
        if state.selected:
            painter.fillRect(rect, self._chosen)
        elif state.hovered:
            painter.fillRect(rect, self._idle)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        if state.current and state.active:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height() - 1, self._accent)

    def row(
        self, painter: QPainter, top: int, height: int, places: list[Place], cells: tuple[Cell, ...]
    ) -> None:
        """Draw the cells of one row."""
        middle = top + height / 2
        for place in places:
            cell = cells[place.column]
            room = place.width - 2 * PADDING
            if room <= 0 or not cell.text:
                continue
            if cell.status is not None:
                painter.setFont(self._plain)
                draw_chip(painter, place.x + PADDING - 4, middle, cell.status, room + 8)
                continue
            text, width = self._text(cell.text, room, place.strong)
            x = place.x + place.width - PADDING - width if place.numeric else place.x + PADDING
            painter.setFont(self._bold if place.strong else self._plain)
            painter.setPen(self._ink[place.muted])
            metrics = self._metrics[place.strong]
            painter.drawStaticText(QPointF(x, int(middle - metrics.height() / 2)), text)

    def waiting(self, painter: QPainter, top: int, height: int, places: list[Place]) -> None:
        """Draw a row that is not here yet: a quiet bar in each cell."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._wait)
        for place in places:
            width = max(0, min(place.width - 2 * PADDING, 20 + 13 * (place.column % 5)))
            painter.drawRoundedRect(place.x + PADDING, top + height // 2 - 4, width, 8, 3, 3)

    def _text(self, text: str, room: int, strong: bool) -> tuple[QStaticText, int]:
        key = (text, room, strong)
        known = self._texts.get(key)
        if known is None:
            known = self._lay_out(text, room, strong)
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            self._texts[key] = known
        return known

    def _lay_out(self, text: str, room: int, strong: bool) -> tuple[QStaticText, int]:
        metrics = self._metrics[strong]
        one_line = text.replace("\n", " ")
        shown = metrics.elidedText(one_line, Qt.TextElideMode.ElideRight, room)
        made = QStaticText(shown)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        made.prepare(font=self._bold if strong else self._plain)
        return made, metrics.horizontalAdvance(shown)

"""A day of a month as it is drawn: its number, and below it how much is due."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from mlops_desktop.ui.colors import Colors, current_colors
from mlops_desktop.ui.widgets.chips import Mood, draw_shape

_MARK = 8.0
_ROUND = 6
_MOST_KEPT = 400
"""Some months in one size and theme; what was drawn before is forgotten then."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """What a day shows; ``due`` is the number due as it is written, nothing where none is."""

    number: int
    is_chosen: bool
    is_today: bool
    is_other_month: bool
    due: str
    is_late: bool


class DayCells:
    """Draws days, each kind once: to draw a month's forty anew takes as long as all the rest."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[DayCell, int, int, float, str], QPixmap] = {}
        self._colors: Colors | None = None

    def draw(self, painter: QPainter, rect: QRect, cell: DayCell, ratio: float) -> None:
        """Draw a day into ``rect`` with the painter's font, a point being ``ratio`` pixels."""
        colors = current_colors()
        if colors is not self._colors or len(self._drawn) > _MOST_KEPT:
            self._drawn.clear()
            self._colors = colors
        width, height = rect.width(), rect.height()
        key = cell, width, height, ratio, painter.font().key()
        picture = self._drawn.get(key)
        if picture is None:
            picture = self._drawn[key] = _picture(painter, width, height, cell, ratio)
        painter.drawPixmap(rect.x(), rect.y(), picture)


def upper(rect: QRect) -> QRect:
    """Return where a number stands, above what is due."""
    inside = rect.adjusted(2, 2, -2, -2)
    return inside.adjusted(0, 2, 0, -inside.height() // 2)


def _picture(asked: QPainter, width: int, height: int, cell: DayCell, ratio: float) -> QPixmap:
    place = QRect(0, 0, width, height)
    picture = QPixmap(place.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(_ink(current_colors().surface))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(asked.font())
    _draw(painter, place, cell)
    painter.end()
    return picture


def _draw(painter: QPainter, rect: QRect, cell: DayCell) -> None:
    colors, inside = current_colors(), rect.adjusted(2, 2, -2, -2)
    if cell.is_chosen:
        painter.setBrush(_ink(colors.accent_soft))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(inside, _ROUND, _ROUND)
    if cell.is_today:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_ink(colors.accent))
        painter.drawRoundedRect(inside, _ROUND, _ROUND)
    painter.setPen(_ink(colors.faint if cell.is_other_month else colors.text))
    painter.drawText(upper(rect), Qt.AlignmentFlag.AlignCenter, str(cell.number))
    if cell.due:
        _draw_due(painter, inside.adjusted(0, inside.height() // 2, 0, -2), cell)


def _draw_due(painter: QPainter, rect: QRect, cell: DayCell) -> None:
    colors = current_colors()
    ink = _ink(colors.bad if cell.is_late else colors.accent)
    width = painter.fontMetrics().horizontalAdvance(cell.due)
    left = rect.center().x() - (width + _MARK * 2) / 2
    mood: Mood = "bad" if cell.is_late else "info"
    draw_shape(painter, QPointF(left + _MARK / 2, rect.center().y() + 1), _MARK, mood, ink)
    painter.setPen(ink)
    place = QRect(int(left + _MARK * 2), rect.top(), width + 2, rect.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, cell.due)


@cache
def _ink(name: str) -> QColor:
    """Return a colour once and for all: what Qt made and Python drops costs a worker's turn."""
    return QColor(name)

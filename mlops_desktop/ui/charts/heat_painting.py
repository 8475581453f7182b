"""How a cell of a heat map is painted: a shade, its number, and a frame where a person stands."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mlops_desktop.ui.charts.shades import ink_on, shade
from mlops_desktop.ui.colors import current_colors

STEP = Qt.ItemDataRole.UserRole + 1
"""Asks a cell for the step of its shade."""
TOTAL = Qt.ItemDataRole.UserRole + 2
"""Asks whether a cell is a total."""
_GAP = 1.5


class HeatPainter(QStyledItemDelegate):
    """Paints in the theme's colours; a focused cell has a frame in two inks, read on any shade."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        colors, step = current_colors(), index.data(STEP)
        place = QRectF(option.rect).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        ground = shade(step, colors)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.line), 1.0) if step == 0 else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        if not index.data(TOTAL):
            painter.drawRoundedRect(place, 4, 4)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.surface), 5.0))
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), 4, 4)
            painter.setPen(QPen(QColor(colors.text), 2.0))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
        self._write(painter, option, index, ink_on(ground, colors) if step else None)
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        ink: QColor | None,
    ) -> None:
        font = QFont(option.font)
        if ink is not None or index.data(TOTAL):
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(ink or QColor(current_colors().muted))
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, index.data())

"""The frame around what has the keyboard, for whatever draws itself."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlops_desktop.ui.colors import current_colors


def draw_focus(painter: QPainter, around: QRect | QRectF, radius: float = 0) -> None:
    """Draw the frame inside the edges of ``around``, as thick as the theme says."""
    colors = current_colors()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(QColor(colors.accent), colors.focus)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    half = colors.focus / 2
    inner = QRectF(around).adjusted(half, half, -half, -half)
    if radius:
        painter.drawRoundedRect(inner, radius - half / 2, radius - half / 2)
    else:
        painter.drawRect(inner)

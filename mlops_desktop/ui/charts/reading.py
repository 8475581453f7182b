"""Reading a chart: which point is near, where the keys lead, and what is written beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlops_desktop.ui.charts.picture import Spot
from mlops_desktop.ui.colors import current_colors

WALKS = frozenset(
    {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
        Qt.Key.Key_Home, Qt.Key.Key_End,
    }
)  # fmt: skip
_NEAR = 24.0
_NEAR_LINE = 6.0
_RADIUS = 5


def nearest(points: Sequence[Spot], at: QPointF) -> int:
    """Return the point under the pointer, -1 for none; what is low counts along its whole height.

    A value is preferred: what is low lies behind it.
    """
    values = [
        ((spot.x - at.x()) ** 2 + (spot.y - at.y()) ** 2, place)
        for place, spot in enumerate(points)
        if not spot.is_low
    ]
    distance, found = min(values, default=(_NEAR**2, -1))
    if distance < _NEAR**2:
        return found
    lows = [(abs(spot.x - at.x()), place) for place, spot in enumerate(points) if spot.is_low]
    apart, low = min(lows, default=(_NEAR_LINE, -1))
    return low if apart < _NEAR_LINE else -1


def walk(points: Sequence[Spot], at: int, key: Qt.Key) -> int:
    """Return where ``key`` leads from ``at``; from nowhere to the first point, or the last."""
    if not 0 <= at < len(points):
        return len(points) - 1 if key in (Qt.Key.Key_Left, Qt.Key.Key_End) else 0
    line = points[at].line
    own = [place for place, spot in enumerate(points) if spot.line == line]
    match key:
        case Qt.Key.Key_Home:
            return own[0]
        case Qt.Key.Key_End:
            return own[-1]
        case Qt.Key.Key_Left | Qt.Key.Key_Right:
            step = 1 if key == Qt.Key.Key_Right else -1
            return own[min(max(own.index(at) + step, 0), len(own) - 1)]
        case _:
            return _beside(points, at, 1 if key == Qt.Key.Key_Down else -1)


def _beside(points: Sequence[Spot], at: int, step: int) -> int:
    """Return the point of the next series that is nearest in time."""
    lines = sorted({spot.line for spot in points})
    next_ = lines.index(points[at].line) + step
    if not 0 <= next_ < len(lines):
        return at
    others = [place for place, spot in enumerate(points) if spot.line == lines[next_]]
    return min(others, key=lambda place: abs(points[place].x - points[at].x))


def draw_reading(painter: QPainter, size: QSize, spot: Spot) -> None:
    """Draw a ring around the point and write what it says, inside the picture."""
    colors, metrics = current_colors(), painter.fontMetrics()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colors.text), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(spot.x, spot.y), _RADIUS, _RADIUS)
    lines = spot.said.split("\n")
    width = max(metrics.horizontalAdvance(line) for line in lines) + 16
    height = metrics.height() * len(lines) + 10
    left = min(max(4.0, spot.x - width / 2), size.width() - width - 4)
    above = spot.y - height - 10
    top = above if above > 4 else min(spot.y + 12, size.height() - height - 4)
    painter.setPen(QColor(colors.edge))
    painter.setBrush(QColor(colors.raised))
    painter.drawRoundedRect(int(left), int(top), width, height, 5, 5)
    painter.setPen(QColor(colors.text))
    for number, line in enumerate(lines):
        base = top + 5 + metrics.height() * number + metrics.ascent()
        painter.drawText(QPointF(left + 8, base), line)

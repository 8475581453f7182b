"""What tells that a graph goes on beyond a side of its place: it fades, with a sign that way."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsView, QWidget

from mlops_desktop.ui.colors import current_colors

_DEEP, _SIGN = 26, 5.0
_FADED = 0.4
"""Of the depth: what lies there is gone before the sign, which stands on no text."""
SIGN_ROOM = _DEEP * (1 - _FADED)
MARGIN = 24.0
"""Around all that is drawn."""
_WAYS = ((-1, 0), (1, 0), (0, -1), (0, 1))


class Beyond(QWidget):
    """Lies over one side of a view while there is more that way; it takes no click."""

    def __init__(self, view: QGraphicsView, across: int, down: int) -> None:
        super().__init__(view)
        self._view, self._way = view, QPointF(across, down)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def follow(self) -> None:
        """Be seen only where something is out of sight, which the margin is not."""
        self.setGeometry(self._side(self._view.viewport().geometry()))
        bar = self._view.horizontalScrollBar() if self._way.x() else self._view.verticalScrollBar()
        is_ahead = self._way.x() + self._way.y() > 0
        left = bar.maximum() - bar.value() if is_ahead else bar.value() - bar.minimum()
        self.setVisible(left > MARGIN * self._view.transform().m11())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let what goes on fade into the ground, and point to it."""
        colors, place = current_colors(), self.rect().toRectF()
        middle, way = place.center(), self._way
        half = QPointF(way.x() * place.width(), way.y() * place.height()) / 2
        shade = QLinearGradient(middle - half, middle + half)
        clear = QColor(colors.surface)
        clear.setAlpha(0)
        shade.setColorAt(0, clear)
        shade.setColorAt(_FADED, QColor(colors.surface))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(place, shade)
        painter.setPen(QPen(QColor(colors.text), 2))
        tip, aside = middle + way * _SIGN, QPointF(way.y(), way.x()) * _SIGN
        back = middle - way * _SIGN / 2
        painter.drawPolyline([back + aside, tip, back - aside])
        painter.end()

    def _side(self, place: QRect) -> QRect:
        side = QRect(place)
        if self._way.x():
            side.setWidth(_DEEP)
        else:
            side.setHeight(_DEEP)
        if self._way.x() > 0:
            side.moveRight(place.right())
        if self._way.y() > 0:
            side.moveBottom(place.bottom())
        return side


def sides_of(view: QGraphicsView) -> tuple[Beyond, ...]:
    """Return the four sides of a view, each of which follows what is out of sight."""
    sides = tuple(Beyond(view, *way) for way in _WAYS)

    def follow() -> None:
        for side in sides:
            side.follow()

    for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
        bar.valueChanged.connect(follow)
        bar.rangeChanged.connect(follow)
    return sides

"""Nodes and edges as they are painted: colours of the theme, state by shape and word."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from mlops_desktop.services.lineage import Stop
from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.icons import pixmap
from mlops_desktop.ui.lineage.said import ICONS, Face
from mlops_desktop.ui.widgets.chips import draw_shape

WIDTH, HEIGHT = 240.0, 54.0
GAP_X, GAP_Y = 62.0, 16.0
_ICON = 16
_LEFT = 34.0
_ARROW = 5.0


def spot(layer: int, height: float) -> QPointF:
    """Return the upper left corner of a place in the layout."""
    return QPointF(layer * (WIDTH + GAP_X), height * (HEIGHT + GAP_Y))


class NodeItem(QGraphicsItem):
    """A node: icon, name, a line below, and a shape with a word where it has a state."""

    def __init__(self, stop: Stop, face: Face, *, is_start: bool) -> None:
        super().__init__()
        self.stop, self.face = stop, face
        self._is_start = is_start
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setToolTip(face.said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setZValue(1)

    def boundingRect(self) -> QRectF:
        """Return the place it takes, its outline included."""
        return QRectF(-2, -2, WIDTH + 4, HEIGHT + 4)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint the card."""
        colors, status = current_colors(), self.face.status
        is_bad = status is not None and status.mood == "bad"
        edge = colors.accent if self.isSelected() or self._is_start else colors.edge
        painter.setPen(QPen(QColor(colors.bad if is_bad and not self.isSelected() else edge),
                            2.4 if self.isSelected() else 1.4))  # fmt: skip
        ground = colors.bad_soft if is_bad else colors.surface
        painter.setBrush(QColor(colors.accent_soft if self._is_start and not is_bad else ground))
        painter.drawRoundedRect(QRectF(0, 0, WIDTH, HEIGHT), 7, 7)
        scale = painter.worldTransform().m11() * painter.device().devicePixelRatioF()
        picture = pixmap(ICONS[self.stop.node.kind], "muted", size=_ICON, scale=max(1.0, scale))
        painter.drawPixmap(QRectF(10, 10, _ICON, _ICON), picture, QRectF(picture.rect()))
        self._write(painter)

    def _write(self, painter: QPainter) -> None:
        colors, font = current_colors(), painter.font()
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        painter.setPen(QColor(colors.text))
        room = WIDTH - _LEFT - 10
        name = metrics.elidedText(self.face.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QPointF(_LEFT, 12 + metrics.ascent() * 0.72), name)
        font.setWeight(QFont.Weight.Normal)
        font.setPointSizeF(font.pointSizeF() * 0.86)
        painter.setFont(font)
        self._write_below(painter, QFontMetricsF(font), room)

    def _write_below(self, painter: QPainter, metrics: QFontMetricsF, room: float) -> None:
        colors, status, left = current_colors(), self.face.status, _LEFT
        base = HEIGHT - 12.0
        if status is not None:
            ink = QColor(getattr(colors, status.mood))
            middle = QPointF(left + 4, base - metrics.ascent() * 0.36)
            draw_shape(painter, middle, 8, status.mood, ink)
            painter.setPen(ink)
            left += 14
            word = metrics.elidedText(status.word, Qt.TextElideMode.ElideRight, room - 14)
            painter.drawText(QPointF(left, base), word)
            left += metrics.horizontalAdvance(word) + 8
        rest = _LEFT + room - left
        told = self.face.under or (self.face.kind if status is None else "")
        if rest > metrics.averageCharWidth() * 5:
            painter.setPen(QColor(colors.muted))
            told = metrics.elidedText(told, Qt.TextElideMode.ElideRight, rest)
            painter.drawText(QPointF(left, base), told)


class EdgeItem(QGraphicsPathItem):
    """A flow from one node to another, an arrow at its end."""

    def __init__(self, ends: tuple[QPointF, QPointF], bends: Sequence[QPointF], said: str) -> None:
        super().__init__(_path(ends, bends))
        self._tip = ends[1]
        self.is_bad = False
        self.is_back = is_back(ends)
        """Whether it closes a circle: it is drawn in dashes, against the way of the others."""
        self.setToolTip(said)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint the line; what bad data takes is drawn in the colour of it, and thicker."""
        colors = current_colors()
        ink = QColor(colors.bad if self.is_bad else colors.muted)
        style = Qt.PenStyle.DashLine if self.is_back else Qt.PenStyle.SolidLine
        painter.setPen(QPen(ink, 2.0 if self.is_bad else 1.2, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.path())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        x, y = self._tip.x(), self._tip.y()
        corners = [QPointF(x, y), QPointF(x - _ARROW * 1.6, y - _ARROW)]
        painter.drawPolygon(QPolygonF([*corners, QPointF(x - _ARROW * 1.6, y + _ARROW)]))


def is_back(ends: tuple[QPointF, QPointF]) -> bool:
    """Return whether a flow goes against the way of the others."""
    return ends[1].x() < ends[0].x()


def _path(ends: tuple[QPointF, QPointF], bends: Sequence[QPointF]) -> QPainterPath:
    """Return a line that leaves and enters level, and passes every layer between level."""
    path, at = QPainterPath(ends[0]), ends[0]
    for bend in bends if ends[1].x() > ends[0].x() else ():
        path.cubicTo(*_level(at, bend))
        at = bend + QPointF(WIDTH, 0)
        path.lineTo(at)
    path.cubicTo(*_level(at, ends[1]))
    return path


def _level(start: QPointF, end: QPointF) -> tuple[QPointF, QPointF, QPointF]:
    reach = max(24.0, abs(end.x() - start.x()) / 2)
    return start + QPointF(reach, 0), end - QPointF(reach, 0), end

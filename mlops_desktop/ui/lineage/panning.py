"""A view of something larger than its place: dragged, zoomed, and scrolled once it was moved."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QScrollArea, QWidget

from mlops_desktop.ui.lineage.beyond import sides_of
from mlops_desktop.ui.widgets.room import area_of

LEAST, _MOST = 0.12, 2.5
STEP = 1.2
_LEAST_SIZE = (240, 220)


class PannedView(QGraphicsView):
    """Has no scroll bar until it was moved by hand: what it stands in has one for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_moved = False
        self._pressed: QPointF | None = None
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(*_LEAST_SIZE)
        self.sides = sides_of(self)

    def zoom(self, factor: float) -> None:
        """Show it larger or smaller."""
        scale = min(max(self.transform().m11() * factor, LEAST), _MOST)
        self.move_by_hand()
        self.resetTransform()
        self.scale(scale, scale)

    def sizeHint(self) -> QSize:
        """Ask for the least: what is drawn may be of any size."""
        return self.minimumSize()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without: what stands around it, until the graph was moved."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP if event.angleDelta().y() > 0 else 1 / STEP)
        elif not self._is_moved and _is_scrolled(area_of(self)):
            event.ignore()
        else:
            self.move_by_hand()
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the signs of what is out of sight where the sides are now."""
        super().resizeEvent(event)
        for side in self.sides:
            side.follow()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click begins; one that moves is a pan."""
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan as far as it is dragged."""
        if self._pressed is not None and is_far(event.position() - self._pressed):
            self.move_by_hand()
        super().mouseMoveEvent(event)

    def move_by_hand(self, *, is_moved: bool = True) -> None:
        """Have scroll bars from now on, or none until it is moved again."""
        if is_moved is not self._is_moved:
            self._is_moved = is_moved
            bars = Qt.ScrollBarPolicy
            policy = bars.ScrollBarAsNeeded if is_moved else bars.ScrollBarAlwaysOff
            self.setHorizontalScrollBarPolicy(policy)
            self.setVerticalScrollBarPolicy(policy)

    def pan(self, across: int, down: int) -> None:
        """Go a quarter of what is in sight."""
        self.move_by_hand()
        for bar, step in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), down)):
            bar.setValue(bar.value() + step * bar.pageStep() // 4)


def is_far(way: QPointF) -> bool:
    """Return whether a press that went ``way`` is a pan and no click."""
    return way.manhattanLength() >= QApplication.startDragDistance()


def _is_scrolled(area: QScrollArea | None) -> bool:
    return area is not None and area.verticalScrollBar().maximum() > 0

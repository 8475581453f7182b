"""Pages in one place, one of them seen: those behind it ask for no room."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    """Needs as much as what it shows: what is hidden widens no window and scrolls no page."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        """Tell the height by itself: Qt would ask for that of the highest page."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Return the least size of what is shown, as wide as it is now."""
        shown = self.currentWidget()
        if shown is None:
            return super().minimumSizeHint()
        layout, least = shown.layout(), shown.minimumSizeHint()
        if layout is not None and layout.hasHeightForWidth():
            least.setHeight(layout.totalMinimumHeightForWidth(max(self.width(), least.width())))
        return least

    def sizeHint(self) -> QSize:
        """Return the size of what is shown: a page is not scrolled for what nobody sees."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that another width makes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

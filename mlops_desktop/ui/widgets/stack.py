"""Pages in one place, one of them seen: those behind it ask for no room."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    """Needs as much as what it shows: what is hidden widens no window."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Return the least size of what is shown."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()

    def sizeHint(self) -> QSize:
        """Return the size of what is shown: a page is not scrolled for what nobody sees."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()

"""A table that moves sideways only where a person's keys or the scroll bar move it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

_SHOW = QAbstractItemView.ScrollHint.EnsureVisible


class SteadyTable(QTableView):
    """Keeps the names in view when the detail beside it takes half of its room.

    Qt brings the cell that was clicked into view half a second later, and with it all columns.
    """

    released = Signal()
    """No button is down any more."""

    _is_led_by_keys = is_pressed = False
    _pressed = -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold the rows where they are while a button is down."""
        self.is_pressed, self._pressed = True, self.rowAt(event.position().toPoint().y())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the rows go."""
        super().mouseReleaseEvent(event)
        self.is_pressed = False
        self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row of the first click: what it opened may have moved the row away."""
        if self.rowAt(event.position().toPoint().y()) == self._pressed:
            super().mouseDoubleClickEvent(event)
        elif 0 <= self._pressed < self.model().rowCount():
            self.doubleClicked.emit(self.model().index(self._pressed, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the keys lead to every column."""
        self._is_led_by_keys = True
        super().keyPressEvent(event)
        self._is_led_by_keys = False

    def scrollTo(
        self, index: QModelIndex | QPersistentModelIndex, hint: QAbstractItemView.ScrollHint = _SHOW
    ) -> None:
        """Bring a row into view, and its cell only for the keys."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if not self._is_led_by_keys:
            bar.setValue(before)

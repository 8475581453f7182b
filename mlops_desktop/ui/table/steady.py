"""A table that moves sideways for a person alone, and keeps the row stood on in sight."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

_SHOW = QAbstractItemView.ScrollHint.EnsureVisible


class SteadyTable(QTableView):
    """Keeps the names in view when the detail beside it takes half of its room.

    Qt brings the cell that was clicked into view half a second later, and with it all columns.
    """

    released = Signal()
    """No button is down any more."""

    _is_led_by_keys = is_pressed = False
    _pressed = -1
    _is_owed = False
    """Whether the row stood on is to come into sight once the table knows how long it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verticalScrollBar().rangeChanged.connect(self._pay)

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
        if index.row() == self.currentIndex().row():
            self.bring()  # Qt knew the length only of the rows that were there before

    def is_seen(self, row: int, room: int) -> bool:
        """Whether a row begins within the first ``room`` pixels of what is in sight."""
        return row >= 0 and 0 <= self.rowViewportPosition(row) < room

    def bring(self) -> None:
        """Bring the row stood on into sight as a whole."""
        row, bar = self.currentIndex().row(), self.verticalScrollBar()
        if row < 0:
            return
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        room = self.viewport().height()
        over = top if top < 0 or height > room else max(top + height - room, 0)
        # While it resizes itself, Qt knows the length only of the rows as they were.
        self._is_owed = bar.value() + over > bar.maximum()
        bar.setValue(bar.value() + over)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the row stood on in sight where it was before."""
        was_seen = self.is_seen(self.currentIndex().row(), event.oldSize().height())
        super().resizeEvent(event)
        if was_seen and not self.is_pressed:
            self.bring()

    def _pay(self) -> None:
        if self._is_owed:
            self.bring()

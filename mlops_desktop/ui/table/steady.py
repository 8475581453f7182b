"""A table that moves sideways only where a person's keys or the scroll bar move it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

_SHOW = QAbstractItemView.ScrollHint.EnsureVisible


class SteadyTable(QTableView):
    """Keeps the names in view when the detail beside it takes half of its room.

    Qt brings the cell that was clicked into view half a second later, and with it all columns.
    """

    _is_led_by_keys = False

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

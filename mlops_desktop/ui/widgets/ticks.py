"""A list of things to tick: a tick is the choice, no row is lit as though it were one."""

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget


class Ticks(QListWidget):
    """Arrow keys move from row to row, the space bar ticks; the row of the keyboard is framed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ticks")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first row."""
        super().focusInEvent(event)
        if self.count() and self.currentRow() < 0:
            self.setCurrentRow(0, QItemSelectionModel.SelectionFlag.NoUpdate)

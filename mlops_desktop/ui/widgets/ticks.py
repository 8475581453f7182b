"""A list of things to tick: a tick is the choice, no row is lit as though it were one."""

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget

from mlops_desktop.ui.widgets.room import area_of


class Ticks(QListWidget):
    """Arrow keys move from row to row, the space bar ticks; the row of the keyboard is framed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ticks")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.currentRowChanged.connect(self._follow)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first row."""
        super().focusInEvent(event)
        if self.count() and self.currentRow() < 0:
            self.setCurrentRow(0, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _follow(self, row: int) -> None:
        """Keep the row of the keyboard in sight where the form around is scrolled."""
        area, item = area_of(self), self.item(row)
        if area is not None and (inside := area.widget()) is not None:
            place = self.visualItemRect(item)
            at = self.viewport().mapTo(inside, place.center())
            area.ensureVisible(0, at.y(), 0, place.height())

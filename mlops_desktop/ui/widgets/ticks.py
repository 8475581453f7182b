"""A list of things to tick: a tick is the choice, no row is lit as though it were one."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget

from mlops_desktop.ui.widgets.room import area_of

_MOST_WHOLE, _ROWS = 100, 24
"""A longer list is scrolled by itself: of hundreds nobody finds the end of the form."""


class Ticks(QListWidget):
    """Arrow keys move from row to row, the space bar ticks; the row of the keyboard is framed.

    It is as high as its rows: the form around is scrolled, not a list within it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ticks")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)  # a long entry takes a second line, and nothing is moved sideways
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.currentRowChanged.connect(self._follow)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first row."""
        super().focusInEvent(event)
        if self.count() and self.currentRow() < 0:
            self.setCurrentRow(0, QItemSelectionModel.SelectionFlag.NoUpdate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as its entries are in the lines they take at this width."""
        super().resizeEvent(event)
        self.fit()
        self.scheduleDelayedItemsLayout()  # or its bar stays where it is needed no more

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the rows are once they are dressed."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Be as high as the entries, of very many as the first of them."""
        least = self.fontMetrics().height() + 8
        shown = self.count() if self.count() <= _MOST_WHOLE else _ROWS
        ends = [self.visualItemRect(self.item(at)) for at in (0, shown - 1) if shown]
        taken = ends[-1].bottom() - ends[0].top() + 1 if ends else 0
        if self.height() != (high := (taken or max(shown, 1) * least) + 8):
            self.setFixedHeight(high)

    def _follow(self, row: int) -> None:
        """Keep the row of the keyboard in sight where the form around is scrolled."""
        area, item = area_of(self), self.item(row)
        if area is not None and (inside := area.widget()) is not None:
            place = self.visualItemRect(item)
            at = self.viewport().mapTo(inside, place.center())
            area.ensureVisible(0, at.y(), 0, place.height())

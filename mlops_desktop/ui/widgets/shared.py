"""A table and what stands below it in one room: both scroll, or the room alone, never one inside.

What is scrolled inside of what is scrolled takes the wheel away where nobody expects it.
"""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from mlops_desktop.ui.widgets.room import area_of, around
from mlops_desktop.ui.widgets.short_table import ShortTable

_LEAST_ROWS = 3
_ASKED = frozenset({QEvent.Type.Show, QEvent.Type.LayoutRequest, QEvent.Type.FontChange})


class Beside(Protocol):
    """What shares the height of a room."""

    def usual(self) -> int:
        """Return the height it is well with."""

    def least(self) -> int:
        """Return the height without which it is of no use."""

    def be_whole(self, *, is_whole: bool) -> None:
        """Be as high as what it holds, or scroll that itself."""


class Filling(QObject):
    """Has a room scrolled as soon as it is lower than the least of ``below``, which fills it."""

    def __init__(self, tab: QWidget, below: Beside) -> None:
        super().__init__(tab)
        self._tab, self._below = tab, below
        self._area: QScrollArea | None = None
        self.is_whole = False
        """Whether the room alone is scrolled now."""
        tab.installEventFilter(self)

    def share(self) -> None:
        """Look whether the height that the room has now is enough."""
        self._find_room()
        if self._area is not None:
            self.is_whole = self._area.viewport().height() < self._below.least()
            self._below.be_whole(is_whole=self.is_whole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share anew where the room, or what stands in it, became another."""
        is_tab, kind = watched is self._tab, event.type()
        if (is_tab and kind in _ASKED) or (not is_tab and kind is QEvent.Type.Resize):
            self.share()
        return False

    def _find_room(self) -> None:
        found = area_of(self._tab)
        if found is self._area and (found is None or isValid(found)):
            return
        self._area = found
        if found is not None:
            found.viewport().installEventFilter(self)


class Shared(Filling):
    """Shares the height of a tab: the table gets at most ``most`` rows, ``below`` what is left.

    Where that is too little for both, each is as high as what it holds, and the room is scrolled.
    """

    def __init__(self, tab: QWidget, table: ShortTable, below: Beside, most: int) -> None:
        super().__init__(tab, below)
        self._table, self._most = table, most
        self._rows = 0
        table.current_changed.connect(self._follow)

    def set_rows(self, number: int) -> None:
        """Share anew for ``number`` rows."""
        self._rows = number
        self.share()

    def share(self) -> None:
        """Share the height that the room has now."""
        self._find_room()
        if self._area is None:
            self._table.fit_rows(self._rows, self._most)
            return
        row = max(1, self._table.verticalHeader().defaultSectionSize())
        bar = self._table.horizontalScrollBar().sizeHint().height()
        frame = self._table.horizontalHeader().sizeHint().height() + bar
        frame += 2 * self._table.frameWidth()
        free = self._area.viewport().height() - around(self._tab, self._table, self._below) - frame
        least = min(self._rows, _LEAST_ROWS) * row + self._below.least()
        self.is_whole = free < least
        rows = (free - self._below.usual()) // row
        most = self._rows if self.is_whole else max(_LEAST_ROWS, min(self._most, rows))
        self._table.fit_rows(self._rows, most)
        self._below.be_whole(is_whole=self.is_whole)

    def _follow(self) -> None:
        """Keep the chosen row in sight where the table does not scroll itself."""
        if self.is_whole and self._area is not None:
            row = self._table.visualRect(self._table.currentIndex())
            at = self._table.viewport().mapTo(self._tab, row.center())
            self._area.ensureVisible(0, at.y(), 0, row.height())

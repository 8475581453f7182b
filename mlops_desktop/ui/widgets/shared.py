"""A table and what stands below it in one room: both scroll, or the room alone, never one inside.

What is scrolled inside of what is scrolled takes the wheel away where nobody expects it.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from mlops_desktop.ui.widgets.room import Below, area_of
from mlops_desktop.ui.widgets.short_table import ShortTable

_LEAST_ROWS, _LEAST_LINES = 3, 5
_ASKED = frozenset({QEvent.Type.Show, QEvent.Type.LayoutRequest, QEvent.Type.FontChange})


class Shared(QObject):
    """Shares the height of a tab: the table gets at most ``most`` rows, ``below`` what is left.

    Where that is too little for both, each is as high as what it holds, and the room is scrolled.
    """

    def __init__(self, tab: QWidget, table: ShortTable, below: Below, most: int) -> None:
        super().__init__(tab)
        self._tab, self._table, self._below, self._most = tab, table, below, most
        self._rows = 0
        self._area: QScrollArea | None = None
        self.is_whole = False
        """Whether the room alone is scrolled now."""
        tab.installEventFilter(self)
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
        line = self._below.fontMetrics().lineSpacing()
        bar = self._table.horizontalScrollBar().sizeHint().height()
        frame = self._table.horizontalHeader().sizeHint().height() + bar
        free = self._area.viewport().height() - self._others() - frame
        least = min(self._rows, _LEAST_ROWS) * row + _LEAST_LINES * line
        self.is_whole = free < least
        rows = (free - self._below.usual()) // row
        most = self._rows if self.is_whole else max(_LEAST_ROWS, min(self._most, rows))
        self._table.fit_rows(self._rows, most)
        self._below.be_whole(is_whole=self.is_whole, least=_LEAST_LINES * line)

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

    def _others(self) -> int:
        """Return how much the parts between and around table and rest take."""
        column = self._tab.layout()
        assert isinstance(column, QVBoxLayout)
        items = [column.itemAt(at) for at in range(column.count())]
        shown = [item for item in items if item is not None and not item.isEmpty()]
        others = [one for one in shown if one.widget() not in (self._table, self._below)]
        margins = column.contentsMargins()
        gaps = column.spacing() * max(0, len(shown) - 1)
        around = margins.top() + margins.bottom() + gaps
        return around + sum(one.sizeHint().height() for one in others)

    def _follow(self) -> None:
        """Keep the chosen row in sight where the table does not scroll itself."""
        if self.is_whole and self._area is not None:
            row = self._table.visualRect(self._table.currentIndex())
            at = self._table.viewport().mapTo(self._tab, row.center())
            self._area.ensureVisible(0, at.y(), 0, row.height())

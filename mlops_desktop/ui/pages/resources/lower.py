"""What stands below the uses: the trend with its outlook, and beside it what to look at."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.ui.pages.resources.ahead import AheadTable
from mlops_desktop.ui.pages.resources.side import Side
from mlops_desktop.ui.widgets.chart import ChartView
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.room import ANY, Below, around

_GAP = 24
_LEAST = 160
_CHART_LINES = 8
_SHARES = (3, 4)
"""Of the width: the side has texts, the trend a line and figures."""
_NARROW = 90
"""Of so few letters there are no two columns worth reading."""


class Lower(Below):
    """Each table scrolls itself where there is room for some rows; else all is scrolled as one."""

    def __init__(self, chart: ChartView, ahead: AheadTable, note: Label, side: Side) -> None:
        self._parts = _Parts()
        super().__init__(self._parts)
        self._chart, self._side, self._trend = chart, side, QWidget()
        left = QVBoxLayout(self._trend)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(chart, 1)
        left.addWidget(ahead)
        left.addWidget(note)
        left.addStretch()
        for part, share in zip((self._trend, side), _SHARES, strict=True):
            self._parts.row.addWidget(part, share)

    def usual(self) -> int:
        """Return the height at which each table scrolls itself."""
        return max(around(self._trend, self._chart) + self._least_chart(), self._side.least())

    def least(self) -> int:
        """Return a height that is worth scrolling."""
        return _LEAST

    def sizeHint(self) -> QSize:
        """Ask for the least: a page is not scrolled for what is scrolled here."""
        return self.minimumSizeHint()

    def be_whole(self, *, is_whole: bool) -> None:
        """Be as high as all rows where the page is scrolled."""
        super().be_whole(is_whole=is_whole)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew."""
        super().resizeEvent(event)
        self._share()

    def event(self, event: QEvent) -> bool:
        """Share the height anew when what is told became another."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._share()
        return super().event(event)

    def _share(self) -> None:
        free, usual = self.viewport().height(), self.usual()
        is_one = self.is_whole or free < usual
        is_narrow = self.viewport().width() < _NARROW * self.fontMetrics().averageCharWidth()
        self._parts.most = 0 if is_one else usual
        turned = is_one and is_narrow
        way = QBoxLayout.Direction
        self._parts.row.setDirection(way.TopToBottom if turned else way.LeftToRight)
        self._side.be_whole(is_whole=is_one)
        trend = max(self._least_chart(), free - around(self._trend, self._chart))
        self._chart.setMinimumHeight(self._least_chart())
        self._chart.setMaximumHeight(trend if is_one else ANY)

    def _least_chart(self) -> int:
        return max(_LEAST, self.fontMetrics().lineSpacing() * _CHART_LINES)


class _Parts(QWidget):
    """The trend and what stands beside it."""

    most = 0
    """How much they ask for where each table scrolls itself."""

    def __init__(self) -> None:
        super().__init__()
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(_GAP)

    def heightForWidth(self, width: int) -> int:
        """Ask for no more than that: a table would like to be higher, but need not."""
        return self.most or super().heightForWidth(width)

"""List at the left, detail at the right; the border is remembered."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.table.view import RowsView

_MORE = 6
"""In percent: so much of the room a list is given unasked beyond its share."""


class Split(QSplitter):
    """Two panes side by side; remembered under ``name``."""

    def __init__(self, context: Context, name: str, left: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._prefs, self._name = context.prefs, name
        self._shares: tuple[int, ...] = ()
        self._first: tuple[int, ...] = (3, 2)
        self._list = left.findChild(RowsView)
        if self._list is not None:
            self._list.rows.loaded.connect(self._give)
        context.workspace_changed.connect(self._show_sizes)
        for part in (left, right):
            self.addWidget(part)
        self.setHandleWidth(10)
        self.setChildrenCollapsible(False)
        if not self._show_sizes():
            self.setSizes([3, 2])
        right.hide()
        right.installEventFilter(self)
        self.splitterMoved.connect(self._remember)

    def _show_sizes(self) -> bool:
        """Put the border where it was left in this workspace, if it was."""
        sizes = self._prefs.splitters.get(self._name, [])
        if len(sizes) == 2:
            self.setSizes(sizes)
        return len(sizes) == 2

    def setSizes(self, sizes: Sequence[int]) -> None:
        """Divide the room as ``sizes`` stand to each other, once both are seen."""
        self._shares = self._first = tuple(sizes)
        super().setSizes(sizes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Divide the room when the right one is seen first: while hidden it has no part of it."""
        if event.type() == QEvent.Type.Show and self._shares:
            self._divide()
        return False

    def measure(self) -> None:
        """Divide the room anew: the panes asked for another in text of another size."""
        if not self._show_sizes():
            self.setSizes(self._first)
        right = self.widget(1)
        if right is not None and not right.isHidden():
            self._divide()

    def _divide(self) -> None:
        room, whole = self.width() - self.handleWidth(), sum(self._shares)
        shares, self._shares = self._shares, ()
        super().setSizes([room * share // whole for share in shares])
        self._give()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list as wide as it needs where the window becomes narrow."""
        super().resizeEvent(event)
        self._give()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the list what it asks for since it was measured out of sight."""
        super().showEvent(event)
        self._give()

    def _give(self) -> None:
        """Give the list what its names need, out of what the detail has, until a person does."""
        sizes, view, first = self.sizes(), self._list, self.widget(0)
        if view is None or first is None or self._name in self._prefs.splitters or not all(sizes):
            return
        beside = first.width() - view.viewport().width()
        if not view.verticalScrollBar().isVisible():  # names in three lines may call for it
            beside += view.verticalScrollBar().sizeHint().width()
        room = self.width() - self.handleWidth()
        most = room * self._first[0] // sum(self._first) + room * _MORE // 100
        left = view.giving.need(most - beside) + beside
        if sizes[0] < left <= most:
            super().setSizes([left, room - left])

    def _remember(self) -> None:
        self._shares = ()
        self._prefs.splitters[self._name] = self.sizes()

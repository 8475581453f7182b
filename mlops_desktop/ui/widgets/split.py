"""List at the left, detail at the right; the border is remembered."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from mlops_desktop.ui.context import Context


class Split(QSplitter):
    """Two panes side by side; remembered under ``name``."""

    def __init__(self, context: Context, name: str, left: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._prefs, self._name = context.prefs, name
        self._shares: tuple[int, ...] = ()
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
        self._shares = tuple(sizes)
        super().setSizes(sizes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Divide the room when the right one is seen first: while hidden it has no part of it."""
        if event.type() == QEvent.Type.Show and self._shares:
            room, whole = self.width() - self.handleWidth(), sum(self._shares)
            shares, self._shares = self._shares, ()
            super().setSizes([room * share // whole for share in shares])
        return False

    def _remember(self) -> None:
        self._shares = ()
        self._prefs.splitters[self._name] = self.sizes()

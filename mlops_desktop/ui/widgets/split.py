"""List at the left, detail at the right; the border is remembered."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from mlops_desktop.ui.context import Context


class Split(QSplitter):
    """Two panes side by side; remembered under ``name``."""

    def __init__(self, context: Context, name: str, left: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._prefs, self._name = context.prefs, name
        context.workspace_changed.connect(self._show_sizes)
        for part in (left, right):
            self.addWidget(part)
        self.setHandleWidth(10)
        self.setChildrenCollapsible(False)
        if not self._show_sizes():
            self.setStretchFactor(0, 3)
            self.setStretchFactor(1, 2)
        right.hide()
        self.splitterMoved.connect(self._remember)

    def _show_sizes(self) -> bool:
        """Put the border where it was left in this workspace, if it was."""
        sizes = self._prefs.splitters.get(self._name, [])
        if len(sizes) == 2:
            self.setSizes(sizes)
        return len(sizes) == 2

    def _remember(self) -> None:
        self._prefs.splitters[self._name] = self.sizes()

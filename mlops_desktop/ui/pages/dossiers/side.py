"""The right side of the page: one of several panes at a time, none where nothing is chosen."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Side(QWidget):
    """Shows the pane that was shown last; goes away with it."""

    def __init__(self, *panes: QWidget) -> None:
        super().__init__()
        self._panes = panes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for pane in panes:
            pane.hide()
            column.addWidget(pane)
            pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a pane that is shown take the place of the others."""
        if event.type() == QEvent.Type.ShowToParent:
            for pane in self._panes:
                if pane is not watched:
                    pane.hide()
            self.show()
        elif event.type() == QEvent.Type.HideToParent:
            self.setVisible(not all(pane.isHidden() for pane in self._panes))
        return False

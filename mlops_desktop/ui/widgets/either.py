"""Several panes in one place: the one shown last is seen; with none, the place is given back."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Either(QWidget):
    """Follows its panes: showing one hides the others, hiding the last hides the place."""

    def __init__(self, *panes: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._panes = panes
        for pane in panes:
            pane.hide()
            column.addWidget(pane)
            pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what a pane was told, not what became of it when the page was left."""
        if event.type() == QEvent.Type.ShowToParent:
            for pane in self._panes:
                if pane is not watched:
                    pane.hide()
            self.show()
        elif event.type() == QEvent.Type.HideToParent:
            self.setHidden(all(pane.isHidden() for pane in self._panes))
        return False

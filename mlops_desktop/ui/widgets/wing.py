"""A part of a room that can be taken out of it until the room is painted again."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

Tell = Callable[[QWidget], None]


class Wing(QWidget):
    """Holds ``inside``; what is out is back before anybody sees the wing again.

    Qt goes through all that lies below a style sheet when it changes, seen or not. What is out has
    no part in that, so that a large room changes in pieces.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self._tell: Tell | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(inside)

    @property
    def is_out(self) -> bool:
        """Whether what it holds is elsewhere now."""
        return self._tell is not None

    def clear_out(self, tell: Tell) -> None:
        """Take out what it holds until it is seen; ``tell`` is told of it once it is back."""
        self._tell = tell
        if self.isVisible():
            self.setMinimumSize(self.minimumSizeHint())  # what lies around it stays where it is
        self._column.removeWidget(self._inside)
        self._inside.setParent(None)
        self.destroyed.connect(self._inside.deleteLater)  # nobody else would

    def bring_back(self) -> None:
        """Put in again what was taken out."""
        tell, self._tell = self._tell, None
        if tell is None or not isValid(self._inside):
            return
        self.destroyed.disconnect(self._inside.deleteLater)
        self._column.addWidget(self._inside)
        self._inside.show()
        self.setMinimumSize(0, 0)
        tell(self._inside)

    def showEvent(self, event: QShowEvent) -> None:
        """Be whole before it is painted."""
        self.bring_back()
        super().showEvent(event)

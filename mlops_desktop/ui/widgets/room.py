"""A room for something that may need more than there is: then it is scrolled, never cut off."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_LINES = 10


class Room(QScrollArea):
    """Gives ``inside`` all there is; scroll bars come where large text needs more than that."""

    def __init__(self, inside: QWidget | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if inside is not None:
            self.setWidget(inside)

    def minimumSizeHint(self) -> QSize:
        """Ask for next to nothing: a window must fit a small screen at any size of text."""
        return QSize(240, 160)


class Below(Room):
    """What stands below a table, with some lines of it in sight whatever the size of the text."""

    def minimumSizeHint(self) -> QSize:
        """Ask for these lines: what has no room for them scrolls the whole."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().lineSpacing() * _LINES)


def area_of(widget: QWidget) -> QScrollArea | None:
    """Return the area that scrolls ``widget``."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent

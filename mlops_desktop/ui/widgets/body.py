"""The body of a dialog: as high as what is asked needs, scrolled where the window is lower."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.widgets.room import Room

_FOOT = 72
_LEAST = 240


class Body(Room):
    """Asks for the height of ``inside``, at most for what the window behind the dialog has."""

    def __init__(self, inside: QWidget, head: QWidget | None = None) -> None:
        super().__init__(inside)
        self._inside, self._head = inside, head
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Tell that narrow texts are high ones."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of what is inside, or the room there is."""
        return min(self._wanted(width), self._room())

    def sizeHint(self) -> QSize:
        """Ask for all that is inside."""
        width = max(self._inside.sizeHint().width(), self.window().minimumWidth())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Be never lower than what is inside, as far as the window goes."""
        least, width = self._inside.minimumSizeHint(), max(self.width(), 1)
        needed = max(least.height(), self._wanted(max(width, least.width())))
        is_scrolled = needed > self._room()
        bar = self.verticalScrollBar().sizeHint().width() if is_scrolled else 0
        return QSize(least.width() + bar, min(needed, self._room()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask anew when something inside asked for another height."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return handled

    def room_left(self) -> int:
        """Return how much higher it may become."""
        return self._room() - self.height()

    def has_room(self, high: int) -> bool:
        """Whether so much is seen without a scroll bar."""
        return high <= self._room()

    def _wanted(self, width: int) -> int:
        layout = self._inside.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self._inside.sizeHint().height()
        return layout.totalHeightForWidth(width)

    def _room(self) -> int:
        """Return how high the body may be beside the buttons."""
        dialog = self.window()
        behind = dialog.parentWidget()
        whole = behind.window().height() if behind is not None else dialog.screen().size().height()
        return max(whole - _FOOT - self._head_height(), _LEAST)

    def _head_height(self) -> int:
        """Return the room of what stands above and is not scrolled."""
        layout = self._head.layout() if self._head is not None else None
        return layout.totalHeightForWidth(max(self.width(), 1)) if layout is not None else 0

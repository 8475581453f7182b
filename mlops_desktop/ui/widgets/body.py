"""The body of a dialog: as high as what is asked needs, scrolled where the window is lower."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.widgets.room import Room

_FOOT = 72
_LEAST = 240
_BEYOND = 8
"""By that part of its height a dialog may be higher than the window, if that shows all of it."""
_TITLE_BAR = 48
"""What the system draws around a dialog, which has to be on the screen too."""


class Body(Room):
    """Asks for the height of ``inside``, at most for what the window behind the dialog has.

    What ends a little below is seen too where the screen has room: nobody looks for a last line.
    """

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
        wanted = self._wanted(width)
        return min(wanted, self._room(wanted))

    def sizeHint(self) -> QSize:
        """Ask for all that is inside."""
        width = max(self._inside.sizeHint().width(), self.window().minimumWidth())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Be never lower than what is inside, as far as the window goes."""
        least, width = self._inside.minimumSizeHint(), max(self.width(), 1)
        needed = max(least.height(), self._wanted(max(width, least.width())))
        room = self._room(needed)
        is_scrolled = needed > room
        bar = self.verticalScrollBar().sizeHint().width() if is_scrolled else 0
        return QSize(least.width() + bar, min(needed, room))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask anew when something inside asked for another height."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return handled

    def room_left(self) -> int:
        """Return how much higher it may become."""
        return self._room(self._wanted(self.width())) - self.height()

    def has_room(self, high: int) -> bool:
        """Whether so much is seen without a scroll bar."""
        return high <= self._room(high)

    def _wanted(self, width: int) -> int:
        layout = self._inside.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self._inside.sizeHint().height()
        return layout.totalHeightForWidth(width)

    def _room(self, wanted: int) -> int:
        """Return how high the body may be beside the buttons, where so much is ``wanted``."""
        dialog = self.window()
        behind, around = dialog.parentWidget(), _FOOT + self._head_height()
        screen = dialog.screen().availableSize().height()
        whole = behind.window().height() if behind is not None else screen
        more = min(whole + whole // _BEYOND, screen - _TITLE_BAR)
        is_whole = whole < wanted + around <= more
        return max((more if is_whole else whole) - around, _LEAST)

    def _head_height(self) -> int:
        """Return the room of what stands above and is not scrolled."""
        layout = self._head.layout() if self._head is not None else None
        return layout.totalHeightForWidth(max(self.width(), 1)) if layout is not None else 0

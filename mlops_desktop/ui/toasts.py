"""Toasts: a short line in the lower corner that something is done, with undo or a way to it."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from mlops_desktop.ui.context import Toast
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.label import Label

_SHOWN_MS = 7000
_SIDE, _FOOT = 40, 44


class Toaster(QObject):
    """Shows one toast at a time above ``ground``; a newer one takes the place of the older."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self._frame: QFrame | None = None
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.clear)
        ground.installEventFilter(self)

    def show(self, toast: Toast) -> None:
        """Show ``toast`` for seven seconds, longer while it has the focus."""
        self.clear()
        self._frame = self._make(toast)
        self._place()
        self._frame.show()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._ground, toast.text))

    def clear(self) -> None:
        """Take the toast away."""
        if self._frame is not None and self._frame.isAncestorOf(_focused(self._frame)):
            self._timer.start()
        elif self._frame is not None:
            self._frame.hide()
            self._frame.deleteLater()
            self._frame = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the toast in its corner."""
        if event.type() == QEvent.Type.Resize and self._frame is not None:
            self._place()
        return False

    def _make(self, toast: Toast) -> QFrame:
        frame = QFrame(self._ground)
        frame.setObjectName("toast")
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(Label(toast.text, wrap=len(toast.text) > 70), 1)
        ways = ((tr("Undo"), toast.undo), (toast.open_label or tr("Open"), toast.open))
        for name, way in ways:
            if way is not None:
                button = QPushButton(name)
                button.clicked.connect(lambda _checked=False, way=way: way())
                button.clicked.connect(frame.hide)
                row.addWidget(button)
        return frame

    def _place(self) -> None:
        if self._frame is not None:
            self._frame.setMaximumWidth(self._ground.width() - 2 * _SIDE)
            self._frame.adjustSize()
            room = self._ground.rect().adjusted(_SIDE, _SIDE, -_SIDE, -_FOOT)
            place = self._frame.rect()
            # Above the list: the actions of the detail, which is at the right, stay free.
            place.moveBottomLeft(room.bottomLeft())
            self._frame.move(place.topLeft())
            self._frame.raise_()


def _focused(frame: QWidget) -> QWidget:
    window = frame.window()
    focused: QWidget | None = window.focusWidget()
    return window if focused is None else focused

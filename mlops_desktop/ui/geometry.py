"""Where a window stood, also when the screen it stood on is gone or smaller now."""

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_LEAST_SEEN = 120
"""Pixels of a window, each way, by which a person can still take hold of it."""


def put_back(window: QWidget, kept: str) -> bool:
    """Put a window where it was left, if that can be seen; False where nothing was kept."""
    geometry = QByteArray.fromBase64(kept.encode())
    if geometry.isEmpty() or not window.restoreGeometry(geometry):
        return False
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if screens and not window.isMaximized() and not window.isFullScreen():
        window.setGeometry(within(window.geometry(), screens))
    return True


def within(frame: QRect, screens: list[QRect]) -> QRect:
    """Return ``frame`` where enough of it is seen, else brought onto the first screen, whole."""
    for screen in screens:
        seen = frame.intersected(screen)
        is_large = seen.width() >= _LEAST_SEEN and seen.height() >= _LEAST_SEEN
        if is_large and screen.contains(frame.topLeft()):
            return frame
    screen = screens[0]
    found = QRect(frame)
    found.setSize(frame.size().boundedTo(screen.size()))
    found.moveTo(
        max(screen.left(), min(frame.left(), screen.right() - found.width() + 1)),
        max(screen.top(), min(frame.top(), screen.bottom() - found.height() + 1)),
    )
    return found

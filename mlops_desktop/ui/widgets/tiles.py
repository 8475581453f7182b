"""Tiles of one width beside each other: as many in a row as have room, at most so many."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayoutItem

from mlops_desktop.ui.widgets.wrapping import Wrapping


class Tiles(Wrapping):
    """Lays widgets in rows of equal width; large text makes fewer in a row, not a wider page."""

    def __init__(self, most: int, gap: int) -> None:
        super().__init__()
        self._most, self._gap = most, gap

    def sizeHint(self) -> QSize:
        """Ask for a full row of the widest, as high as its rows are then."""
        number = min(self._most, max(1, len(self._shown())))
        width = self._least() * number + self._gap * (number - 1)
        return QSize(width, self.heightForWidth(width))

    def in_a_row(self, width: int) -> int:
        """Return how many stand beside each other at a width."""
        fitting = (width + self._gap) // max(1, self._least() + self._gap)
        return max(1, min(self._most, fitting))

    def _least(self) -> int:
        return max((item.minimumSize().width() for item in self._shown()), default=0)

    def _lay(self, rect: QRect, *, moves: bool) -> int:
        number, top, shown = self.in_a_row(rect.width()), rect.y(), self._shown()
        wide = (rect.width() - self._gap * (number - 1)) // number
        for first in range(0, len(shown), number):
            row = shown[first : first + number]
            high = max(_height(item, wide) for item in row)
            for at, item in enumerate(row if moves else ()):
                item.setGeometry(QRect(rect.x() + at * (wide + self._gap), top, wide, high))
            top += high + self._gap
        return max(0, top - self._gap - rect.y())


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()

"""Tiles of one width beside each other: as many in a row as have room, at most so many."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class Tiles(QLayout):
    """Lays widgets in rows of equal width; large text makes fewer in a row, not a wider page."""

    def __init__(self, most: int, gap: int) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self._most, self._gap = most, gap
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take ``item`` as the last."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """Return one of them; None past the last, as Qt asks until there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        """Give one of them back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell that narrow rows are more of them."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the rows at a width."""
        return self._lay(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place them."""
        super().setGeometry(rect)
        self._lay(rect, moves=True)

    def sizeHint(self) -> QSize:
        """Ask for a full row of the widest, as high as its rows are then."""
        number = min(self._most, max(1, len(self._shown())))
        width = self._least() * number + self._gap * (number - 1)
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        """Return the size of the widest."""
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def in_a_row(self, width: int) -> int:
        """Return how many stand beside each other at a width."""
        fitting = (width + self._gap) // max(1, self._least() + self._gap)
        return max(1, min(self._most, fitting))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

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

"""A row that goes on below where it has no room: German words widen no window."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_GAP = 8


class Flow(QLayout):
    """Lays widgets beside each other and, past the width there is, on further lines.

    With ``ends_right`` the last one ends where the row ends.
    """

    def __init__(self, parent: QWidget | None = None, *, ends_right: bool = False) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._ends_right = ends_right
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
        """Tell that a narrow row is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        return self._lay(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place them."""
        super().setGeometry(rect)
        self._lay(rect, moves=True)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in hints) + _GAP * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """Return the size of the widest."""
        least = QSize()
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least

    def _lay(self, rect: QRect, *, moves: bool) -> int:
        at, high = QPoint(rect.topLeft()), 0
        shown = [item for item in self._items if not item.isEmpty()]
        for item in shown:
            hint = _within(item, rect.width())
            if high and at.x() + hint.width() > rect.x() + rect.width():
                at, high = QPoint(rect.x(), at.y() + high + _GAP), 0
            if self._ends_right and item is shown[-1]:
                at.setX(max(at.x(), rect.x() + rect.width() - hint.width()))
            if moves:
                item.setGeometry(QRect(at, hint))
            at.setX(at.x() + hint.width() + _GAP)
            high = max(high, hint.height())
        return at.y() + high - rect.y()


def _within(item: QLayoutItem, width: int) -> QSize:
    """Return the size of an item, that of a line of its own where it has no room in one."""
    hint = item.sizeHint()
    if hint.width() <= width:
        return hint
    high = item.heightForWidth(width) if item.hasHeightForWidth() else hint.height()
    return QSize(width, high)

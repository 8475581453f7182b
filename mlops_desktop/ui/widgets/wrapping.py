"""What layouts share that go on below where they have no room: their items, and the two passes."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Wrapping(QLayout):
    """Holds items for a layout whose height follows from its width; ``_lay`` places them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take ``item`` as the last."""
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        """Forget what was found: an item came, went, or is of another size."""
        self._heights.clear()
        super().invalidate()

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """Return one of them; None past the last, as Qt asks until there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        """Give one of them back."""
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrow one is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width; Qt asks a dozen times for one placing."""
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), moves=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        """Place them."""
        super().setGeometry(rect)
        self._lay(rect, moves=True)

    def minimumSize(self) -> QSize:
        """Return the size of the widest."""
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, rect: QRect, *, moves: bool) -> int:
        """Return the height of the lines within ``rect``; ``moves`` puts each item in its place."""
        raise NotImplementedError

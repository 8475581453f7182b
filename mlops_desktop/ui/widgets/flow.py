"""A row that goes on below where it has no room: German words widen no window."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_GAP = 8
_Line = list[tuple[QLayoutItem, QSize]]


class Flow(QLayout):
    """Lays widgets beside each other and, past the width there is, on further lines.

    With ``ends_right`` the last one ends where the row ends; ``go_right`` says so of more.
    """

    def __init__(self, parent: QWidget | None = None, *, ends_right: bool = False) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._ends_right = ends_right
        self._right_from: int | None = None
        self._items: list[QLayoutItem] = []
        self._wide: list[QLayoutItem] = []

    def add_wide(self, widget: QWidget) -> None:
        """Add a widget that takes what is left of its line."""
        self.addWidget(widget)
        self._wide.append(self._items[-1])

    def go_right(self) -> None:
        """Let what is added from now on end where the row ends."""
        self._right_from = len(self._items)

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
        top = rect.y()
        for line in self._lines(rect.width()):
            high = max(size.height() for _, size in line)
            if moves:
                self._place(line, QRect(rect.x(), top, rect.width(), high))
            top += high + _GAP
        return max(top - _GAP, rect.y()) - rect.y()

    def _lines(self, width: int) -> list[_Line]:
        lines: list[_Line] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = _within(item, width)
            if not lines or size.width() > left:
                lines.append([])
                left = width
            lines[-1].append((item, size))
            left -= size.width() + _GAP
        return lines

    def _place(self, line: _Line, rect: QRect) -> None:
        free = rect.width() - sum(size.width() + _GAP for _, size in line) + _GAP
        at = rect.x()
        for item, asked in line:
            size = QSize(asked)
            if item in self._wide and free > 0:
                size, free = QSize(asked.width() + free, asked.height()), 0
            if self._is_right(item) and free > 0:
                at, free = at + free, 0
            beneath = (rect.height() - size.height()) // 2
            item.setGeometry(QRect(QPoint(at, rect.y() + beneath), size))
            at += size.width() + _GAP

    def _is_right(self, item: QLayoutItem) -> bool:
        if self._ends_right:
            return item is [one for one in self._items if not one.isEmpty()][-1]
        return self._right_from is not None and self._items.index(item) >= self._right_from


def _within(item: QLayoutItem, width: int) -> QSize:
    """Return the size of an item, that of a line of its own where it has no room in one."""
    hint = item.sizeHint()
    if hint.width() <= width:
        return hint
    high = item.heightForWidth(width) if item.hasHeightForWidth() else hint.height()
    return QSize(width, high)

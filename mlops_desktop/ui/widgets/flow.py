"""A row that goes on below where it has no room: German words widen no window."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QWidget

from mlops_desktop.ui.widgets.wrapping import Wrapping

_GAP = 8
_Line = list[tuple[QLayoutItem, QSize]]


class Flow(Wrapping):
    """Lays widgets beside each other and, past the width there is, on further lines.

    With ``ends_right`` the last one ends where the row ends; ``go_right`` says so of more.
    """

    def __init__(self, parent: QWidget | None = None, *, ends_right: bool = False) -> None:
        super().__init__(parent)
        self._ends_right = ends_right
        self._right_from: int | None = None
        self._wide: list[QLayoutItem] = []

    def add_wide(self, widget: QWidget) -> None:
        """Add a widget that takes what is left of its line."""
        self.addWidget(widget)
        self._wide.append(self._items[-1])

    def go_right(self) -> None:
        """Let what is added from now on end where the row ends."""
        self._right_from = len(self._items)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + _GAP * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

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
        for item in self._shown():
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
            return item is self._shown()[-1]
        return self._right_from is not None and self._items.index(item) >= self._right_from


def _within(item: QLayoutItem, width: int) -> QSize:
    """Return the size of an item, that of a line of its own where it has no room in one."""
    hint = item.sizeHint()
    if hint.width() <= width:
        return hint
    high = item.heightForWidth(width) if item.hasHeightForWidth() else hint.height()
    return QSize(width, high)

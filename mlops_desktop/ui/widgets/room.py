"""A room for something that may need more than there is: then it is scrolled, never cut off."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayoutItem, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

_LINES, _LEAST_LINES, _HEAD_LINES = 10, 5, 4
ANY = (1 << 24) - 1
"""As high as Qt lets a widget be."""
_AS_NEEDED = Qt.ScrollBarPolicy.ScrollBarAsNeeded


class Room(QScrollArea):
    """Gives ``inside`` all there is; scroll bars come where large text needs more than that."""

    def __init__(self, inside: QWidget | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if inside is not None:
            self.setWidget(inside)

    def minimumSizeHint(self) -> QSize:
        """Ask for next to nothing: a window must fit a small screen at any size of text."""
        return QSize(240, 160)

    def whole(self) -> QSize:
        """Return the least width of what is inside, and its height at the width there is."""
        inside = self.widget()
        if inside is None:
            return QSize()
        least = inside.minimumSizeHint().width()
        layout, high = inside.layout(), inside.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            high = layout.totalHeightForWidth(max(self.width(), least))
        return QSize(least, high)


class Across(Room):
    """As high as what is inside; what is wider than the place is scrolled sideways."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(inside)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for the height of all lines, and for that of a scroll bar where there is one."""
        whole = self.whole()
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(whole.width(), whole.height() + (bar if whole.width() > self.width() else 0))

    def minimumSizeHint(self) -> QSize:
        """Be never lower than that."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew: the scroll bar comes and goes with the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Upright(Room):
    """Scrolled up and down alone: as wide as the longest word of what is inside."""

    def minimumSizeHint(self) -> QSize:
        """Ask for that, with the bar beside it."""
        least, inside = super().minimumSizeHint(), self.widget()
        if inside is None:
            return least
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(inside.minimumSizeHint().width() + bar, least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask anew when something inside asked for another width."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return handled


class Head(Room):
    """As high as what is inside; where that leaves too little to the rest, it is scrolled."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(inside)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.verticalScrollBar().rangeChanged.connect(self._take_keys)

    def sizeHint(self) -> QSize:
        """Ask for the height of all lines."""
        return self.whole()

    def minimumSizeHint(self) -> QSize:
        """Have some lines in sight."""
        whole = self.sizeHint()
        some = self.fontMetrics().lineSpacing() * _HEAD_LINES
        return QSize(whole.width(), min(whole.height(), some))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that another width makes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask anew when something inside asked for another height."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return handled

    def _take_keys(self, _: int, most: int) -> None:
        """Be scrolled by the arrow keys where there is something to scroll."""
        focus = Qt.FocusPolicy.StrongFocus if most else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)


class Below(Room):
    """What stands below a table, with some lines of it in sight whatever the size of the text."""

    is_whole = False
    """Whether the room around it alone is scrolled now."""
    _least = 0

    def usual(self) -> int:
        """Return the height of the lines that are to be in sight."""
        return self.fontMetrics().lineSpacing() * _LINES

    def least(self) -> int:
        """Return the height of the lines without which it is of no use."""
        return self.fontMetrics().lineSpacing() * _LEAST_LINES

    def be_whole(self, *, is_whole: bool) -> None:
        """Be as high as what is inside; else scroll it, with the least of it in sight."""
        least = self.least()
        if (is_whole, least) == (self.is_whole, self._least) and not is_whole:
            return
        self.is_whole, self._least = is_whole, least
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(never if is_whole else _AS_NEEDED)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Ask for these lines: what has no room for them scrolls the whole."""
        high = self._inside() if self.is_whole else self._least or self.usual()
        return QSize(super().minimumSizeHint().width(), high)

    def _inside(self) -> int:
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        if layout is None or not layout.hasHeightForWidth():
            return self.usual() if inside is None else inside.sizeHint().height()
        return layout.totalHeightForWidth(self.viewport().width())


def around(room: QWidget, *parts: object) -> int:
    """Return how much what stands around ``parts`` in a column takes."""
    column = room.layout()
    assert isinstance(column, QVBoxLayout)
    items = [column.itemAt(at) for at in range(column.count())]
    shown = [item for item in items if item is not None and not item.isEmpty()]
    margins, gaps = column.contentsMargins(), column.spacing() * max(0, len(shown) - 1)
    wide = room.width() - margins.left() - margins.right()
    others = (_height(item, wide) for item in shown if item.widget() not in parts)
    return margins.top() + margins.bottom() + gaps + sum(others)


def _height(item: QLayoutItem, wide: int) -> int:
    return item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()


def area_of(widget: QWidget) -> QScrollArea | None:
    """Return the area that scrolls ``widget``."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent

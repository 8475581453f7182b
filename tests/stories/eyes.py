"""What can be read in a window: every text that is on the screen, widget by widget."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

_NO_SPACE = "\u200b"
"""Where a long word may break; nobody sees it."""
_KEY = re.compile(r"&(?=\S)")


def on_screen(root: QWidget) -> Iterator[QWidget]:
    """Yield ``root`` and every widget below it that is shown."""
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible() and (widget is root or not widget.isWindow()):
            yield widget


def texts(root: QWidget) -> list[str]:
    """Return every text below ``root``, also what only has to be scrolled to."""
    found = (text.replace(_NO_SPACE, "") for widget in on_screen(root) for text in read(widget))
    return [text for text in found if text.strip()]


def read(widget: QWidget) -> Iterator[str]:
    """Yield the texts of one widget, without those of its children."""
    match widget:
        case QLabel() | QLineEdit():
            yield widget.text()
        case QAbstractButton():
            yield name_of(widget)
        case QPlainTextEdit() | QTextEdit():
            yield widget.toPlainText()
        case QComboBox():
            yield widget.currentText()
        case QTabBar():
            yield from (widget.tabText(at) for at in range(widget.count()))
        case QTableView():
            yield from titles(widget)
            yield from (" | ".join(row) for row in rows(widget))
        case QListView():
            yield from (row[0] for row in rows(widget))
        case QMenu():
            yield from (_plain(action.text()) for action in widget.actions() if action.isVisible())
        case _:
            if not widget.children():
                yield widget.accessibleName()


def name_of(button: QAbstractButton) -> str:
    """Return what a button is called: its text, or the spoken name of an icon."""
    return _plain(button.text()) or button.accessibleName()


def titles(table: QTableView) -> list[str]:
    """Return the titles of the columns that are shown."""
    model, across = table.model(), Qt.Orientation.Horizontal
    return [
        str(model.headerData(at, across) or "")
        for at in range(model.columnCount())
        if not table.isColumnHidden(at)
    ]


def rows(view: QAbstractItemView) -> list[list[str]]:
    """Return the cells of every row that is at hand, hidden columns too."""
    model = view.model()
    width = 1 if isinstance(view, QListView) else model.columnCount()
    return [
        [str(model.index(at, column).data() or "") for column in range(width)]
        for at in range(model.rowCount())
    ]


def row_at(view: QAbstractItemView, text: str) -> QModelIndex | None:
    """Return the first cell of the first row in which ``text`` occurs."""
    for at, cells in enumerate(rows(view)):
        if text in " | ".join(cells):
            return view.model().index(at, 0)
    return None


def _plain(text: str) -> str:
    return _KEY.sub("", text.replace("&&", "\0")).replace("\0", "&")

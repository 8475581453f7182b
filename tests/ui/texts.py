"""Every text that a person reads or hears of a widget and of all that stands in it."""

import re
from collections.abc import Iterator
from html import unescape

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from mlops_desktop.ui.table.view import RowsView

_TAG = re.compile(r"</?(?:p|br)>")
_MOST_ROWS = 60


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """Yield each text in sight below ``root`` with the kind of widget that says it."""
    yield type(root).__name__, root.windowTitle()
    for widget in (root, *root.findChildren(QWidget)):
        if widget is root or widget.isVisible():
            kind = type(widget).__name__
            for text in (*_shown(widget), *_spoken(widget), widget.toolTip()):
                if text and text.strip():
                    yield kind, text


def menu_texts(menu: QMenu) -> Iterator[str]:
    """Yield the words of a menu and of those in it."""
    for action in menu.actions():
        yield action.text()
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from menu_texts(inner)


def _shown(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, (QLineEdit, QPlainTextEdit)):
        yield widget.placeholderText()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()) if widget.isTabVisible(at))
        yield from (widget.tabToolTip(at) for at in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(min(widget.count(), _MOST_ROWS)))
    elif isinstance(widget, QAbstractItemView):
        yield from _cells(widget)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if isinstance(view, QTableView):
        across = range(model.columnCount())
        yield from (_said(model.headerData(at, Qt.Orientation.Horizontal)) for at in across)
    for row in range(min(model.rowCount(), _MOST_ROWS)):
        if isinstance(view, RowsView):
            yield from _line(view, row)
        else:
            yield from _row(model, row, 1 if isinstance(view, QListView) else model.columnCount())


def _line(view: RowsView, row: int) -> Iterator[str]:
    for at in range(view.model().columnCount()):
        yield from _roles(view.model(), row, at)


def _row(model: QAbstractItemModel, row: int, columns: int) -> Iterator[str]:
    for at in range(columns):
        yield from _roles(model, row, at)


def _roles(model: QAbstractItemModel, row: int, at: int) -> Iterator[str]:
    roles = Qt.ItemDataRole
    for role in (roles.DisplayRole, roles.AccessibleTextRole, roles.ToolTipRole):
        yield unescape(_TAG.sub("", _said(model.index(row, at).data(role))))


def _spoken(widget: QWidget) -> Iterator[str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is not None:
        yield interface.text(QAccessible.Text.Name)
        yield interface.text(QAccessible.Text.Description)


def _said(value: object) -> str:
    return value if isinstance(value, str) else ""

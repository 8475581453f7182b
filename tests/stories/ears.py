"""What a screen reader hears of a window: names, values and cells, in the order of the screen.

PySide has no interface of tables, texts or values; their parts are children, and are walked.
"""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QTextEdit, QWidget

_NO_SPACE = "\u200b"
"""Where a long word may break; nobody hears it."""
_SILENT = {QAccessible.Role.ScrollBar, QAccessible.Role.Indicator, QAccessible.Role.Grip}
_HEADS = {QAccessible.Role.ColumnHeader, QAccessible.Role.RowHeader}


def texts(root: QWidget) -> list[str]:
    """Return everything that is spoken below ``root``: names and values; a row is one text."""
    return [text for text in map(_plain, _told(_at(root))) if text.strip()]


def rows(table: QWidget) -> list[list[str]]:
    """Return the cells of every row of a table, as they are spoken."""
    return list(_rows(_at(table)))


def find(root: QWidget, name: str) -> tuple[QWidget, QRect] | None:
    """Return the first thing that is called ``name``: the widget it is drawn by, and its place."""
    for node, widget in _walk(_at(root), root):
        if _text(node, QAccessible.Text.Name) == name:
            return widget, node.rect()
    return None


def _walk(
    node: QAccessibleInterface, drawn_by: QWidget
) -> Iterator[tuple[QAccessibleInterface, QWidget]]:
    if node.state().invisible:
        return
    thing = node.object()
    widget = thing if isinstance(thing, QWidget) else drawn_by
    yield node, widget
    for child in _children(node):
        yield from _walk(child, widget)


def _at(widget: QObject) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None, f"{widget} is silent"
    return found


def _told(node: QAccessibleInterface) -> Iterator[str]:
    if node.state().invisible or node.role() in _SILENT:
        return
    yield _text(node, QAccessible.Text.Name)
    yield _text(node, QAccessible.Text.Value)
    thing = node.object()
    if isinstance(thing, QTextEdit):
        yield thing.toPlainText()
    if node.role() == QAccessible.Role.Table:
        yield from _titles(node)
        yield from (" | ".join(row) for row in _rows(node))
        return
    for child in _children(node):
        yield from _told(child)


def _children(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    found = filter(None, map(node.child, range(node.childCount())))  # None for what is gone
    yield from (child for child in found if child.isValid())


def _titles(table: QAccessibleInterface) -> Iterator[str]:
    for child in _children(table):
        if child.role() == QAccessible.Role.ColumnHeader:
            yield _text(child, QAccessible.Text.Name)


def _rows(table: QAccessibleInterface) -> Iterator[list[str]]:
    width = len(list(_titles(table)))
    cells = [one for one in _children(table) if one.role() == QAccessible.Role.Cell]
    for start in range(0, len(cells), width or 1):
        row = cells[start : start + width]
        yield [_text(cell, QAccessible.Text.Name) for cell in row]


def _text(node: QAccessibleInterface, kind: QAccessible.Text) -> str:
    return str(node.text(kind) or "")


def _plain(text: str) -> str:
    return text.replace(_NO_SPACE, "")

"""What a screen reader and a keyboard find: used on every page."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTabBar,
    QWidget,
)

INTERACTIVE = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QSlider, QTabBar,
)  # fmt: skip
_INNER = (QAbstractSpinBox, QComboBox, QTabBar, QLineEdit, QAbstractItemView)


def interactive(root: QWidget) -> Iterator[QWidget]:
    """Yield what a person can use below ``root``, leaving out the parts Qt's own widgets have."""
    for widget in root.findChildren(QWidget):
        # The cheap questions first: most of a window stands on pages that are not in sight.
        if not widget.isVisibleTo(root) or not widget.isEnabled():
            continue
        takes_tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        is_own = (isinstance(widget, INTERACTIVE) or takes_tab) and widget.focusProxy() is None
        if is_own and not any(isinstance(parent, _INNER) for parent in parents(widget)):
            yield widget


def parents(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def spoken(widget: QWidget) -> str:
    """Return the name a screen reader is told."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def nameless(root: QWidget) -> list[str]:
    """Return the widgets below ``root`` that have no name."""
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in interactive(root)
        if not spoken(widget).strip()
    ]


def unreachable(root: QWidget) -> list[str]:
    """Return the widgets below ``root`` that the Tab key never comes to."""
    seen: set[QWidget] = set()
    focused = QApplication.focusWidget() or root.window()
    for _ in range(400):
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget() or root.window()
        if focused in seen:
            break
        seen.add(focused)
    return [
        f"{type(widget).__name__} {widget.objectName()} {spoken(widget)}"
        for widget in interactive(root)
        if widget not in seen
    ]

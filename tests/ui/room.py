"""What has less room than its words need: cut off or shortened where a person looks."""

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.widgets.chips import Chip
from mlops_desktop.ui.widgets.link import Link
from mlops_desktop.ui.widgets.one_line import OneLine

_SLACK = 1
_HEAD_PADDING = 20


def cut(root: QWidget) -> Iterator[str]:
    """Yield what is cut off below ``root``; a part left out with a tip that says the whole is not.

    A chip and a name in a table may be shortened: the table says them whole.
    """
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not widget.width() or _is_qts_own(widget):
            continue
        if isinstance(widget, QLabel):
            yield from _label(widget)
        elif isinstance(widget, QAbstractButton):
            yield from _button(widget)
        elif isinstance(widget, (Chip, QComboBox)):
            needed = (
                widget.minimumSizeHint() if isinstance(widget, QComboBox) else widget.sizeHint()
            )
            if widget.width() + _SLACK < needed.width() and not widget.toolTip():
                yield f"{type(widget).__name__} {widget.accessibleName()}"
        elif isinstance(widget, RowsView):
            yield from _heads(widget)


def _is_qts_own(widget: QWidget) -> bool:
    return widget.objectName().startswith("qt_")


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text.strip() or isinstance(label, OneLine):
        return
    inside = label.contentsRect()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if label.height() + _SLACK < needed:
            yield f"lines {text[:60]!r} {label.height()} < {needed}"
        words = max(
            map(label.fontMetrics().horizontalAdvance, re.split(r"[\s\u00ad\u200b/-]", text)),
            default=0,
        )
        if inside.width() + _SLACK < words:
            yield f"word in {text[:60]!r}"
        return
    needed = max(map(label.fontMetrics().horizontalAdvance, text.split("\n")))
    if inside.width() + _SLACK < needed and not label.toolTip():
        yield f"label {text[:60]!r} {inside.width()} < {needed}"


def _button(button: QAbstractButton) -> Iterator[str]:
    if isinstance(button, Link) and button.toolTip():
        return
    kinds = (QPushButton, QCheckBox, QRadioButton, QToolButton)
    if button.text() and isinstance(button, kinds):
        needed = button.minimumSizeHint()
        if button.width() + _SLACK < needed.width() or button.height() + _SLACK < needed.height():
            yield f"button {button.text()!r} {button.size().toTuple()} < {needed.toTuple()}"


def _heads(view: RowsView) -> Iterator[str]:
    header, model, tip = view.horizontalHeader(), view.model(), Qt.ItemDataRole.ToolTipRole
    for at in range(model.columnCount()):
        title = str(model.headerData(at, Qt.Orientation.Horizontal))
        needed = header.fontMetrics().horizontalAdvance(title) + _HEAD_PADDING
        across = Qt.Orientation.Horizontal
        if view.rooms.has_cut_titles and model.headerData(at, across, tip) == title:
            continue  # the list would be scrolled sideways: the title is whole as tooltip
        if not header.isSectionHidden(at) and header.sectionSize(at) + _SLACK < needed:
            yield f"column {title!r} {header.sectionSize(at)} < {needed}"


def scrolled_inside(root: QWidget) -> list[str]:
    """Return what is scrolled down within something that is scrolled down itself."""
    areas = [one for one in root.findChildren(QAbstractScrollArea) if _scrolls(one)]
    return [
        f"{type(one).__name__} of {one.height()} in {type(other).__name__} of {other.height()}"
        for one in areas
        for other in areas
        if other is not one and other.isAncestorOf(one)
    ]


def _scrolls(area: QAbstractScrollArea) -> bool:
    bar = area.verticalScrollBar()
    return area.isVisible() and bar.isVisible() and bar.maximum() > bar.minimum()


def cut_titles(view: RowsView) -> list[str]:
    """Return the titles of columns in sight that are shortened."""
    header, columns = view.horizontalHeader(), view.rows.columns
    shown = (at for at in range(len(columns)) if not header.isSectionHidden(at))
    return [columns[at].id for at in shown if header.sectionSize(at) < view.rooms._bare_title(at)]

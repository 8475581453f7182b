"""The choice of a list's columns and of its order, by mouse or keyboard."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.text import tr


def column_menu(
    parent: QWidget, view: RowsView, context: Context, on_shown: Callable[[], None]
) -> QMenu:
    """Return a menu of every column, and of what rows can be sorted by."""
    menu, header = QMenu(parent), view.horizontalHeader()
    order = menu.addMenu(tr("Sort by"))
    menu.addSeparator()
    for at, column in enumerate(view.rows.columns):
        title, is_gone = context.say(column.title), view.giving.is_gone(at)
        shown = menu.addAction(context.say("lists.no_room", column=title) if is_gone else title)
        shown.setCheckable(True)
        shown.setChecked(not header.isSectionHidden(at))
        shown.toggled.connect(partial(show_column, view, on_shown, at))
        if column.sortable:
            order.addAction(title).triggered.connect(partial(sort_by, view, at))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def say_columns(button: QAbstractButton, view: RowsView, context: Context, is_seen: bool) -> None:
    """Say on the button that columns give way, and on its tip which ones.

    What shows no row (not ``is_seen``) has no column to miss.
    """
    meant, say = view.giving.meant(), context.say
    gone = [at for at in meant if is_seen and view.giving.is_gone(at)]
    counts = {"shown": len(meant) - len(gone), "chosen": len(meant)}
    button.setText(say("lists.columns_of", **counts) if gone else tr("Columns"))
    missed = ", ".join(say(view.rows.columns[at].title) for at in gone)
    button.setToolTip(say("lists.given_way", columns=missed) if gone else "")


def show_column(view: RowsView, on_shown: Callable[[], None], at: int, shown: bool) -> None:
    """Show a column or not; the last one stays, and one that gave way does so no more."""
    header, had_given_way = view.horizontalHeader(), view.giving.is_gone(at)
    view.giving.keep(at, is_kept=shown and had_given_way)
    with view.giving.choosing():
        if shown or header.count() - header.hiddenSectionCount() > 1:
            header.setSectionHidden(at, not shown)
            if shown and header.sectionSize(at) < header.minimumSectionSize():
                header.resizeSection(at, view.rooms.least(at))
    on_shown()


def sort_by(view: RowsView, at: int, _checked: bool = False) -> None:
    """Sort by a column, the other way round if it is sorted by already."""
    header = view.horizontalHeader()
    again = header.sortIndicatorSection() == at
    up = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
    order = Qt.SortOrder.DescendingOrder if again and up else Qt.SortOrder.AscendingOrder
    header.setSortIndicator(at, order)

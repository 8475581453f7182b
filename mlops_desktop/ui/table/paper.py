"""A list as it is seen, read for paper: visible columns in their order, every row that fits."""

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.list_prints import ListColumn, ListWish
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table.columns import DASH, Column, ListQuery, RowProvider, make_cells
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.table.pane import ListPane
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.widgets.detail import DetailPane

W = TypeVar("W", bound=QWidget)

_AT_ONCE = 512


class SeenList:
    """What a person looks at when the list is to be printed; later changes do not count."""

    def __init__(self, context: Context, view: RowsView) -> None:
        model = view.model()
        assert isinstance(model, RowsModel)
        self.language = context.language.code
        self.title = _title(context, view)
        self.query: ListQuery = model.query
        self._provider: RowProvider[Any] = model.provider
        shown = view.giving.meant()
        self._columns: tuple[Column[Any], ...] = tuple(model.columns[at] for at in shown)
        letter = max(view.fontMetrics().averageCharWidth(), 1)
        self._paper = tuple(
            ListColumn(
                context.say(model.columns[at].title),
                view.giving.width_of(at) // letter,
                model.columns[at].numeric,
            )
            for at in shown
        )
        self._order = _order(context, view, model.columns)

    def read(self, progress: Progress) -> ListWish:
        """Return the whole list, in a lane; raises ``list_print.stopped`` where it was stopped."""
        rows: list[tuple[str, ...]] = []
        while True:
            found = self._provider.page(self.query, len(rows), _AT_ONCE, progress)
            cells = (make_cells(self._columns, row) for row in found)
            rows += [tuple(cell.text or DASH for cell in line) for line in cells]
            if progress.is_cancelled():
                raise AppError("list_print.stopped")
            progress.report(len(rows), None, "list_prints.read", n=len(rows))
            if len(found) < _AT_ONCE:
                break
        return ListWish(
            self.title,
            self._paper,
            rows,
            self.language,
            self.query.filter,
            self._order,
            self.query.as_of,
        )


def find_list(page: QWidget) -> RowsView | None:
    """Return the table that has the keyboard, else the first that is seen; None without one."""
    tables = [view for view in page.findChildren(RowsView) if view.isVisible()]
    focused: QWidget | None = page.window().focusWidget()
    for view in tables:
        if focused is not None and (view is focused or view.isAncestorOf(focused)):
            return view
    return tables[0] if tables else None


def _title(context: Context, view: RowsView) -> str:
    """Return what the list is called, with the tab it stands under and the thing it is about."""
    title, pane = view.accessibleName(), _above(view, ListPane)
    scopes, about = pane.scopes if pane is not None else None, _above(view, DetailPane)
    if scopes is not None and scopes.currentIndex() > 0:
        title = context.say("list_prints.scope", title=title, scope=_scope(scopes))
    if about is not None:
        title = context.say("list_prints.about", title=title, about=about.named())
    return title


def _scope(tabs: QTabBar) -> str:
    """Return the name of the tab without the count that may stand behind it."""
    at = tabs.currentIndex()
    return tabs.tabData(at) or tabs.tabText(at)


def _above(view: RowsView, kind: type[W]) -> W | None:
    above = view.parentWidget()
    while above is not None and not isinstance(above, kind):
        above = above.parentWidget()
    return above


def _order(context: Context, view: RowsView, columns: tuple[Column[Any], ...]) -> str:
    header = view.horizontalHeader()
    at = header.sortIndicatorSection()
    if not 0 <= at < len(columns) or not columns[at].sortable:
        return ""
    is_down = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    way = context.say(f"list_prints.{'down' if is_down else 'up'}")
    return context.say("list_prints.order", column=context.say(columns[at].title), way=way)

"""Takes up a workspace where it was left: the page, and of each list filter, scope and row.

The day shown is never taken up: who opens a workspace sees now, and past days by own choice.
"""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.stage import Stage
from mlops_desktop.ui.table.pane import ListPane
from mlops_desktop.ui.table.place import read_place, show_place
from mlops_desktop.ui.widgets.views import ViewsButton


class Resume(QObject):
    """Reads what pages show when a workspace is left, and shows it again; one for the window."""

    def __init__(self, context: Context, stage: Stage) -> None:
        super().__init__(context)
        self._context, self._stage = context, stage
        self._shown = context.prefs.workspace
        context.workspace_left.connect(self.remember)
        context.workspace_changed.connect(self._on_workspace)
        stage.page_made.connect(self._restore)

    def remember(self) -> None:
        """Keep what the lists of every page show."""
        lists = self._context.prefs.lists
        self._context.theme.dressing.gather()
        for page in self._stage.pages() if self._context.is_open else ():
            lists.update({button.name: dict(button.read()) for button in _own_views(page)})
            lists.update({pane.name: read_place(pane) for pane in page.findChildren(ListPane)})

    def _on_workspace(self) -> None:
        """Show another workspace as it was left; the same one, for another person, as it is."""
        if not self._context.is_open or self._shown == self._context.prefs.workspace:
            return
        self._shown = self._context.prefs.workspace
        self._context.theme.dressing.gather()
        for page in self._stage.pages():
            self._restore(page)

    def _restore(self, page: QWidget) -> None:
        for pane in page.findChildren(ListPane):
            show_place(pane, self._context.prefs.lists.get(pane.name, {}))
        for button in _own_views(page):
            if left := self._context.prefs.lists.get(button.name):
                button.show_view(left)


def _own_views(page: QWidget) -> Iterator[ViewsButton]:
    """Yield what reads and shows the views of a page's tables that are no lists of pages."""
    panes = page.findChildren(ListPane)
    for button in page.findChildren(ViewsButton):
        if not any(pane.isAncestorOf(button) for pane in panes):
            yield button

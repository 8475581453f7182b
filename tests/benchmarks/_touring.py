"""A tour of the whole window: every page, every list, tab and choice, as a person would use them.

It knows no page: what can be done is found by what stands on the screen.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from mlops_desktop.services.session import Session
from mlops_desktop.ui.app import make_application, make_window
from mlops_desktop.ui.job import Progress
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.table.filter import FilterLine
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.warming import settle, warm_up
from mlops_desktop.ui.ways import ServiceWays
from mlops_desktop.ui.window import Window

_SIZE = (1440, 900)
_PAUSE_MS = 30
_PATIENCE_MS = 1_500
_TYPED = "cre"
_ROWS = (0, 1, 7, 2)
_MOST_COLUMNS = 3
_NEVER = 0  # somebody is there all the time, though most of what is done here is no input
_LONG_AGO = date(2026, 11, 1)

Note = Callable[[str], None]


def prepare() -> QApplication:
    """Return the application, with everything imported that a start imports beside it."""
    qInstallMessageHandler(lambda *_: None)  # the screen that is none complains about hints
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else make_application(["benchmark"])
    warm_up(Progress(lambda: None))
    return app


class Tourist:
    """Somebody who tries everything; ``note`` is told each step before it is taken."""

    def __init__(self, app: QApplication, session: Session, note: Note) -> None:
        self.app = app
        self._note = note
        self._loop, self._pause = QEventLoop(), QTimer(singleShot=True)
        self._pause.timeout.connect(self._loop.quit)
        note("window")
        self.window: Window = make_window(
            self.app, Prefs(theme="light", language="en", lock_minutes=_NEVER), ServiceWays()
        )
        self.window.resize(*_SIZE)
        self.window.show()
        self.window.activateWindow()
        note("workspace")
        self.window.context.use_session(session, "Elbmark Bank AG")
        self.rest()
        settle()

    def tour(self) -> None:
        """Go through all pages, then to another day, language and theme and back."""
        for spec in find_pages():
            self.visit(spec.id)
        self._look_back()
        context = self.window.context
        for language in ("de", "en"):
            self._do(f"language {language}", partial(context.language.use, language))
        for theme in ("dark", "light"):
            self._do(f"theme {theme}", partial(context.theme.use, theme))

    def visit(self, page: str) -> None:
        """Open a page and try what is on it."""
        self._do(f"{page}: open", partial(self.window.show_page, page))
        bars = self._seen(QTabBar)
        for bar in [None, *[bar for bar in bars if not _is_in_detail(bar)]]:
            for at in range(bar.count() if bar is not None else 1):
                if bar is not None:
                    self._do(f"{page}: part {bar.tabText(at)}", partial(bar.setCurrentIndex, at))
                self._try_lists(page)
            if bar is not None:
                self._do(f"{page}: part back", partial(bar.setCurrentIndex, 0))

    def rest(self) -> None:
        """Wait until nothing runs and everything is painted."""
        waited = 0
        self._wait(_PAUSE_MS)
        while not self.window.context.jobs.is_idle() and waited < _PATIENCE_MS:
            self._wait(_PAUSE_MS)
            waited += _PAUSE_MS
        self._wait(_PAUSE_MS)

    def list_of_page(self) -> RowsView:
        """Return the first list of the page in sight."""
        found: list[RowsView] = self._seen(RowsView)
        return found[0]

    def tabs_of_detail(self) -> QTabBar:
        """Return the tabs of what is chosen."""
        found: list[QTabBar] = [bar for bar in self._seen(QTabBar) if _is_in_detail(bar)]
        return found[0]

    def tab_named(self, name: str) -> int:
        """Return where a tab stands."""
        tabs = self.tabs_of_detail()
        return next(at for at in range(tabs.count()) if tabs.tabText(at) == name)

    def close(self) -> None:
        """Close the window and wait for its threads."""
        self.window.close()
        self.app.processEvents()

    def _try_lists(self, page: str) -> None:
        for line in self._seen(FilterLine):
            for letter in _TYPED:
                self._do(f"{page}: type", partial(QTest.keyClick, line, letter))
            self._do(f"{page}: filter away", line.clear)
        for view in self._seen(RowsView):
            if view.isVisible() and view.model() is not None:
                self._try_list(page, view)

    def _try_list(self, page: str, view: RowsView) -> None:
        header, bar = view.horizontalHeader(), view.verticalScrollBar()
        shown = [at for at in range(header.count()) if not header.isSectionHidden(at)]
        for at in shown[:_MOST_COLUMNS]:
            order = partial(header.setSortIndicator, at, Qt.SortOrder.DescendingOrder)
            self._do(f"{page}: sort", order)
        self._do(f"{page}: sort back", partial(header.setSortIndicator, -1, _UP))
        for share in (0.01, 0.5, 1.0, 0.0):
            self._do(f"{page}: scroll", partial(bar.setValue, int(bar.maximum() * share)))
        for row in _ROWS:
            if view.isVisible() and row < view.model().rowCount():
                self._do(f"{page}: choose", partial(view.selectRow, row))
        for tabs in [bar for bar in self._seen(QTabBar) if _is_in_detail(bar)]:
            for at in range(tabs.count()):
                if tabs.isVisible() and tabs.isTabVisible(at):
                    name = f"{page}: tab {tabs.tabText(at)}"
                    self._do(name, partial(tabs.setCurrentIndex, at))
            if tabs.isVisible():
                self._do(f"{page}: tab back", partial(tabs.setCurrentIndex, 0))

    def _look_back(self) -> None:
        context = self.window.context
        for day in (_LONG_AGO, None):
            for page in (spec.id for spec in find_pages()):
                if page == find_pages()[0].id:
                    self._do(f"as of {day}", partial(context.show_as_of, day))
                self._do(f"{page}: as of {day}", partial(self.window.show_page, page))

    def _seen(self, kind: type) -> list[Any]:
        page = self.window.stage.page()
        found: list[Any] = page.findChildren(kind) if page is not None else []
        return [one for one in found if one.isVisible()]

    def _do(self, name: str, act: Callable[[], object]) -> None:
        self._note(name)
        QTimer.singleShot(0, act)  # inside the loop, as a key or a click comes
        self.rest()

    def _wait(self, milliseconds: int) -> None:
        # One for all waits: a thousand loops and shots would count as the window's own memory.
        self._pause.start(milliseconds)
        self._loop.exec()


_UP = Qt.SortOrder.AscendingOrder


def _is_in_detail(bar: QWidget) -> bool:
    above: QObject | None = bar
    while above is not None:
        if above.objectName() == "detail":
            return True
        above = above.parent()
    return False

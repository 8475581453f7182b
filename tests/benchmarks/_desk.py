"""The real window with somebody typing in it, and a clock that stops when the list is painted."""

import gc
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mlops_desktop.services.session import Session
from mlops_desktop.ui.app import make_application, make_window
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.overview.page import OverviewPage
from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.warming import settle
from mlops_desktop.ui.ways import ServiceWays

_SIZE = (1440, 900)
_PAUSE_MS = 100
_PATIENCE_MS = 10_000


class TypingDesk(QObject):
    """The page Models on a workspace, in a shown window."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        app = QApplication.instance()
        self._app = app if isinstance(app, QApplication) else make_application(["benchmark"])
        self._window = make_window(self._app, Prefs(theme="light", language="en"), ServiceWays())
        self._window.resize(*_SIZE)
        self._window.show()
        self._window.context.use_session(session, "Elbmark Bank AG")
        self._window.show_page("models")
        page = self._window.stage.page()
        assert isinstance(page, ModelsPage)
        self._list = page.list
        self._waits_for_rows = self._waits_for_paint = False
        self._loop = QEventLoop()
        self._list.model.arrived.connect(self._on_rows)
        self._list.view.viewport().installEventFilter(self)
        self._rest()
        gc.collect()  # of the filling; the program itself has nothing to collect yet
        settle()

    def type(self, words: str) -> list[float]:
        """Type letter by letter, then empty the line; return the seconds each key took."""
        line = self._list.filter
        took = [self._painted(partial(QTest.keyClick, line, key)) for key in words]
        took.append(self._painted(line.clear))
        return took

    def sort(self, column: str, *, is_descending: bool) -> float:
        """Sort as a click on a column's head does; return the seconds it took."""
        at = [found.id for found in self._list.model.columns].index(column)
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        header = self._list.view.horizontalHeader()
        return self._painted(lambda: header.setSortIndicator(at, order))

    def scroll(self, steps: int, *, step: int) -> list[float]:
        """Go down by so many rows at a time, until they are painted; begin at the top."""
        bar = self._list.view.verticalScrollBar()
        bar.setValue(0)
        self._rest()
        height = self._list.view.verticalHeader().defaultSectionSize()
        return [
            self._painted(partial(bar.setValue, at * step * height), needs_rows=False)
            for at in range(1, steps + 1)
        ]

    def close(self) -> None:
        """Close the window and wait for its threads."""
        self._window.close()
        self._app.processEvents()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop the clock after the paint that shows the rows waited for."""
        if event.type() == QEvent.Type.Paint and self._waits_for_paint and self._shows_rows():
            self._waits_for_paint = False
            QTimer.singleShot(0, self._loop.quit)  # comes after this paint
        return False

    def _shows_rows(self) -> bool:
        if self._waits_for_rows:
            return False
        view, model = self._list.view, self._list.model
        last = min(view.rowAt(view.viewport().height() - 1), model.rowCount() - 1)
        seen = (view.rowAt(0), last if last >= 0 else model.rowCount() - 1)
        return all(at < 0 or model.line(at) is not None for at in seen)

    def _on_rows(self) -> None:
        self._waits_for_rows = False
        if not self._list.model.rowCount():  # nothing fits: another widget says so
            self._waits_for_paint = False
            QTimer.singleShot(0, self._loop.quit)

    def _painted(self, act: Callable[[], object], *, needs_rows: bool = True) -> float:
        self._waits_for_rows, self._waits_for_paint = needs_rows, True
        patience = QTimer()
        patience.setSingleShot(True)
        patience.timeout.connect(self._loop.quit)
        patience.start(_PATIENCE_MS)
        started = time.perf_counter()
        act()
        self._loop.exec()
        took = time.perf_counter() - started
        if not patience.isActive():
            raise TimeoutError("the list was not painted")
        self._wait(_PAUSE_MS)
        return took

    def _rest(self) -> None:
        self._wait(_PAUSE_MS)
        while not self._window.context.jobs.is_idle():
            self._wait(_PAUSE_MS)

    def _wait(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


class OverviewDesk:
    """The page Overview on a workspace, in a shown window."""

    def __init__(self, session: Session) -> None:
        app = QApplication.instance()
        self._app = app if isinstance(app, QApplication) else make_application(["benchmark"])
        self._window = make_window(self._app, Prefs(theme="light", language="en"), ServiceWays())
        self._window.resize(*_SIZE)
        self._window.show()
        self._window.context.use_session(session, "Elbmark Bank AG")
        self._window.show_page("overview")
        page = self._window.stage.page()
        assert isinstance(page, OverviewPage)
        self._page = page
        self._finish()

    def show(self) -> None:
        """Read every figure again and wait until all of them are painted."""
        self._show_part(1)
        self._finish()

    def show_role(self, role: str) -> None:
        """Read the cards of a role again and wait until all of them are painted."""
        self._window.context.use_role(role)
        self._show_part(0)
        while not self._page.board.is_whole():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
        self._finish()

    def _show_part(self, part: int) -> None:
        if self._page.parts.currentIndex() != part:
            self._page.show_part(part)  # reads what it shows
        else:
            self._page.reload()

    def _finish(self) -> None:
        while not self._window.context.jobs.is_idle():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
        self._page.repaint()
        self._app.processEvents()

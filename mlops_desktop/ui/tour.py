"""A walk through all that the window can show: each page, its parts, tabs, details and dialogs.

The pictures are drawn along it, and the tests of names, words and room walk it too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QScrollArea,
    QTabBar,
    QWidget,
)

from mlops_desktop.ui.page import Page, find_pages
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.window import Window

_DIALOG = ("…", "...")
_MOST_DEPTH = 4
_MOST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Sight:
    """Something to look at: the window, or a dialog before it; ``name`` says the way there."""

    name: str
    widget: QWidget


class Tour:
    """Goes from one sight to the next; ``settle`` waits until nothing is read or drawn any more.

    With ``is_whole`` what is scrolled to is a sight of its own, as high as it is.
    """

    def __init__(
        self, window: Window, settle: Callable[[], None], *, is_whole: bool = False
    ) -> None:
        self._window, self._settle, self._is_whole = window, settle, is_whole
        self._walked: set[tuple[int, tuple[str, ...]]] = set()

    def pages(self, ids: tuple[str, ...] = ()) -> Iterator[Sight]:
        """Yield every page as it opens, then with a row chosen, at each of its tabs."""
        for spec in find_pages():
            if not ids or spec.id in ids:
                page = self._go(spec.id)
                yield Sight(spec.id, self._window)
                yield from self._parts(page, spec.id, ())

    def dialogs(self, ids: tuple[str, ...] = ()) -> Iterator[Sight]:
        """Yield each dialog that an action of a page opens, at the first place that allows it."""
        for spec in find_pages():
            if not ids or spec.id in ids:
                yield from self._dialogs(spec.id, [offer.id for offer in spec.offers])

    def _go(self, id: str) -> Page:
        self._window.show_page(id)
        self._settle()
        page = self._window.stage.page()
        assert page is not None
        return page

    def _parts(self, page: Page, name: str, above: tuple[QTabBar, ...]) -> Iterator[Sight]:
        if self._choose_rows(page):
            yield Sight(f"{name}.chosen", self._window)
        yield from self._wholes(page, name)
        bar = next(iter(self._bars(page, above)), None)
        if bar is None or len(above) >= _MOST_DEPTH:
            return
        first = bar.currentIndex()
        for at in range(bar.count()):
            if bar.isTabVisible(at) and bar.isTabEnabled(at):
                here = f"{name}.{at + 1}"
                if at != first:
                    bar.setCurrentIndex(at)
                    self._settle()
                    yield Sight(here, self._window)
                yield from self._parts(page, here, (*above, bar))
        bar.setCurrentIndex(first)
        self._settle()

    def _bars(self, page: Page, above: tuple[QTabBar, ...]) -> Iterator[QTabBar]:
        """Yield the rows of tabs in sight that were not walked in this shape."""
        for bar in page.findChildren(QTabBar):
            titles = tuple(bar.tabText(at) for at in range(bar.count()) if bar.isTabVisible(at))
            shape = id(bar), titles
            if bar.isVisible() and bar not in above and shape not in self._walked:
                self._walked.add(shape)
                yield bar

    def _wholes(self, page: Page, name: str) -> Iterator[Sight]:
        areas = page.findChildren(QScrollArea) if self._is_whole else []
        for at, area in enumerate(area for area in areas if area.isVisible()):
            inside = area.widget()
            if inside is not None and inside.height() > area.viewport().height():
                yield Sight(f"{name}.whole.{at + 1}", inside)

    def _choose_rows(self, page: Page) -> bool:
        views = [view for view in page.findChildren(RowsView) if view.isVisible()]
        fresh = [
            view for view in views if view.model().rowCount() and not view.selected_positions()
        ]
        for view in fresh:
            view.selectRow(0)
        if fresh:
            self._settle()
        return bool(fresh)

    def _dialogs(self, page: str, left: list[str]) -> Iterator[Sight]:
        actions = self._window.context.actions
        for _ in self._places(self._go(page)):
            for action in [one for one in left if actions.can(one)]:
                left.remove(action)
                if actions.action(action).text().endswith(_DIALOG):
                    run = partial(actions.run, action)
                    yield from opened(f"{page}.dialog.{action}", run, self._settle)
                    self._go(page)
            if not left:
                return

    def _places(self, page: Page) -> Iterator[None]:
        """Stop at the first rows of every part of a page; what can be done differs among them."""
        bars = [one for one in page.findChildren(QTabBar) if one.isVisible()]
        bar = next((one for one in bars if not _is_in_detail(one)), None)
        first = bar.currentIndex() if bar is not None else 0
        parts = [first, *range(bar.count())] if bar is not None else [first]
        for part in dict.fromkeys(parts):
            if bar is not None and bar.isTabVisible(part) and bar.isTabEnabled(part):
                bar.setCurrentIndex(part)
                self._settle()
            self._choose_rows(page)
            yield
            yield from self._rows(page)
        if bar is not None:
            bar.setCurrentIndex(first)
            self._settle()

    def _rows(self, page: Page) -> Iterator[None]:
        for view in [one for one in page.findChildren(RowsView) if one.isVisible()][:1]:
            for row in range(1, min(view.model().rowCount(), _MOST_ROWS)):
                view.selectRow(row)
                self._settle()
                yield


def _is_in_detail(widget: QWidget | None) -> bool:
    while widget is not None and widget.objectName() != "detail":
        widget = widget.parentWidget()
    return widget is not None


def opened(name: str, do: Callable[[], None], settle: Callable[[], None]) -> Iterator[Sight]:
    """Yield the dialogs that ``do`` opens, and put them away again; files are asked for by Qt."""
    before = set(_open_dialogs())
    do()
    settle()
    for dialog in _open_dialogs():
        if dialog not in before:
            if not isinstance(dialog, QFileDialog):
                yield Sight(name, dialog)
            dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _open_dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if _is_open_dialog(one)]  # type: ignore[misc]


def _is_open_dialog(widget: QWidget) -> bool:
    return isinstance(widget, QDialog) and widget.isVisible()

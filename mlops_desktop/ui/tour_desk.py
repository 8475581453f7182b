"""What the pictures show beside the pages: Overviews by role, help, a past day, the doors."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from mlops_desktop.core import clock
from mlops_desktop.ui.pages.overview.role import find_roles
from mlops_desktop.ui.tour import Sight, opened
from mlops_desktop.ui.tour_doors import DoorTour
from mlops_desktop.ui.tour_shared import SharedTour
from mlops_desktop.ui.window import Window

_BACK = timedelta(days=200)
_PAST = ("overview", "models", "approvals", "monitoring")


class DeskTour:
    """Goes on where the walk of the pages ends; the window is without a workspace afterwards."""

    def __init__(self, window: Window, settle: Callable[[], None]) -> None:
        self._window, self._settle = window, settle

    def sights(self) -> Iterator[Sight]:
        """Yield all of them."""
        yield from self._overviews()
        yield from self._helps()
        yield from self._past()
        place, doors = self._window.context.place, DoorTour(self._window, self._settle)
        yield from doors.locked()
        yield from self._welcome()
        yield from doors.before(place)
        yield from SharedTour(self._window, self._settle).sights(place)

    def _overviews(self) -> Iterator[Sight]:
        context, before = self._window.context, self._window.context.prefs.role
        self._window.show_page("overview")
        for spec in find_roles():
            context.use_role(spec.id)
            self._settle()
            yield Sight(f"desk.overview.{spec.id}", self._window)
            yield from self._whole(f"desk.overview.{spec.id}.whole")
        context.use_role(before)

    def _whole(self, name: str) -> Iterator[Sight]:
        page = self._window.stage.page()
        areas = page.findChildren(QScrollArea) if page is not None else []
        found = (area.widget() for area in areas if area.isVisible())
        insides = [inside for inside in found if inside is not None]
        if insides:
            yield Sight(name, max(insides, key=QWidget.height))

    def _helps(self) -> Iterator[Sight]:
        help = self._window.help
        self._window.show_page("models")
        for name, show in (("page", help.show_page), ("news", help.show_news)):
            show()
            self._settle()
            yield Sight(f"desk.help.{name}", self._window)
        help.show_page()  # in place of the news,
        help.show_page()  # and away
        for name, show in (("about", help.show_about), ("report", help.show_report)):
            yield from opened(f"desk.help.{name}", show, self._settle)
        self._window.open_palette()
        self._settle()
        for popup in QApplication.topLevelWidgets():
            if popup.isVisible() and popup.windowType() == Qt.WindowType.Popup:
                yield Sight("desk.palette", popup)
                popup.close()

    def _past(self) -> Iterator[Sight]:
        self._window.context.show_as_of(clock.today() - _BACK)
        for page in _PAST:
            self._window.show_page(page)
            self._settle()
            yield Sight(f"desk.past.{page}", self._window)
        self._window.context.show_as_of(None)

    def _welcome(self) -> Iterator[Sight]:
        actions = self._window.context.actions
        yield Sight("desk.welcome", self._window)
        do = partial(actions.run, "workspace.new")
        yield from opened("desk.welcome.new", do, self._settle)

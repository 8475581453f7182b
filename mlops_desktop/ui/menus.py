"""The menus that open from the button above the rail."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mlops_desktop.ui.actions import MENUS
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button, fit_name

if TYPE_CHECKING:
    from mlops_desktop.ui.welcome import Ways

Places = tuple[tuple[str, bool], ...]
"""Places opened last, each with whether it is missing now."""


def name_menu(button: Button, workspace: str, room: int) -> None:
    """Write the workspace's name on the menu's button as far as the size of letters leaves room."""
    fit_name(button, workspace or tr("Menu"), room)
    button.setToolTip(workspace)
    button.setAccessibleName(tr("Menu"))


def open_menus(context: Context, below: QWidget) -> None:
    """Open all menus below a button."""
    menu = context.actions.menu(below.window(), ())
    for name in MENUS:
        part = menu.addMenu(context.say(name))
        context.actions.fill(part, name)
        part.menuAction().setVisible(not part.isEmpty())
    _open(menu, below)


def open_recent(context: Context, ways: "Ways", below: QWidget) -> None:
    """Open the workspaces opened last, to choose from; without any, ask for a file.

    A file on a drive that is slow to answer is looked for in the read lane.
    """
    recent = ways.recent()
    if not recent:
        ways.choose_file(context)
        return

    def look(progress: Progress) -> Places:
        from mlops_desktop.services.profile import is_missing

        return tuple((place, is_missing(place)) for place in recent)

    def show(places: Places) -> None:
        menu = recent_menu(context, ways, places, below)
        _open(menu, below)
        menu.setActiveAction(menu.actions()[0])

    name = context.say("recent.looking")
    context.jobs.submit_read(name, look, show, context.show_error, key="recent")


def recent_menu(context: Context, ways: "Ways", places: Places, below: QWidget) -> QMenu:
    """Return the menu: each place, another file, and the same in a new window or to remove."""
    say, menu = context.say, QMenu(below.window())
    menu.setAccessibleName(say("recent.title"))
    for place, is_missing in places:
        said = say("recent.missing", place=place) if is_missing else place
        _add(menu, said, partial(ways.open_target, context, place))
    menu.addSeparator()
    _add(menu, say("recent.other"), partial(ways.choose_file, context))
    window, gone = menu.addMenu(say("recent.window")), menu.addMenu(say("recent.forget"))
    for place, is_missing in places:
        _add(window, place, partial(ways.open_window, context, place)).setEnabled(not is_missing)
        _add(gone, place, partial(ways.forget, context, place))
    return menu


def short_name(place: str) -> str:
    """Return what a place is called where there is no room for the whole of it."""
    return place if "://" in place else Path(place).name


def _add(menu: QMenu, text: str, work: Callable[[], None]) -> QAction:
    made = menu.addAction(text.replace("&", "&&"))
    made.triggered.connect(lambda _checked=False: work())
    return made


def _open(menu: QMenu, below: QWidget) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

"""The menus that open from the button above the rail."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from mlops_desktop.ui.actions import MENUS
from mlops_desktop.ui.context import Context

if TYPE_CHECKING:
    from mlops_desktop.ui.welcome import Ways


def open_menus(context: Context, below: QWidget) -> None:
    """Open all menus below a button."""
    menu = context.actions.menu(below.window(), ())
    for name in MENUS:
        part = menu.addMenu(context.say(name))
        context.actions.fill(part, name)
        part.menuAction().setVisible(not part.isEmpty())
    _open(menu, below)


def open_recent(context: Context, ways: "Ways", below: QWidget) -> None:
    """Open the workspaces that were open before, to choose from."""
    menu = QMenu(below.window())
    for target in ways.recent():
        open_it = partial(ways.open_target, context, target)
        made = menu.addAction(target.replace("&", "&&"))
        made.triggered.connect(lambda _checked=False, open_it=open_it: open_it())
    _open(menu, below)


def _open(menu: QMenu, below: QWidget) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

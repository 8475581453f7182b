"""The ways to copy out of a list: their entries of a menu, and what is said afterwards."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.icons import icon
from mlops_desktop.ui.table.copying import copy_cell, copy_rows
from mlops_desktop.ui.table.view import RowsView

_COPIES = (("rows", "Ctrl+C", copy_rows), ("cell", "Ctrl+Shift+C", copy_cell))


def add_copies(menu: QMenu, view: RowsView, context: Context) -> None:
    """Add an entry for each way to copy out of ``view``."""
    for word, keys, copy in _COPIES:
        added = menu.addAction(icon("copy"), context.say(f"copying.{word}"))
        added.setShortcut(QKeySequence(keys))
        added.setShortcutVisibleInContextMenu(True)
        added.triggered.connect(lambda _checked=False, copy=copy: copy(view))


def say_copied(context: Context, rows: int) -> None:
    """Say what lies in the clipboard now; no row means a single cell."""
    words, shown = context.language.words, context.language.number(rows)
    form = "cell" if not rows else "one" if rows == 1 else "other"
    context.toast(words.text(f"copying.done.{form}", n=shown))

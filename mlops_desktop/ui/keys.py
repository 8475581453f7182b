"""Every shortcut in one table, drawn from the table of actions and from what widgets answer to."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.table.columns import Column
from mlops_desktop.ui.table.filter import FilterLine
from mlops_desktop.ui.widgets.short_table import ShortTable

_FIXED = (
    ("keys.rows.copy", "Ctrl+C", "keys.place.list"),
    ("keys.rows.cell", "Ctrl+Shift+C", "keys.place.list"),
    ("keys.rows.all", "Ctrl+A", "keys.place.list"),
    ("keys.rows.open", "Return", "keys.place.list"),
    ("keys.rows.down", "Down", "keys.place.filter"),
    ("keys.rows.empty", "Esc", "keys.place.filter"),
    ("keys.form.send", "Ctrl+Return", "keys.place.form"),
    ("keys.form.undo", "Ctrl+Z", "keys.place.form"),
    ("keys.form.redo", "Ctrl+Shift+Z", "keys.place.form"),
    ("keys.form.leave", "Esc", "keys.place.form"),
)
"""What lists and forms answer to without an action of the table."""


@dataclass(frozen=True, slots=True)
class Key:
    """A shortcut: what it does, and where."""

    id: str
    title: str
    keys: str
    place: str


def key_actions(context: Context, window: QWidget) -> tuple[Action, ...]:
    """Return the row that opens the list."""

    def show() -> None:
        dialog = window.findChild(KeyDialog) or KeyDialog(context, window)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    return (Action("keys", "keys.action", show, "Ctrl+/", "command", menu="Help"),)


def list_keys(context: Context) -> tuple[Key, ...]:
    """Return every shortcut there is, those that work everywhere first."""
    say, actions = context.say, context.actions
    found = [
        Key(
            row.id,
            say(row.title),
            _native(row.shortcut),
            say(actions.row(f"go.{page}").title if page else "keys.place.all"),
        )
        for page, row in sorted(actions.known(), key=lambda one: bool(one[0]))
        if row.shortcut
    ]
    found += [Key(title, say(title), _native(keys), say(place)) for title, keys, place in _FIXED]
    return tuple(found)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class KeyDialog(QDialog):
    """The list, narrowed by typing; it stays beside the work until it is closed."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._all = context, tuple[Key, ...]()
        self.filter = FilterLine(())
        self.table = ShortTable(
            context,
            "keys",
            "keys.title",
            _columns,
            {"title": lambda key: key.title.casefold(), "keys": lambda key: key.keys},
        )
        column = QVBoxLayout(self)
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        self.filter.filtered.connect(self._narrow)
        self.filter.left_down.connect(self.table.setFocus)
        unit = self.fontMetrics().averageCharWidth()
        self.resize(min(unit * 110, parent.width() - 40), parent.height() * 3 // 4)
        context.speaking.enlist(self, self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say every word again."""
        self.setWindowTitle(self._context.say("keys.title"))
        self._all = list_keys(self._context)
        self.filter.retranslate()
        self._narrow(self.filter.text())

    def _narrow(self, typed: str) -> None:
        words = typed.casefold().split()
        kept = (one for one in self._all if all(word in _said(one) for word in words))
        self.table.set_rows(tuple(kept))


def _said(key: Key) -> str:
    return f"{key.title} {key.keys} {key.place}".casefold()


def _columns(context: Context) -> tuple[Column[Key], ...]:
    return (
        Column("title", "keys.column.title", lambda key: key.title, width=40, flexible=True),
        Column("keys", "keys.column.keys", lambda key: key.keys, width=20, strong=True),
        Column("place", "keys.column.place", lambda key: key.place, width=24, sortable=False),
    )

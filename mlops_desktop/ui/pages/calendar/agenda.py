"""The agenda: days, and below each what is due on it, how late or how soon."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from mlops_desktop.services.notices.collecting import Digest, Notice
from mlops_desktop.services.notices.writing import called, kind_word
from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context

_HEADS = ("what", "number", "name", "due", "persons")
_WIDTHS = (280, 160, 340, 220)


def due_in_words(context: Context, due: date, today: date) -> str:
    """Return in how many days something is due, or since how many it is overdue."""
    days = (due - today).days
    if days == 0:
        return context.say("calendar.today")
    key = "calendar.due_in" if days > 0 else "calendar.overdue_since"
    return context.language.words.count(key, abs(days))


class AgendaTree(QTreeWidget):
    """Shows notices grouped by day; Enter or a double click asks for what a line leads to."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setColumnCount(len(_HEADS))
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for at, width in enumerate(_WIDTHS):
            self.setColumnWidth(at, width)

    def show_notices(
        self, digest: Digest, notices: tuple[Notice, ...], names: Mapping[str, str]
    ) -> None:
        """Show ``notices``, ordered by date, in place of those before."""
        say = self._context.say
        self.clear()
        self.setHeaderLabels([say(f"calendar.head.{head}") for head in _HEADS])
        self.setAccessibleName(say("calendar.title.page"))
        for due, ones in groupby(notices, key=lambda one: one.due):
            if due is not None:
                self._add_day(digest, due, tuple(ones), names)
        self.expandAll()

    def chosen(self) -> Notice | None:
        """Return the notice of the line a person stands on; a day is none."""
        line = self.currentItem()
        found = line.data(0, Qt.ItemDataRole.UserRole) if line is not None else None
        return found if isinstance(found, Notice) else None

    def _add_day(
        self, digest: Digest, due: date, notices: tuple[Notice, ...], names: Mapping[str, str]
    ) -> None:
        said = due_in_words(self._context, due, digest.day)
        day = QTreeWidgetItem(self, [f"{self._context.language.date(due)} · {said}"])
        day.setFirstColumnSpanned(True)
        font = self.font()
        font.setBold(True)
        day.setFont(0, font)
        brush = QBrush(QColor(current_colors().bad))
        if due < digest.day:
            day.setForeground(0, brush)
        for one in notices:
            persons = ", ".join(names.get(id, id) for id in one.persons)
            words = self._context.language.words
            named, kind = called(words, one), kind_word(words, one)
            line = QTreeWidgetItem(day, [kind, one.id, named, said, persons])
            line.setData(0, Qt.ItemDataRole.UserRole, one)
            line.setToolTip(4, persons)
            if due < digest.day:
                line.setForeground(3, brush)

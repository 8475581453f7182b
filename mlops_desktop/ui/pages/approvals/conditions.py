"""Conditions of an approval: what must be done and by when, as many as are needed."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button, IconButton
from mlops_desktop.ui.widgets.label import room_for
from mlops_desktop.ui.widgets.lines import DayLine

_TEXT_CHARACTERS = 28
_DAY_CHARACTERS = 30
"""The two forms of a day that the empty line shows, and its margins."""


class _Row(QWidget):
    """One condition."""

    removed = Signal(object)

    def __init__(self, context: Context, words: str) -> None:
        super().__init__()
        self._context, self._words = context, words
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("What must be done"))
        self.due = DayLine(context)
        self.due.setFixedWidth(room_for(self.fontMetrics(), _DAY_CHARACTERS))
        # In a narrow form the day would leave a line of three letters for what must be done.
        self.text.setMinimumWidth(room_for(self.fontMetrics(), _TEXT_CHARACTERS))
        self._remove = IconButton("close", lambda: self.removed.emit(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.due)
        row.addWidget(self._remove)

    def number(self, number: int, *, is_only: bool) -> None:
        """Name the parts for ears."""
        say, words = self._context.say, self._words
        self.text.setAccessibleName(say(f"{words}.text", number=number))
        self.due.setAccessibleName(say(f"{words}.due", number=number))
        self._remove.call(say(f"{words}.remove", number=number))
        self._remove.setEnabled(not is_only)


class Conditions(QWidget):
    """A list of conditions that grows; ``words`` says what its entries are called."""

    def __init__(self, context: Context, words: str = "approvals.condition") -> None:
        super().__init__()
        self._context, self._words = context, words
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._add = Button(context.say(f"{words}.another"), self.add_row, icon="add", flat=True)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_row()

    def add_row(self) -> None:
        """Ask for one more condition."""
        row = _Row(self._context, self._words)
        row.removed.connect(self._remove)
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        self._number()
        row.text.setFocus()

    def conditions(self) -> tuple[tuple[str, date | None], ...]:
        """Return what was typed, empty lines left out."""
        typed = [(row.text.text().strip(), row.due.day()) for row in self._rows]
        return tuple((text, due) for text, due in typed if text)

    def wrong(self) -> str:
        """Return what is wrong, nothing where all is right."""
        if not self.conditions():
            return tr("Please write at least one condition.")
        if not all(row.due.is_right() for row in self._rows):
            return tr("Please write a day.")
        return ""

    def _remove(self, row: _Row) -> None:
        self._rows.remove(row)
        row.setParent(None)
        row.deleteLater()
        self._number()

    def _number(self) -> None:
        for number, row in enumerate(self._rows, start=1):
            row.number(number, is_only=len(self._rows) == 1)

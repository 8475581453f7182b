"""The inventory cut by one thing: a small table of bars, each row leading to its models."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout, QWidget

from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label

_MOST = 8


@dataclass(frozen=True, slots=True)
class CutRow:
    """One value of a cut in words, its count, and the filter that leads to its models."""

    name: str
    count: int
    shown: str
    filter: str


class _Line:
    """The widgets of a row; they stay when another value takes their place."""

    def __init__(self, grid: QGridLayout, at: int, ask: Callable[[str], None]) -> None:
        self._filter = ""
        self._name = Button("", lambda: ask(self._filter), flat=True)
        self._bar, self._number = QProgressBar(), Label()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._name, at, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._bar, at, 1)
        grid.addWidget(self._number, at, 2)

    def show_row(self, row: CutRow | None, most: int) -> None:
        """Show a value against the largest one, or nothing."""
        if row is not None:
            self._filter = row.filter
            self._name.setText(row.name)
            self._name.setEnabled(bool(row.filter))
            self._bar.setRange(0, most)
            self._bar.setValue(row.count)
            self._bar.setAccessibleName(row.name)
            self._number.setText(row.shown)
        for widget in (self._name, self._bar, self._number):
            widget.setVisible(row is not None)


class Cut(QWidget):
    """Shows the most frequent values; a name is a button that asks for its models."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._title, self._more = Label(strong=True), Label(tone="muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[_Line] = []
        self._grid.addWidget(self._more, _MOST, 0, 1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addStretch()

    def show_rows(
        self, title: str, rows: tuple[CutRow, ...], say_more: Callable[[int], str]
    ) -> None:
        """Show ``rows`` in place of those before; where all is empty, nothing at all.

        Of too many the most frequent are shown, and ``say_more`` says how many are left out.
        """
        self._title.setText(title)
        self.setVisible(bool(rows))
        left_out = max(0, len(rows) - _MOST)
        if left_out:
            rows = tuple(sorted(rows, key=lambda row: -row.count))[:_MOST]
        while len(self._lines) < len(rows):
            self._lines.append(_Line(self._grid, len(self._lines), self.wanted.emit))
        most = max((row.count for row in rows), default=1)
        for line, row in zip_longest(self._lines, rows):
            line.show_row(row, most)
        self._more.setText(say_more(left_out) if left_out else "")
        self._more.setVisible(bool(left_out))

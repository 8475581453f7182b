"""The inventory cut by one thing: a small table of bars, each row leading to its models."""

from collections.abc import Callable
from dataclasses import dataclass

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


class Cut(QWidget):
    """Shows the most frequent values; a name is a button that asks for its models."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._title = Label(strong=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
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
        if len(rows) > _MOST:
            rows = tuple(sorted(rows, key=lambda row: -row.count))
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        most = max((row.count for row in rows), default=1)
        for at, row in enumerate(rows[:_MOST]):
            self._add(at, row, most)
        if len(rows) > _MOST:
            more = Label(say_more(len(rows) - _MOST), tone="muted")
            self._grid.addWidget(more, _MOST, 0, 1, 3)

    def _add(self, at: int, row: CutRow, most: int) -> None:
        name = Button(row.name, self._asking(row.filter), flat=True)
        name.setEnabled(bool(row.filter))
        bar = QProgressBar()
        bar.setRange(0, most)
        bar.setValue(row.count)
        bar.setTextVisible(False)
        bar.setFixedHeight(8)
        bar.setAccessibleName(row.name)
        number = Label(row.shown)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(bar, at, 1)
        self._grid.addWidget(number, at, 2)

    def _asking(self, wanted: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(wanted)

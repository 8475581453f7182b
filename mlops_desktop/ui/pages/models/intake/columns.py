"""What each column of the file is read as, to be looked at and changed."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from mlops_desktop.core.custom_fields import Field
from mlops_desktop.services.imports import Given
from mlops_desktop.services.imports.report import ColumnUse, Report
from mlops_desktop.services.imports.vocabulary import name_of, targets
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.label import Label

_HEADS = ("heading", "example", "field", "basis")


class ColumnMap(QScrollArea):
    """A line a column: its heading, the first value below it, and a choice of fields."""

    changed = Signal()
    """A person chose another field."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.given: dict[str, str] = {}
        """What the person chose, by the letter of the column."""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def wishes(self) -> tuple[Given, ...]:
        """Return what the person said of columns."""
        return tuple(Given(letter, field) for letter, field in self.given.items())

    def show_report(self, report: Report) -> None:
        """Show how the columns of a file are read."""
        ground = QWidget()
        grid = QGridLayout()
        grid.setContentsMargins(0, 8, 12, 8)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        for at, head in enumerate(_HEADS):
            title = self._context.say(f"intake.head.{head}")
            grid.addWidget(Label(title, tone="muted", size="small", strong=True), 0, at)
        named = (use for use in report.columns if use.heading or use.example)
        for line, use in enumerate(named, 1):
            for at, widget in enumerate(self._line(use, report.own)):
                grid.addWidget(widget, line, at)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addStretch()
        self.setWidget(ground)

    def _line(self, use: ColumnUse, own: tuple[Field, ...]) -> Iterable[QWidget]:
        shown = use.heading or self._context.say("intake.unnamed", letter=use.letter)
        yield Label(shown, strong=use.field is not None)
        yield Label(use.example or "", tone="muted")
        yield self._choice(use, shown, own)
        basis = self._context.say(f"imports.basis.{use.basis}")
        if use.suggestion is not None:
            near = name_of(use.suggestion, self._context.language.code, own)
            basis = self._context.say("intake.maybe", field=near)
        yield Label(basis, tone="warn" if use.suggestion else "faint")

    def _choice(self, use: ColumnUse, shown: str, own: tuple[Field, ...]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self._context.say("intake.read_as", heading=shown))
        box.addItem(self._context.say("imports.basis.none"), "")
        for field in targets(own):
            box.addItem(name_of(field, self._context.language.code, own), field)
        if use.field is not None and box.findData(use.field) < 0:  # what follows from other facts
            box.addItem(name_of(use.field, self._context.language.code, own), use.field)
        box.setCurrentIndex(max(0, box.findData(use.field or "")))
        box.setMaxVisibleItems(20)
        box.activated.connect(lambda _: self._choose(use.letter, str(box.currentData())))
        return box

    def _choose(self, letter: str, field: str) -> None:
        self.given[letter] = field
        self.changed.emit()

"""What a person can say of a file besides its columns."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QWidget

from mlops_desktop.services.imports import Wishes
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.intake.columns import ColumnMap
from mlops_desktop.ui.widgets.label import Label

_ORDERS = ("", "day-first", "month-first")
_CHECKS = ("people", "clear", "without", "entities")


class Options(QWidget):
    """Four boxes and the order of days; each change asks for another report."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.boxes = {name: QCheckBox() for name in _CHECKS}
        self.dates = QComboBox()
        self._dates = Label()
        self._dates.setBuddy(self.dates)
        for order in _ORDERS:
            self.dates.addItem("", order)
        days = QHBoxLayout()
        days.setSpacing(10)
        days.addWidget(self._dates)
        days.addWidget(self.dates)
        # Two boxes a line and the days below, so that German words fit into a small window too.
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(32)
        grid.setColumnStretch(2, 1)
        for at, box in enumerate(self.boxes.values()):
            box.toggled.connect(self.changed)
            grid.addWidget(box, at // 2, at % 2)
        days.addStretch()
        grid.addLayout(days, len(self.boxes) // 2, 0, 1, 2)
        self.dates.activated.connect(self.changed)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def reset(self) -> None:
        """Go back to what is safest, for another file."""
        self.blockSignals(True)
        for box in self.boxes.values():
            box.setChecked(False)
        self.dates.setCurrentIndex(0)
        self.blockSignals(False)

    def wishes(self, columns: ColumnMap, headings: tuple[str, ...]) -> Wishes:
        """Return what was said, with the columns."""
        return Wishes(
            columns.wishes(),
            dates=str(self.dates.currentData()) or None,
            adds_people=self.boxes["people"].isChecked(),
            adds_entities=self.boxes["entities"].isChecked(),
            clears=self.boxes["clear"].isChecked(),
            leaves_out_refused=self.boxes["without"].isChecked(),
            headings=headings,
            language=self._context.language.code,
        )

    def retranslate(self) -> None:
        """Say every word again."""
        for name, box in self.boxes.items():
            box.setText(self._context.say(f"intake.option.{name}"))
        self._dates.setText(self._context.say("intake.option.dates"))
        self.dates.setAccessibleName(self._context.say("intake.option.dates"))
        for at, order in enumerate(_ORDERS):
            self.dates.setItemText(at, self._context.say(f"intake.dates.{order or 'refused'}"))

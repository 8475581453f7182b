"""What stands beside the trend: what to look at, frameworks and their ends, what is unmeasured."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.resources.columns import bottleneck_columns, framework_columns
from mlops_desktop.ui.pages.resources.reading import (
    BottleneckLine,
    Consumption,
    FrameworkLine,
)
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.room import around
from mlops_desktop.ui.widgets.short_table import ShortTable

_MOST_NAMED, _LEAST_ROWS = 8, 2


class Side(QWidget):
    """Two short tables under their titles; a line opened leads to its first model."""

    model_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.looked = ShortTable(
            context, "resources.bottlenecks", "resources.title.bottlenecks", bottleneck_columns
        )
        self.frameworks = ShortTable(
            context, "resources.frameworks", "resources.title.frameworks", framework_columns
        )
        for table in (self.looked, self.frameworks):
            table.stand_alone()
        self._titles = {name: Label(strong=True) for name in ("bottlenecks", "frameworks")}
        self.unmeasured = Label(tone="muted", size="small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._titles["bottlenecks"])
        column.addWidget(self.looked, 3)
        column.addWidget(self._titles["frameworks"])
        column.addWidget(self.frameworks, 2)
        column.addWidget(self.unmeasured)
        self.looked.opened.connect(self._open_bottleneck)
        self.frameworks.opened.connect(self._open_framework)
        self._shown: Consumption | None = None
        self.retranslate()

    def retranslate(self) -> None:
        """Say the titles again."""
        for name, label in self._titles.items():
            label.setText(self._context.say(f"resources.title.{name}"))

    def least(self) -> int:
        """Return the height of some rows of each table."""
        rows = (self._least(table) for table in (self.looked, self.frameworks))
        return around(self, self.looked, self.frameworks) + sum(rows)

    def be_whole(self, *, is_whole: bool) -> None:
        """Have each table as high as its rows, or some of them in sight."""
        for table in (self.looked, self.frameworks):
            rows = len(table.rows_in_order())
            if is_whole:
                table.fit_rows(rows, rows)
            else:
                table.fill(self._least(table))

    def _least(self, table: ShortTable) -> int:
        return table.high(min(len(table.rows_in_order()), _LEAST_ROWS))

    def show_consumption(self, shown: Consumption) -> None:
        """Show what is to be looked at."""
        self._shown = shown
        self.looked.set_rows(shown.bottlenecks)
        self.frameworks.set_rows(shown.frameworks)
        rows = shown.found.unmeasured
        named = ", ".join(row.id for row in rows[:_MOST_NAMED])
        more = f" + {len(rows) - _MOST_NAMED}" if len(rows) > _MOST_NAMED else ""
        told = self._context.say("resources.word.unmeasured", models=named + more)
        self.unmeasured.setText(told if rows else "")
        self.unmeasured.setVisible(bool(rows))

    def _open_bottleneck(self) -> None:
        lines: tuple[BottleneckLine, ...] = self._shown.bottlenecks if self._shown else ()
        for line in lines:
            if line.id == self.looked.current_id() and line.found.models:
                self.model_wanted.emit(line.found.models[0])

    def _open_framework(self) -> None:
        lines: tuple[FrameworkLine, ...] = self._shown.frameworks if self._shown else ()
        for line in lines:
            if line.id == self.frameworks.current_id():
                self.model_wanted.emit(line.row.models[0])

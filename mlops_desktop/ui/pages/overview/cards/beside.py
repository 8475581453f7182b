"""Things side by side: what is compared above, one matter a row."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mlops_desktop.services.overview.cards import Beside, Cell, Value, Way
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.cards.frame import CardView
from mlops_desktop.ui.pages.overview.telling import following, status_of, tell
from mlops_desktop.ui.widgets.chips import Chip
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.link import Link
from mlops_desktop.ui.widgets.room import Across


class BesideView(CardView[Beside]):
    """A grid of names and values; what leads somewhere is a link."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._across = Across(QWidget())
        self.column.addWidget(self._across)
        self.column.addStretch()

    def show_card(self, card: Beside) -> None:
        """Show what is compared; the grid is made again, for its shape may differ."""
        self.head(card.title, card.lead)
        self.say_empty(None if card.rows else card.empty)
        ground = QWidget()
        grid = QGridLayout(ground)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        for at, head in enumerate(card.heads if card.rows else (), 1):
            made = self._named(tell(self.context, card.title), head.value, head.way)
            grid.addWidget(made, 0, at, Qt.AlignmentFlag.AlignRight)
        for down, row in enumerate(card.rows, 1):
            name = tell(self.context, row.name)
            made = self._named(card.title.key, row.name, row.way)
            grid.addWidget(made, down, 0, Qt.AlignmentFlag.AlignLeft)
            for at, cell in enumerate(row.cells, 1):
                grid.addWidget(self._cell(name, cell), down, at, Qt.AlignmentFlag.AlignRight)
        self._across.setWidget(ground)
        self._across.updateGeometry()

    def _named(self, about: str, value: Value, way: Way | None) -> QWidget:
        told = tell(self.context, value)
        if way is None:
            return Label(told, tone="muted", wrap=True)
        link = Link()
        link.lead(about, told, following(self.context, way))
        link.setAccessibleName(told)
        return link

    def _cell(self, name: str, cell: Cell) -> QWidget:
        status = status_of(self.context, cell)
        if status is not None:
            return Chip(status)
        label = Label(tell(self.context, cell))
        label.setAccessibleName(f"{name}: {label.text()}")
        return label

"""Counts over two cuts as a heat map of buttons: deeper where more are."""

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from mlops_desktop.services.overview.cards import Heat, HeatCell
from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.cards.frame import CardView
from mlops_desktop.ui.pages.overview.telling import follow, tell
from mlops_desktop.ui.widgets.label import Label

_DEEPEST = 0.6
"""A share of the accent at which text still reads on it in either theme."""


class HeatView(CardView[Heat]):
    """A grid with names at its edges; a cell leads to its rows."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.cells: dict[tuple[int, int], HeatButton] = {}
        self._ground = QWidget()
        self.column.addWidget(self._ground)
        self.column.addStretch()

    def show_card(self, card: Heat) -> None:
        """Show the counts; the grid is made again, for its edges may differ."""
        self.head(card.title)
        self.say_empty(None if card.cells else card.empty)
        self._ground.hide()
        self._ground.deleteLater()
        self._ground = QWidget()
        self.column.insertWidget(self.column.count() - 1, self._ground)
        grid = QGridLayout(self._ground)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(3)
        self.cells = {}
        if card.cells:
            self._add_edges(grid, card)
            most = max(cell.count for cell in card.cells)
            for cell in card.cells:
                self._add(grid, card, cell, most)

    def _add_edges(self, grid: QGridLayout, card: Heat) -> None:
        for at, name in enumerate(card.columns, 1):
            label = Label(tell(self.context, name), tone="muted", size="small", wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(label, 0, at)
            grid.setColumnStretch(at, 1)
        for at, name in enumerate(card.rows, 1):
            grid.addWidget(Label(tell(self.context, name), tone="muted"), at, 0)

    def _add(self, grid: QGridLayout, card: Heat, cell: HeatCell, most: int) -> None:
        number = self.context.language.number(cell.count)
        button = HeatButton(number, cell.count / most)
        row, column = tell(self.context, card.rows[cell.row]), card.columns[cell.column]
        name = self.context.say(
            "overview.heat_cell", row=row, column=tell(self.context, column), n=number
        )
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(partial(self._follow, cell))
        grid.addWidget(button, cell.row + 1, cell.column + 1)
        self.cells[cell.row, cell.column] = button

    def _follow(self, cell: HeatCell, _checked: bool = False) -> None:
        follow(self.context, cell.way)


class HeatButton(QAbstractButton):
    """A count on a ground as deep as its share of the largest."""

    def __init__(self, text: str, share: float) -> None:
        super().__init__()
        self.setText(text)
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return room for the number and some ground around it."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 20, metrics.height() + 14)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a number is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the number, and where the keyboard is."""
        colors, painter = current_colors(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRect(0, 0, self.width() - 1, self.height() - 1)
        is_chosen = self.hasFocus() or self.underMouse()
        painter.setPen(QColor(colors.accent if is_chosen else colors.line))
        painter.setBrush(_mix(colors.surface, colors.accent, _DEEPEST * self._share))
        painter.drawRoundedRect(place, 4, 4)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(QColor(colors.text))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())


def _mix(ground: str, ink: str, share: float) -> QColor:
    one, other = QColor(ground), QColor(ink)
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(low + (high - low) * share) for low, high in parts))

"""A heat map: a table of counts, each a number on a shade, that a keyboard walks and opens."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView, QWidget

from mlops_desktop.ui.charts.heat_painting import STEP, TOTAL, HeatPainter
from mlops_desktop.ui.charts.shades import step_of
from mlops_desktop.ui.charts.taking import Rows, Taking
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.table.steady import SteadyTable

_AIR = 12
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many there are, None where nothing was measured; ``filter`` leads to its rows.

    A total is never shaded: beside it every other cell would be pale.
    """

    count: int | None
    filter: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Heat:
    """What is shown; ``counted`` is the key of a sentence that says ``n`` of what is counted."""

    title: str
    corner: str
    counted: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[HeatCell, ...], ...]

    def most(self) -> int:
        """Return the greatest count of one cell, totals left aside."""
        counts = (one.count or 0 for row in self.cells for one in row if not one.is_total)
        return max(counts, default=0)


_NONE = Heat("", "", "", (), (), ())


class HeatModel(QAbstractTableModel):
    """Cells as Qt asks for them: the number shown, the sentence spoken."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self.heat, self._most = context, _NONE, 0
        self._is_wrapped = False

    def show_heat(self, heat: Heat) -> None:
        """Show other counts."""
        self.beginResetModel()
        self.heat, self._most = heat, heat.most()
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.heat.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self.heat.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a row or of a column."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.heat.rows[section]
        name = self.heat.columns[section]
        return in_two_lines(name) if self._is_wrapped else name

    def wrap(self, is_wrapped: bool) -> None:
        """Write the names of the columns in two lines, or in one."""
        if is_wrapped != self._is_wrapped:
            self._is_wrapped = is_wrapped
            last = max(0, self.columnCount() - 1)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what is shown, spoken, or painted beneath."""
        cell = self.heat.cells[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(cell)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self.said(index.row(), index.column())
            case _ if role == STEP:
                return 0 if cell.is_total else step_of(cell.count or 0, self._most)
            case _ if role == TOTAL:
                return cell.is_total
            case _:
                return None

    def text(self, cell: HeatCell) -> str:
        """Return the number as it is shown."""
        return "–" if cell.count is None else self._context.language.number(cell.count)

    def said(self, row: int, column: int) -> str:
        """Return a cell as a sentence: which it is, and how many."""
        heat, say = self.heat, self._context.say
        cell = heat.cells[row][column]
        told = (
            say("charts.unmeasured")
            if cell.count is None
            else say(heat.counted, n=self._context.language.number(cell.count))
        )
        return say("charts.heat.cell", row=heat.rows[row], column=heat.columns[column], told=told)


class HeatView(SteadyTable):
    """Shows a heat map in full; Enter or a click asks for the rows of a cell."""

    wanted = Signal(str)
    """The filter that leads to the rows of the cell a person opened."""
    opened = Signal(int, int)
    """The row and the column of that cell, for who leads to its rows without a filter."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.shown = HeatModel(context, self)
        self.taking = Taking(
            context, self, lambda: self.shown.heat.title, self.rows, self.picture_of_it
        )
        self.setModel(self.shown)
        self.setItemDelegate(HeatPainter(self))
        self._set_up()
        self.clicked.connect(self._open)
        context.theme_changed.connect(self.viewport().update)

    def show_heat(self, heat: Heat) -> None:
        """Show ``heat``; the cell a person stands on stays the same."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self.shown.show_heat(heat)
        self.setAccessibleName(heat.title)
        self.setAccessibleDescription(self.described())
        if 0 <= row < len(heat.rows) and 0 <= column < len(heat.columns):
            self.setCurrentIndex(self.shown.index(row, column))
        self.measure()

    def described(self) -> str:
        """Return in a sentence where most are."""
        heat = self.shown.heat
        places = [
            (cell.count or 0, row, column)
            for row, line in enumerate(heat.cells)
            for column, cell in enumerate(line)
            if not cell.is_total
        ]
        _, row, column = max(places, key=lambda place: place[0], default=(0, -1, -1))
        if row < 0:
            return ""
        return self._context.say("charts.heat.most", told=self.shown.said(row, column))

    def rows(self) -> Rows:
        """Return the counts with their heads, as they are shown."""
        heat = self.shown.heat
        lines = zip(heat.rows, heat.cells, strict=True)
        return (
            (heat.corner, *heat.columns),
            *((name, *map(self.shown.text, cells)) for name, cells in lines),
        )

    def picture_of_it(self) -> QImage | None:
        """Return the table as it stands, without the mark of the cell."""
        at = self.currentIndex()
        self.setCurrentIndex(QModelIndex())
        image = self.grab().toImage()
        self.setCurrentIndex(at)
        return image

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, copy; the rest is Qt's own."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.taking.copy_data()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a cell, so that the keys have something to go from."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.shown.rowCount():
            self.setCurrentIndex(self.shown.index(0, 0))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the rows of the cell, the data and the picture."""
        at = self.currentIndex()
        first = []
        if at.isValid() and self.shown.heat.cells[at.row()][at.column()].count:
            rows = QAction(self._context.say("charts.heat.open"), self)
            rows.triggered.connect(lambda: self._open(at))
            first.append(rows)
        self.taking.menu(*first).popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the scroll bar where the columns do not fit."""
        super().resizeEvent(event)
        self.measure()

    def _set_up(self) -> None:
        self.setObjectName("heat")
        self.setSelectionMode(SteadyTable.SelectionMode.SingleSelection)
        self.setEditTriggers(SteadyTable.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(SteadyTable.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    def measure(self) -> None:
        """Be as high as all rows, and share the width among the columns."""
        across, bar = self.horizontalHeader(), self.horizontalScrollBar()
        height = self.fontMetrics().height() + _AIR
        self.verticalHeader().setDefaultSectionSize(height)
        room = self.width() - self.verticalHeader().sizeHint().width() - 2
        self.shown.wrap(is_wrapped=False)
        if sum(self._least()) > room:
            self.shown.wrap(is_wrapped=True)
        least = self._least()
        for at, width in enumerate(share_out(room, least)):
            across.resizeSection(at, width)
        below = bar.sizeHint().height() if sum(least) > room else 0
        self.setFixedHeight(across.sizeHint().height() + height * self.shown.rowCount() + below + 2)

    def _least(self) -> list[int]:
        across = self.horizontalHeader()
        return [across.sectionSizeHint(at) for at in range(self.shown.columnCount())]

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            cell = self.shown.heat.cells[index.row()][index.column()]
            if cell.count:
                self.opened.emit(index.row(), index.column())
                if cell.filter:
                    self.wanted.emit(cell.filter)


def in_two_lines(name: str) -> str:
    """Return ``name`` broken at the blank that leaves the shortest lines, if it has one."""
    words = name.split(" ")
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    best = min(breaks, key=lambda lines: max(map(len, lines)), default=(name,))
    return "\n".join(best)


def share_out(room: int, least: list[int]) -> list[int]:
    """Return equal widths that fill ``room``; what needs more than its share gets just that."""
    widths, open_ = list(least), set(range(len(least)))
    while open_:
        left = room - sum(width for at, width in enumerate(least) if at not in open_)
        wide = {at for at in open_ if least[at] * len(open_) > left}
        if not wide:
            for at in open_:
                widths[at] = left // len(open_)
            break
        open_ -= wide
    return widths

"""The table on the screen: paints rows from the cache, keeps the selection by id, copies rows."""

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QKeyCombination,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from mlops_desktop.ui.table.chosen import positions_in, ranges_of, states_of
from mlops_desktop.ui.table.columns import PAGE_ROWS, Cell
from mlops_desktop.ui.table.copying import copy_cell, copy_rows
from mlops_desktop.ui.table.folding import MOST_LINES, Folding
from mlops_desktop.ui.table.giving import Giving
from mlops_desktop.ui.table.measuring import Rooms
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.table.painting import RowPainter, places_of
from mlops_desktop.ui.table.seeing import Seeing
from mlops_desktop.ui.table.steady import SteadyTable

_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_COPY_CELL = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C
)


class RowsView(SteadyTable):
    """A table of whole rows; ``current_changed`` gives the row a person stands on."""

    current_changed = Signal(object)
    opened = Signal(object)
    copied = Signal(int)
    """So many rows are on the clipboard, 0 for a cell."""
    folds_all, most_lines = False, MOST_LINES  # few rows: all texts ask for lines, not names alone

    def __init__(self, model: RowsModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._kept: frozenset[str] = frozenset()
        self._current_id = self._wanted_id = ""
        self._hovered, self._restoring, self.is_fitted_by_hand = -1, False, False
        self.painter = RowPainter(self.font())
        self.rooms, self.giving, self.folding = Rooms(self, model), Giving(self), Folding(self)
        self.setModel(model)
        self._set_up()
        self._set_up_headers()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.arrived.connect(self._restore)
        model.loaded.connect(self._measure)
        model.headerDataChanged.connect(self.measure)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.seeing = Seeing(self)

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.viewport().setMouseTracking(True)
        self.doubleClicked.connect(self._on_opened)

    def _set_up_headers(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(8)
        rows.setDefaultSectionSize(self.painter.row_height())
        rows.hide()
        columns = self.horizontalHeader()
        columns.setSectionsMovable(True)
        columns.setHighlightSections(False)
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setMinimumSectionSize(40)
        columns.setSortIndicatorClearable(True)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.setSortIndicatorShown(True)  # its arrow is part of a title's room
        self.lay_columns()
        self.setSortingEnabled(True)

    @property
    def rows(self) -> RowsModel[Any]:
        """The model with its own type."""
        return self._rows

    def lay_columns(self) -> None:
        """Give every column its first width, and show those that are shown at first."""
        self.rooms.forget()
        with self.giving.choosing():
            for at, column in enumerate(self._rows.columns):
                self.setColumnWidth(at, self.rooms.least(at))
                self.setColumnHidden(at, not column.shown)

    def choose(self, id: str) -> None:
        """Stand on the row ``id``, now or as soon as it is here."""
        self._wanted_id = id
        self._restore()

    def current_id(self) -> str:
        """Return the id of the row a person stands on, or nothing."""
        return self._current_id

    def leave_missing(self) -> bool:
        """Stand on no row where the one stood on is not at hand, and no other is sought."""
        id = self._current_id
        is_meant = self._wanted_id in ("", id)
        if not id or not is_meant or self._rows.positions(frozenset({id})):
            return False
        self._current_id = self._wanted_id = ""
        self._kept -= {id}
        return True

    def selected_ids(self) -> frozenset[str]:
        """Return the ids of the selected rows, of those at hand."""
        return self._kept

    def selected_positions(self) -> list[int]:
        """Return the positions of the selected rows, without asking the selection row by row."""
        return positions_in(ranges_of(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each visible row once, from the cache."""
        painter = QPainter(self.viewport())
        self.painter.begin(painter)
        height = self.verticalHeader().defaultSectionSize()
        first = max(0, self.rowAt(event.rect().top()))
        top = self.rowViewportPosition(first) if self._rows.rowCount() else 0
        bottom, width = event.rect().bottom(), self.viewport().width()
        places, states = places_of(self, self._rows.columns), states_of(self, self._hovered)
        here: list[tuple[int, tuple[Cell, ...]]] = []
        for at in range(first, self._rows.rowCount()):
            if top > bottom:
                break
            self.painter.ground(painter, QRect(0, top, width, height), states(at))
            line = self._rows.line(at)
            if line is not None:
                here.append((top, line.cells))
            else:
                self.painter.waiting(painter, top, height, places)
            top += height
        for place in places:
            self.painter.column(painter, place, height, here)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, open with Enter, begin with the first row; the rest is Qt's own."""
        current = self.currentIndex()
        if event.key() in _STEPS and current.isValid() and not ranges_of(self):
            self.selectRow(current.row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        elif event.keyCombination() == _COPY_CELL:
            copy_cell(self)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if current.isValid() and not ranges_of(self):
                self.selectRow(current.row())
            self._on_opened(current)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the pointer."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Light no row."""
        self._hover(-1)
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Lay out texts anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "painter"):
            self.painter.set_font(self.font())
            self.verticalHeader().setDefaultSectionSize(self.painter.row_height())
            self.measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew, and ask for the rows now seen."""
        super().resizeEvent(event)
        self.fit()
        self.seeing.fetch()

    def fit(self) -> None:
        """Share the room there is between the columns, unless a person did."""
        self.giving.fit()
        if not self.is_fitted_by_hand:
            self.rooms.fit()
        self.folding.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure what changed out of sight."""
        super().showEvent(event)
        if self.rooms.is_stale:
            self._measure()

    def _measure(self) -> None:
        self.rooms.is_stale = False
        self.rooms.note(self.painter.room_of, range(min(self._rows.rowCount(), PAGE_ROWS)))
        self.fit()

    def measure(self) -> None:
        """Share the room by what stands here now, not by the widest that ever did.

        Titles have another font only after the table itself has: then it is asked for once more.
        """
        self.rooms.forget(is_stale=True)
        if self.isVisible():  # sixty tables out of sight would stop the window
            self._measure()

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            height = self.verticalHeader().defaultSectionSize()
            for at in (one for one in (before, row) if one >= 0):
                top = self.rowViewportPosition(at)
                self.viewport().update(0, top, self.viewport().width(), height)

    def _on_about_to_reset(self) -> None:
        self._restoring = True
        self._wanted_id = self._wanted_id or self._current_id

    def _restore(self) -> None:
        """Select again, by id, what was selected before the rows came anew."""
        self._restoring = True
        model = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        kept = QItemSelection()
        last = self._rows.columnCount() - 1
        for at in self._rows.positions(self._kept):
            kept.select(self._rows.index(at, 0), self._rows.index(at, last))
        current = self._rows.positions(frozenset({self._wanted_id})) if self._wanted_id else []
        if current:
            index = self._rows.index(current[0], 0)
            is_other = self._wanted_id != self._current_id
            if is_other:  # asked for from elsewhere: what was chosen before is not meant any more
                kept = QItemSelection()
            if is_other or self._wanted_id not in self._kept:
                kept.select(index, self._rows.index(current[0], last))
            model.select(kept, flags.ClearAndSelect)
            model.setCurrentIndex(index, flags.NoUpdate)
        elif not kept.isEmpty():
            model.select(kept, flags.ClearAndSelect)
        self._restoring = False
        if current:
            self._settle(current[0])
        self.seeing.fetch()
        self.viewport().update()

    def _settle(self, at: int) -> None:
        line, self._wanted_id = self._rows.line(at), ""
        if line is None:
            return
        if line.row.id == self._current_id:
            self._kept |= {line.row.id}
        else:
            self._current_id, self._kept = line.row.id, frozenset({line.row.id})
            self.scrollTo(self._rows.index(at, 0))
            self.current_changed.emit(line.row)

    def _on_current(self, current: QModelIndex) -> None:
        # With the keyboard Qt makes a row current that nobody has chosen yet.
        is_chosen = current.isValid() and self.selectionModel().isSelected(current)
        line = self._rows.line(current.row()) if is_chosen else None
        if not self._restoring and line is not None and line.row.id != self._current_id:
            self._wanted_id = ""
            self._current_id = line.row.id
            self.current_changed.emit(line.row)

    def _on_selection(self) -> None:
        if not self._restoring:
            lines = map(self._rows.line, self.selected_positions())
            self._kept = frozenset(line.row.id for line in lines if line is not None)
            self._on_current(self.currentIndex())

    def _on_opened(self, index: QModelIndex) -> None:
        if (line := self._rows.line(index.row())) is not None:
            self.opened.emit(line.row)

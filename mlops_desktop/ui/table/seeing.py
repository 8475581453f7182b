"""The rows in sight of a list: those that are missing are asked for, and all are measured."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mlops_desktop.ui.turns import turns

if TYPE_CHECKING:
    from mlops_desktop.ui.table.view import RowsView

_BEYOND = 32


class Seeing(QObject):
    """Measures what comes into sight once the window is calm: further down, names may be longer.

    Columns and rows only ever grow by that. Nothing moves under a pressed button or while the
    scroll bar is held.
    """

    def __init__(self, view: "RowsView") -> None:
        super().__init__(view)
        self._view, self._is_due = view, False
        view.rows.modelReset.connect(view.rooms.begin)
        view.rows.arrived.connect(self._enter)
        view.verticalScrollBar().valueChanged.connect(self.fetch)
        view.verticalScrollBar().sliderReleased.connect(self._enter)
        view.released.connect(self._enter)

    def fetch(self) -> None:
        """Ask for the rows now in sight, and for some around them."""
        seen = self._in_sight()
        self._view.rows.want(max(0, seen.start - _BEYOND), seen.stop + _BEYOND)
        self._enter()

    def _enter(self) -> None:
        if not self._is_due:
            self._is_due = True
            turns().enter(self, self._measure, is_calm=True)

    def _measure(self) -> None:
        self._is_due = False
        view, rooms = self._view, self._view.rooms
        is_held = view.is_pressed or view.verticalScrollBar().isSliderDown()
        if is_held or not rooms.is_begun:
            return
        if rooms.note(view.painter.room_of, self._in_sight()):
            view.fit()

    def _in_sight(self) -> range:
        view, bar = self._view, self._view.verticalScrollBar()
        height = max(1, view.verticalHeader().defaultSectionSize())
        first = bar.value() // height
        return range(first, first + view.viewport().height() // height + 1)

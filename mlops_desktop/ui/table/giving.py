"""Which columns of a list give way where it has no room: those that are not key, the last first."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from mlops_desktop.ui.table.view import RowsView


class Giving(QObject):
    """A list beside an open detail keeps its key columns; the others come back with the room.

    A person's choice wins: a column that was asked for stays. So does the one sorted by.
    """

    changed = Signal()
    """Columns give way, or did."""

    def __init__(self, view: "RowsView") -> None:
        super().__init__(view)
        self._view = view
        self._gone: dict[int, int] = {}
        """How wide those are that give way, once they are back."""
        self._kept: set[str] = set()
        self._is_choosing = False
        self.is_offered = False
        """Whether a person can choose columns here, and so have back what gives way."""

    def is_meant(self, at: int) -> bool:
        """Whether a column is among those chosen, be there room for it or not."""
        return at in self._gone or not self._view.isColumnHidden(at)

    def is_gone(self, at: int) -> bool:
        """Whether a column gives way just now."""
        return at in self._gone

    def is_kept(self, at: int) -> bool:
        """Whether a person asked for a column, whatever room there is."""
        return self._view.rows.columns[at].id in self._kept

    def meant(self) -> list[int]:
        """Return the columns chosen, in the order they stand in."""
        header = self._view.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [at for at in order if self.is_meant(at)]

    def width_of(self, at: int) -> int:
        """Return the width of a column, or what it had before it gave way."""
        return self._gone.get(at) or self._view.horizontalHeader().sectionSize(at)

    def keep(self, at: int, *, is_kept: bool = True) -> None:
        """Have a column stay, or let it give way again."""
        id = self._view.rows.columns[at].id
        (self._kept.add if is_kept else self._kept.discard)(id)

    @contextmanager
    def choosing(self) -> Iterator[None]:
        """Have every column back while others are chosen, or all are measured."""
        self._is_choosing = True  # each that comes or goes changes the room, and would be fitted
        gone, self._gone = self._gone, {}
        for at in gone:
            if at < self._view.horizontalHeader().count():
                self._view.setColumnHidden(at, False)
        try:
            yield
        finally:
            self._is_choosing = False

    def fit(self) -> None:
        """Let as many columns give way as the room asks for, and no other."""
        has_key = any(column.key for column in self._view.rows.columns)
        if self._is_choosing or not self.is_offered or not has_key:
            return
        before, rooms = set(self._gone), self._view.rooms
        rooms.is_fitting = True  # what gives way is nobody's choice
        try:
            with self.choosing():  # Qt measures no title that is hidden
                for at in self._too_many():
                    self._gone[at] = self._view.horizontalHeader().sectionSize(at)
                    self._view.setColumnHidden(at, True)
        finally:
            rooms.is_fitting = False
        if self._gone or before:
            self.changed.emit()

    def need(self, most: int) -> int:
        """Return the room, of ``most``, in which key columns are shown and names in whole.

        Their titles too, where that is not too much.
        """
        has_key = any(column.key for column in self._view.rows.columns)
        if not has_key or self._view.is_fitted_by_hand:
            return 0
        held = [at for at in self.meant() if not self._may_give_way(at)]
        titled = sum(map(self._view.rooms.titled, held))
        if titled <= most:
            return titled
        rooms = accumulate(map(self._view.rooms.closest, held))
        return max((room for room in rooms if room <= most), default=0)

    def _too_many(self) -> Iterable[int]:
        """Return the columns to give way: from the end on, but no more than it takes."""
        needs = {at: self._need(at) for at in self.meant()}
        over, gone = sum(needs.values()) - self._view.viewport().width(), list[int]()
        for at in filter(self._may_give_way, reversed(needs)):
            if over <= 0:
                break
            gone.append(at)
            over -= needs[at]
        for at in reversed(gone[:-1]):
            if needs[at] <= -over:  # the wide one before it made room enough for both
                gone.remove(at)
                over += needs[at]
        gone += self._empty([at for at in needs if at not in gone])
        return [*gone, *self._beyond([at for at in needs if at not in gone])]

    def _empty(self, left: list[int]) -> Iterator[int]:
        """Yield the columns that say nothing in any row seen so far, where a text is cut for it."""
        wanted = sum(map(self._view.rooms.whole, left))
        if not self._view.is_fitted_by_hand and wanted > self._view.viewport().width():
            yield from filter(self._view.rooms.is_empty, filter(self._may_give_way, left))

    def _beyond(self, left: list[int]) -> Iterator[int]:
        """Yield the key columns that go where even cut texts leave a chip no room, the last first.

        The first column, a name, and what is sorted by or was asked for stay. A table in a
        detail keeps them all.
        """
        header, columns = self._view.horizontalHeader(), self._view.rows.columns
        over = sum(map(self._view.rooms.closest, left)) - self._view.viewport().width()
        for at in reversed(left[1:]):
            is_held = columns[at].id in self._kept or header.sortIndicatorSection() == at
            is_meant = columns[at].key and not (columns[at].strong or columns[at].flexible)
            is_whole = self._view.folds_all or self._view.is_fitted_by_hand
            if over > 0 and is_meant and not is_held and not is_whole:
                over -= self._view.rooms.closest(at)
                yield at

    def _need(self, at: int) -> int:
        view = self._view
        if view.is_fitted_by_hand:
            return view.horizontalHeader().sectionSize(at)
        return view.rooms.closest(at) if view.folds_all else view.rooms.tightest(at)

    def _may_give_way(self, at: int) -> bool:
        column = self._view.rows.columns[at]
        is_own = not column.shown or column.id in self._kept
        is_sorted = self._view.horizontalHeader().sortIndicatorSection() == at
        is_wide = column.flexible and not self._view.folds_all
        return not (column.key or column.strong or is_wide or is_own or is_sorted)

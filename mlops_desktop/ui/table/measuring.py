"""How wide the columns of a list are: what stands in them fits where there is room for it."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from operator import lt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from mlops_desktop.ui.table import shares
from mlops_desktop.ui.table.cells import (
    MOST,
    NOTHING,
    RoomOf,
    brief,
    most_room,
    note_widest,
    parts,
    told,
)
from mlops_desktop.ui.table.columns import Cell, Column
from mlops_desktop.ui.table.folding import ANY_LINES, MOST_LINES, Names
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.widgets.label import room_for

if TYPE_CHECKING:
    from mlops_desktop.ui.table.view import RowsView

PADDING = 10
_FEW, _HARDLY, _SCANT = 10, 5, 3
"""In characters: what is left of a text tells it from others, the whole is its tooltip.

The last two are for the sake of a chip: half a state says nothing.
"""
_COUNTED = re.compile(r"(?:[A-Z]{1,2}-)?[\d\s.,:/%+<>\u2265()\u2212\u2013-]*")
"""What a number, a threshold, a day and an id as M-00005 consist of: half of any says nothing."""


class Rooms:
    """What the cells seen so far want, and the widths that follow; no person's width is touched."""

    def __init__(self, view: "RowsView", rows: RowsModel[Any]) -> None:
        self._view, self._rows = view, rows
        self._wanted: dict[str, int] = {}
        self._counted: dict[str, int] = {}
        """What the numbers and days among them want."""
        self._chips: dict[str, int] = {}
        """What the cells of a column of chips want, in brief where that is enough."""
        self._days: dict[str, int] = {}
        """What must not be cut wants with the hour of a day below it."""
        self._titles: dict[str, int] = {}
        self._meant: dict[int, int] = {}
        """The room of so many characters."""
        self._names = Names(view)
        self._noted: set[int] = set()
        """Where the rows stand whose wants are known."""
        self.is_fitting = self.has_cut_titles = False
        self.is_stale = False
        """Whether the rows are to be measured anew."""

    def forget(self, *, is_stale: bool = False) -> None:
        """Measure anew: words, font or columns are other ones; ``is_stale`` for rows at hand."""
        held = (self._wanted, self._counted, self._chips, self._days, self._titles, self._meant)
        for known in held:
            known.clear()
        self._names.forget()
        self.begin()
        self.is_stale = is_stale

    def begin(self) -> None:
        """Note rows anew that stand elsewhere now; once wide, a column stays so."""
        self._noted.clear()

    @property
    def is_begun(self) -> bool:
        """Whether the first rows were measured."""
        return bool(self._noted)

    def note(self, room_of: RoomOf, shown: Iterable[int]) -> bool:
        """Note what the rows shown want that were not noted yet; return whether it is more."""
        before, fresh = self._extent(), set(shown) - self._noted
        lines = {at: line.cells for at in fresh if (line := self._rows.line(at)) is not None}
        self._noted.update(lines)
        columns = zip(*lines.values(), strict=True)
        for column, cells in zip(self._rows.columns, columns, strict=False):
            self._note(column, {told(cell): cell for cell in cells}, room_of)
        return self._extent() != before

    def _note(self, column: Column[Any], cells: Mapping[str, Cell], room_of: RoomOf) -> None:
        self._names.note(column, cells)
        counted = {text: cells[text] for text in filter(_COUNTED.fullmatch, cells)}
        held = cells if column.whole else counted
        for found, texts in ((self._wanted, cells), (self._counted, counted)):
            note_widest(found, column, texts, room_of)
        if column.status is not None:
            held = {cell.text: cell for cell in map(brief, cells.values())}
            note_widest(self._chips, column, held, room_of)
        note_widest(self._days, column, parts(held), room_of)

    def _extent(self) -> tuple[int, ...]:
        """Return what tells whether anything wants more than before: no width becomes less."""
        found = (self._wanted, self._counted, self._chips, self._days)
        return self._names.changes, *(sum(widths.values()) for widths in found)

    def least(self, at: int) -> int:
        """Return the least width of a column: its title fits, a state, a text as far as meant.

        The arrow of an order has its room where it is: in every title it would cost a name's end.
        """
        column: Column[Any] = self._rows.columns[at]
        meant = self._room_for(column.width)
        wanted = self._wanted.get(column.id, meant)
        is_whole = column.whole or column.status is not None
        room = wanted if is_whole else min(wanted, meant)
        return max(room + 2 * PADDING, self._bare_title(at))

    def fit(self) -> None:
        """Let texts that are cut off have the room there is, and the flexible column the rest.

        What is longer than any column asks for comes before a name that stands whole already.
        """
        header, columns = self._view.horizontalHeader(), self._rows.columns
        shown = [at for at in range(len(columns)) if not header.isSectionHidden(at)]
        whole = self._view.viewport().width()
        least = [self._narrowest(at) for at in shown]
        tight = [self.tightest(at) for at in shown]
        wanted = [self._wanted.get(columns[at].id, 0) + 2 * PADDING for at in shown]
        first = sorted(range(len(shown)), key=partial(self._turn, shown))
        most = most_room(self._view.fontMetrics()) + 2 * PADDING
        self.has_cut_titles = False
        if sum(tight) <= whole:
            lined = self._with_lines(shown, tight, wanted, whole)
            narrow = shares.share_room(lined, least, first, whole)
        else:
            narrow = self._cut(shown, tight, whole) or list(map(min, least, tight))
        widths = shares.share_room(narrow, wanted, first, whole)
        long = [columns[at].is_text and wanted[place] >= most for place, at in enumerate(shown)]
        widths = shares.give_rest(widths, long, [columns[at].flexible for at in shown], whole)
        self.is_fitting = True  # what changes meanwhile is nobody's choice
        try:
            for at, width in zip(shown, widths, strict=True):
                header.resizeSection(at, width)
        finally:
            self.is_fitting = False

    def _turn(self, shown: list[int], place: int) -> tuple[bool, bool]:
        """Return when a column is given more room: the flexible one first, then chips."""
        column: Column[Any] = self._rows.columns[shown[place]]
        return not column.flexible, column.status is None

    def _with_lines(
        self, shown: list[int], tight: list[int], wanted: list[int], whole: int
    ) -> list[int]:
        """Return widths of texts in two lines where rows have them, then in one, not of chips.

        Those that lack least come first; a chip has a brief word, the end of a text is gone.
        """
        columns = [self._rows.columns[at] for at in shown]
        pairs = list(zip(wanted, columns, strict=True))
        named = [want if one.is_name else 0 for want, one in pairs]
        texts = [want if one.status is None else 0 for want, one in pairs]
        is_low = not self._view.folds_all and sum(map(max, tight, named)) <= whole
        if not is_low and sum(wanted) > whole:
            half = [self._names.room(one, 2) + 2 * PADDING if one.is_text else 0 for one in columns]
            half = list(map(min, half, wanted))
            tight = shares.share_room(tight, half, shares.nearest(tight, half), whole)
        return shares.share_whole(tight, texts, whole)

    def _cut(self, shown: list[int], most: list[int], whole: int) -> list[int]:
        """Return widths that cut the widest texts, then titles, then names; nothing if in vain.

        A number, a day and a chip are never cut: the list is scrolled sideways rather.
        """
        leasts = self._leasts(shown)
        for least in leasts:
            if sum(least) <= whole:
                self.has_cut_titles = any(map(lt, least, leasts.titled[0]))
                return shares.level_room(leasts.shared(least, whole), most, whole)
        return []

    def _leasts(self, shown: list[int]) -> shares.Leasts:
        bare = [[self._barest(at, left) for at in shown] for left in (_FEW, _HARDLY, _SCANT)]
        parted = [[self._barest(at, _SCANT, self._days) for at in shown]]
        last = parted if self._view.folds_all else []
        bare += last
        titled = list(shares.over([bare[0], *last], list(map(self._bare_title, shown))))
        half, third, words, most = (
            [self._folded(at, lines) for at in shown]
            for lines in (2, MOST_LINES, ANY_LINES, self._view.most_lines)
        )
        names = [self._rows.columns[at].is_name for at in shown]
        return shares.Leasts(titled, bare, half, third, most, words, names)

    def lines(self, at: int, width: int) -> int:
        """Return how many lines a column of ``width`` needs to show its texts in whole."""
        return self._names.lines(self._rows.columns[at], width - 2 * PADDING)

    def _folded(self, at: int, lines: int = 2) -> int:
        """Return the room of a name in so many lines, in a table at hand of any text."""
        column: Column[Any] = self._rows.columns[at]
        is_folded = column.is_name or (column.is_text and self._view.folds_all)
        return self._names.room(column, lines) + 2 * PADDING if is_folded else 0

    def _narrowest(self, at: int) -> int:
        """Return how narrow a column may become: a flexible one does with three quarters.

        One in which next to nothing stands does with that, and leaves the others the room; a
        number or a day in one is whole.
        """
        column: Column[Any] = self._rows.columns[at]
        if not column.flexible:
            return self.least(at)
        room = self._room_for(column.width) * 3 // 4
        room = min(room, self._wanted.get(column.id, room) + 2 * PADDING)
        counted = self._counted.get(column.id, -2 * PADDING) + 2 * PADDING
        return max(room, counted, self._bare_title(at))

    def tightest(self, at: int) -> int:
        """Return how narrow a column becomes before a list is scrolled sideways.

        A text does with three quarters, a name with two lines, a title without the room of an
        arrow it does not have.
        """
        column: Column[Any] = self._rows.columns[at]
        if column.flexible:
            return max(self._narrowest(at), self._folded(at))
        meant = self._room_for(column.width)
        wanted = self._wanted.get(column.id, meant)
        room = wanted
        if not column.numeric and not column.whole:
            room = self._cut_to(self._chips.get(column.id, meant * 3 // 4), column)
        return max(room + 2 * PADDING, self._folded(at), self._bare_title(at))

    def whole(self, at: int) -> int:
        """Return the room in which a column says all in one line, and its title."""
        column: Column[Any] = self._rows.columns[at]
        named = self._names.room(column, 1) if column.is_name else 0
        wanted = max(self._wanted.get(column.id, 0), named) + 2 * PADDING
        return max(wanted, self._bare_title(at))

    def is_empty(self, at: int) -> bool:
        """Whether nothing stands in a column, in any row seen so far."""
        return self._wanted.get(self._rows.columns[at].id, MOST) <= NOTHING

    def closest(self, at: int) -> int:
        """Return how narrow a column becomes before a whole one gives way to it."""
        column: Column[Any] = self._rows.columns[at]
        fewest = _FEW if column.strong or column.flexible else _HARDLY
        if not self._view.folds_all:
            return max(self._barest(at, fewest), self._folded(at, MOST_LINES))
        least = self._barest(at, fewest, self._days)
        return max(least, self._folded(at, MOST_LINES), self._bare_title(at))

    def titled(self, at: int) -> int:
        """Return how narrow a column becomes before its title is cut."""
        return max(self._barest(at, _FEW), self._folded(at, MOST_LINES), self._bare_title(at))

    def _barest(self, at: int, characters: int, parted: Mapping[str, int] | None = None) -> int:
        """Return the room of a number, a day or a chip, or of the beginning of a text.

        With ``parted`` of what it says there, a day has its hour below it.
        """
        column: Column[Any] = self._rows.columns[at]
        fewest = self._room_for(characters)
        wanted, chips = self._wanted.get(column.id, fewest), self._chips.get(column.id, 0)
        is_text = not column.numeric and not column.whole
        if parted is not None and not column.numeric:
            held = parted.get(column.id, 0)
        elif is_text:
            held = max(self._counted.get(column.id, 0), chips)
        else:
            held = wanted
        room = max(held, min(wanted, fewest) if is_text else 0)
        return max(room + 2 * PADDING, self._view.horizontalHeader().minimumSectionSize())

    def _cut_to(self, room: int, column: Column[Any]) -> int:
        """Return the room of a cut text, but of a number or a day beside it in whole."""
        return max(min(self._wanted.get(column.id, room), room), self._counted.get(column.id, 0))

    def _bare_title(self, at: int) -> int:
        """Return the room of a title: the hint of Qt keeps some for an arrow that is not there."""
        header = self._view.horizontalHeader()
        if header.sortIndicatorSection() == at:
            return header.sectionSizeHint(at)
        title = str(self._rows.headerData(at, Qt.Orientation.Horizontal))
        if title not in self._titles:
            room = QFontMetrics(header.font()).horizontalAdvance(title)
            self._titles[title] = room + 2 * PADDING + 1
        return self._titles[title]

    def _room_for(self, characters: int) -> int:
        if characters not in self._meant:
            self._meant[characters] = room_for(self._view.fontMetrics(), characters)
        return self._meant[characters]

"""Qt's model over the page cache: asks the provider in the read lane, never waits for it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.jobs import Job, Jobs, Progress
from mlops_desktop.ui.table.cache import Line, PageCache
from mlops_desktop.ui.table.columns import (
    PAGE_ROWS,
    Cell,
    Column,
    ListQuery,
    R,
    RowProvider,
    make_cells,
)

Index = QModelIndex | QPersistentModelIndex
Say = Callable[[str], str]
_ROLE = Qt.ItemDataRole
_HINTED = 1_000
"""In characters: what a cell tells the pointer; the whole stands in the detail."""
_PAINT_MS = 30
"""How long a new first page is left alone with the window before the rest is counted."""


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows of one query; the old ones stay until the first page of a new query is here."""

    loaded = Signal()
    """The first page of the query in force is here."""
    counted = Signal(int)
    """The exact number of rows is known."""
    failed = Signal(object)
    """An AppError instead of rows."""
    arrived = Signal()
    """Some page is here."""

    def __init__(
        self, name: str, columns: tuple[Column[R], ...], provider: RowProvider[R],
        jobs: Jobs, say: Say,
    ) -> None:  # fmt: skip
        super().__init__()
        self._name, self._jobs, self._say = name, jobs, say
        self._provider = provider
        self._cache: PageCache[R] = PageCache(columns)
        self._rows = 0
        self._generation = 0
        self._shown = ListQuery()
        self._counting = QTimer(self, singleShot=True, interval=_PAINT_MS)
        self._counting.timeout.connect(self._ask_count)
        self.columns = columns
        self.query = ListQuery()
        self.is_loading = False
        self._job: Job | None = None

    @property
    def provider(self) -> RowProvider[R]:
        """Who answers what the list asks."""
        return self._provider

    def ask(self, query: ListQuery) -> None:
        """Show the rows of ``query`` as soon as its first page is here."""
        self.query = query
        self._generation += 1
        self.is_loading = True
        self._counting.stop()
        generation = self._generation

        def first_page(progress: Progress) -> tuple[R, ...]:
            return self._provider.page(query, 0, PAGE_ROWS, progress)

        self._job = self._jobs.submit_read(
            self._name, first_page, lambda rows: self._begin(generation, rows),
            self._fail, key=f"{self._name}:page",
        )  # fmt: skip

    def _ask_count(self) -> None:
        """Count what nobody filtered further, one at a time, so that no page waits for a count."""
        generation, query = self._generation, self._shown

        def count(progress: Progress) -> int:
            return self._provider.count(query, progress)

        key = f"{self._name}:count"
        self._job = self._jobs.submit_read(
            self._name, count, lambda number: self._count(generation, number),
            self._ignore, key=key, source=key,
        )  # fmt: skip

    def is_about_to_count(self) -> bool:
        """Whether the rows will be counted in a moment."""
        return self._counting.isActive()

    def looked_through(self) -> int | None:
        """Return how many percent of what it asks a long question has been through, if one runs."""
        job = self._job
        if job is None or not job.running or job.dropped or not job.progress.step.total:
            return None
        return min(100 * job.progress.step.done // job.progress.step.total, 100)

    def reload(self) -> None:
        """Ask the same query again."""
        self.ask(self.query)

    def want(self, first: int, last: int) -> None:
        """See to it that the rows between two positions come, if they are not here."""
        missing = self._cache.missing(first, min(last, self._rows - 1)) if self._rows else ()
        if not missing or self.is_loading:
            return
        generation, query = self._generation, self._shown

        # One question for all of them: far down, each begins by passing what lies before it.
        start, end = missing[0] * PAGE_ROWS, (missing[-1] + 1) * PAGE_ROWS

        def pages(progress: Progress) -> dict[int, tuple[R, ...]]:
            rows = self._provider.page(query, start, end - start, progress)
            parts = range(0, end - start, PAGE_ROWS)
            return {(start + at) // PAGE_ROWS: rows[at : at + PAGE_ROWS] for at in parts}

        self._jobs.submit_read(
            self._name, pages, lambda found: self._put(generation, found),
            self._fail, key=f"{self._name}:more",
        )  # fmt: skip

    def line(self, position: int) -> Line[R] | None:
        """Return the row at ``position`` with its cells, None while it is not here."""
        return self._cache.line(position)

    def gather(
        self, positions: Sequence[int], then: Callable[[Sequence[tuple[Cell, ...]]], None]
    ) -> None:
        """Give ``then`` the cells of the rows at ``positions``; what is not here is asked for."""
        here = [self._cache.line(at) for at in positions]
        if all(line is not None for line in here):
            then([line.cells for line in here if line is not None])
            return
        columns, query, wanted = self.columns, self._shown, frozenset(positions)
        first, last = min(wanted), max(wanted) + 1

        def ask(progress: Progress) -> list[tuple[Cell, ...]]:
            rows = self._provider.page(query, first, last - first, progress)
            found = (row for at, row in enumerate(rows, first) if at in wanted)
            return [make_cells(columns, row) for row in found]

        self._jobs.submit_read(self._name, ask, then, self.failed.emit, key=f"{self._name}:gather")

    def is_whole(self) -> bool:
        """Whether every row of the list is at hand."""
        return self._rows < PAGE_ROWS

    def positions(self, ids: frozenset[str]) -> list[int]:
        """Return where the rows of ``ids`` stand, of those at hand."""
        return sorted(at for at, row in self._cache.rows() if row.id in ids)

    def reshape(self, columns: tuple[Column[R], ...]) -> None:
        """Show other columns; the rows come anew with the next question."""
        self.beginResetModel()
        self.columns = columns
        self._cache = PageCache(columns)
        self._rows = 0
        self.endResetModel()

    def say_again(self, columns: tuple[Column[R], ...]) -> None:
        """Show other words in the same rows."""
        self.columns = columns
        self._cache.say_again(columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)
        self._tell_changed(0, self._rows - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows, exact once counted."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns, hidden ones too."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Return a cell's words to whoever reads rather than paints: access, copy, tests."""
        if role not in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            return None
        line = self._cache.line(index.row())
        text = line.cells[index.column()].text if line is not None else ""
        if role == _ROLE.AccessibleTextRole and line is not None and not text:
            return self._say("lists.none")  # the dash that is shown has no sound
        return _hint(text) if role == _ROLE.ToolTipRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Return a column's title; a number to the right where the cells are."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        spoken = role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole, _ROLE.ToolTipRole)
        return self._say(column.title) if spoken else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Let the provider sort; a negative column is its own order."""
        name = self.columns[column].id if column >= 0 else ""
        if column >= 0 and not self.columns[column].sortable:
            return
        down = order == Qt.SortOrder.DescendingOrder
        wanted = replace(self.query, sort=name, descending=down)
        if self._generation and wanted != self.query:
            self.ask(wanted)
        self.query = wanted

    def _begin(self, generation: int, rows: tuple[R, ...]) -> None:
        if generation != self._generation:
            return
        self.beginResetModel()
        self.is_loading = False
        self._shown = self.query
        self._cache.clear()
        self._cache.put(0, rows)
        is_all = len(rows) < PAGE_ROWS
        self._rows = len(rows) if is_all else max(self._rows, PAGE_ROWS)
        self.endResetModel()
        self.loaded.emit()
        self.arrived.emit()
        if is_all:
            self.counted.emit(len(rows))
        else:
            self._counting.start()

    def _count(self, generation: int, number: int) -> None:
        if generation == self._generation:
            self._resize(number)
            self.counted.emit(number)

    def _resize(self, number: int) -> None:
        if number > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, number - 1)
            self._rows = number
            self.endInsertRows()
        elif number < self._rows:
            self.beginRemoveRows(QModelIndex(), number, self._rows - 1)
            self._rows = number
            self.endRemoveRows()

    def _put(self, generation: int, found: dict[int, tuple[R, ...]]) -> None:
        if generation != self._generation:
            return
        for number, rows in found.items():
            self._cache.put(number, rows)
            self._tell_changed(number * PAGE_ROWS, number * PAGE_ROWS + len(rows) - 1)
        self.arrived.emit()

    def _tell_changed(self, first: int, last: int) -> None:
        if 0 <= first <= last < self._rows:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _fail(self, error: AppError) -> None:
        self.is_loading = False
        self._generation += 1
        self.failed.emit(error)

    def _ignore(self, error: AppError) -> None:
        """Leave the count as it was: the page's own failure is the one that is told."""


def _hint(text: str) -> str:
    """Return a text as a hint whose lines end within the screen: only rich text wraps."""
    if not text:
        return ""
    shown = text if len(text) <= _HINTED else f"{text[:_HINTED]} …"
    return f"<p>{escape(shown)}</p>".replace("\n", "<br>")

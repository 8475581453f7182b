"""A table of rows at hand: as the lists of pages look and behave, without a provider of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

from PySide6.QtCore import QPoint, QSize

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.table.column_menu import column_menu
from mlops_desktop.ui.table.columns import Column, ListQuery, R
from mlops_desktop.ui.table.model import RowsModel
from mlops_desktop.ui.table.view import RowsView
from mlops_desktop.ui.widgets.room import ANY

SortKey = Callable[[Any], Any]
MakeColumns = Callable[[Context], tuple[Column[R], ...]]


@dataclass(slots=True)
class Kept(Generic[R]):
    """Rows at hand as a provider; ``keys`` says what a column sorts by."""

    keys: Mapping[str, SortKey] = field(default_factory=dict)
    rows: tuple[R, ...] = ()

    def page(self, query: ListQuery, offset: int, limit: int, progress: Progress) -> tuple[R, ...]:
        """Return a piece of the rows in the order asked for."""
        return self.in_order(query)[offset : offset + limit]

    def count(self, query: ListQuery, progress: Progress) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def in_order(self, query: ListQuery) -> tuple[R, ...]:
        """Return the rows in the order asked for."""
        key = self.keys.get(query.sort)
        if key is None:
            return self.rows
        return tuple(sorted(self.rows, key=key, reverse=query.descending))


class ShortTable(RowsView):
    """Shows the rows it is given; a new set of rows keeps the row a person stands on."""

    folds_all, most_lines = True, 4
    least_lines = 0
    """For so many lines of text there is room before what is around it is scrolled."""

    def __init__(
        self,
        context: Context,
        name: str,
        title: str,
        columns: MakeColumns[Any],
        keys: Mapping[str, SortKey] | None = None,
    ) -> None:
        self._context, self._title, self._columns = context, title, columns
        self._shelf: Kept[Any] = Kept(keys or {})
        self.model_of_rows = RowsModel[Any](
            name, columns(context), self._shelf, context.jobs, context.say
        )
        self._asked: tuple[int, int] | None = None
        super().__init__(self.model_of_rows)
        self.giving.is_offered = True
        self.horizontalHeader().customContextMenuRequested.connect(self._open_columns)
        self.folding.changed.connect(self._fit_asked)
        context.speaking.enlist(self, self.retranslate)
        self.retranslate()

    def stand_alone(self) -> None:
        """Have the frame that a card gives to others: it stands on the page itself."""
        self.setProperty("framed", True)

    def set_rows(self, rows: tuple[Any, ...]) -> None:
        """Show ``rows``."""
        self._shelf.rows = rows
        with self.giving.choosing():
            for at, column in enumerate(self.model_of_rows.columns):
                if column.optional:
                    self.setColumnHidden(at, not any(map(column.text, rows)))
        self.model_of_rows.reload()

    def rows_in_order(self) -> tuple[Any, ...]:
        """Return every row in the order shown."""
        return self._shelf.in_order(self.model_of_rows.query)

    def selected_rows(self) -> tuple[Any, ...]:
        """Return the rows that are selected, those not painted yet too."""
        rows = self.rows_in_order()
        return tuple(rows[at] for at in self.selected_positions() if at < len(rows))

    def minimumSizeHint(self) -> QSize:
        """Be no lower than the least of its lines."""
        lines = self.least_lines * self.fontMetrics().lineSpacing()
        return super().minimumSizeHint() + QSize(0, lines)

    def fit_rows(self, number: int, most: int) -> None:
        """Be as high as ``number`` rows, but at most as ``most``; the rest is scrolled to."""
        self._asked = number, most
        self._fit_asked()

    def fill(self, least: int = 0) -> None:
        """Be as high as the place, at least as ``least``; the rest is scrolled to."""
        self._asked = None
        self.setMinimumHeight(least)
        self.setMaximumHeight(ANY)

    def measure(self) -> None:
        """Be as high as the rows are in another font."""
        super().measure()
        self._fit_asked()

    def high(self, rows: int) -> int:
        """Return how high it is with so many rows in sight."""
        bar = self.horizontalScrollBar().sizeHint().height()
        head = self.horizontalHeader().sizeHint().height()
        rows_high = max(rows, 1) * self.verticalHeader().defaultSectionSize()
        return head + rows_high + bar + 2 * self.frameWidth()

    def _fit_asked(self) -> None:
        if self._asked is None:
            return
        number, most = self._asked
        self.setFixedHeight(self.high(min(number, most)))

    def _open_columns(self, at: QPoint) -> None:
        menu = column_menu(self, self, self._context, self.fit)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def retranslate(self) -> None:
        """Say titles and cells again."""
        self.setAccessibleName(self._context.say(self._title))
        self.model_of_rows.say_again(self._columns(self._context))

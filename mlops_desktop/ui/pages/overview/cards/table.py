"""A short table: arrow keys walk its rows, Enter or a double click opens one.

It has no scroll bar inside the page's own: rows beyond the first few come where they are asked for.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt

from mlops_desktop.services.overview import cards as kinds
from mlops_desktop.services.overview.cards import Row, Table
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.cards.frame import CardView
from mlops_desktop.ui.pages.overview.telling import follow, status_of, tell
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.short_table import ShortTable

_MOST = 7


class TableView(CardView[Table]):
    """Rows as the lists of pages look, made again only where the columns differ."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Table | None = None
        self._with_chips = frozenset[int]()
        self.table: ShortTable | None = None
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch()

    def show_card(self, card: Table) -> None:
        """Show the rows."""
        self.head(card.title, card.lead, card.rest)
        self.say_empty(None if card.rows else card.empty)
        table, before = self.table, self._shown
        chips = self._chips(card)
        is_other = before is None or before.columns != card.columns or chips - self._with_chips
        if table is None or is_other:
            table = self._make(card, chips)
        self._shown = card
        table.setAccessibleName(tell(self.context, card.title))
        table.setVisible(bool(card.rows))
        shown = self.fold(card, len(card.rows), _MOST)
        table.set_rows(card.rows[:shown])
        table.fit_rows(shown, shown)

    def _chips(self, card: Table) -> frozenset[int]:
        """Return the columns in which a chip stands: where none does, texts go on in lines."""
        places, cells = range(len(card.columns)), [row.cells for row in card.rows]
        return frozenset(at for at in places if any(status_of(self.context, c[at]) for c in cells))

    def _make(self, card: Table, chips: frozenset[int]) -> ShortTable:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        title, self._with_chips = card.title.key, chips
        # By its own name: of two that are read under one name, the later alone is shown.
        name = f"overview.table.{title}"
        made = ShortTable(self.context, name, title, partial(_columns, card.columns, chips))
        made.opened.connect(self._open)
        self.column.insertWidget(self.column.indexOf(self.more), made)
        self.table = made
        return made

    def _open(self) -> None:
        rows = self._shown.rows if self._shown is not None else ()
        for row in rows:
            if self.table is not None and row.id == self.table.current_id():
                follow(self.context, row.way)


def _columns(
    columns: tuple[kinds.Column, ...], chips: frozenset[int], context: Context
) -> tuple[Column[Row], ...]:
    return tuple(
        Column(
            str(at),
            column.title,
            _text(context, at),
            column.width,
            status=_status(context, at) if at in chips else None,
            numeric=column.numeric,
            optional=not column.strong,
            strong=column.strong,
            flexible=column.flexible,
            sortable=False,
        )
        for at, column in enumerate(columns)
    )


def _text(context: Context, at: int) -> Callable[[Row], str]:
    return lambda row: tell(context, row.cells[at])


def _status(context: Context, at: int) -> Callable[[Row], Status | None]:
    return lambda row: status_of(context, row.cells[at])

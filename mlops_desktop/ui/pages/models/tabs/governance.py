"""Governance: every item about this model, open ones first; Enter goes to it."""

from PySide6.QtCore import Qt

from mlops_desktop.services.items import ItemRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.governance.columns import item_columns
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.short_table import ShortTable

_MOST_ROWS = 16
_COLUMNS = ("number", "kind", "title", "stage", "due")


class GovernanceTab(Tab):
    """Findings, validations, exceptions and all else about this model."""

    title = "item.tab.governance"
    order = 60

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        keys = {"number": lambda row: row.number, "title": lambda row: row.title}
        self.table = ShortTable(context, "model.items", self.title, _columns, keys)
        self._open = Button("", self._open_chosen, icon="findings")
        self._nothing = EmptyState(icon="findings")
        self.column.addWidget(self.table)
        self.column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._nothing, 1)
        self.column.addStretch()
        self.table.opened.connect(self._go)

    def show_model(self, shown: Shown) -> None:
        """Show the items about ``shown``."""
        rows = tuple(sorted(shown.items, key=lambda row: (row.is_closed, row.kind, row.number)))
        self.table.setVisible(bool(rows))
        self._open.setVisible(bool(rows))
        self._open.setText(self.context.say("item.action.show"))
        self._nothing.setVisible(not rows)
        self._nothing.set_sentence(self.context.say("item.none_here"))
        self.table.set_rows(rows)
        self.table.fit_rows(len(rows), _MOST_ROWS)
        ids = [row.id for row in rows]
        if ids and self.table.current_id() not in ids:
            self.table.choose(ids[0])

    def _open_chosen(self) -> None:
        if self.table.current_id():
            self.context.show_page("governance", self.table.current_id())

    def _go(self, row: ItemRow) -> None:
        self.context.show_page("governance", row.id)


def _columns(context: Context) -> tuple[Column[ItemRow], ...]:
    known = {column.id: column for column in item_columns(context)}
    return tuple(known[id] for id in _COLUMNS)

"""Approvals: every request made about this model; Enter goes to it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt

from mlops_desktop.services.reviews import RequestLine
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.approvals.columns import request_columns
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.short_table import ShortTable

_MOST_ROWS = 10


class RequestsTab(Tab):
    """Requests for approval of this model."""

    title = later("Approvals")
    order = 50

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        keys = {
            "requested_at": lambda line: line.requested_at,
            "version": lambda line: line.label,
        }
        self.table = ShortTable(context, "model.requests", self.title, _columns, keys)
        self._open = Button("", self._open_chosen, icon="approvals")
        self._nothing = EmptyState(icon="approvals")
        self.column.addWidget(self.table)
        self.column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._nothing, 1)
        self.column.addStretch()
        self.table.opened.connect(self._go)

    def show_model(self, shown: Shown) -> None:
        """Show the requests about ``shown``."""
        has_any = bool(shown.requests)
        self.table.setVisible(has_any)
        self._open.setVisible(has_any)
        self._open.setText(tr("Open the request"))
        self._nothing.setVisible(not has_any)
        self._nothing.set_sentence(tr("Nobody has asked for an approval of this model yet."))
        self.table.set_rows(shown.requests)
        self.table.fit_rows(len(shown.requests), _MOST_ROWS)
        ids = [line.id for line in shown.requests]
        if ids and self.table.current_id() not in ids:
            self.table.choose(ids[0])

    def _open_chosen(self) -> None:
        if self.table.current_id():
            self.context.show_page("approvals", self.table.current_id())

    def _go(self, line: RequestLine) -> None:
        self.context.show_page("approvals", line.id)


def _columns(context: Context) -> tuple[Column[RequestLine], ...]:
    wanted = ("id", "version", "environment", "status", "requested_at", "requester")
    known = {column.id: column for column in request_columns(context)}
    # Beside a list there is room for the day; the request itself says the time.
    known["requested_at"] = replace(known["requested_at"], text=partial(_day, context), width=10)
    known["environment"] = replace(known["environment"], whole=True)
    return tuple(known[id] for id in wanted)


def _day(context: Context, line: RequestLine) -> str:
    return context.language.day_of(line.requested_at)

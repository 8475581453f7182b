"""The list of events: its columns and what the filter line knows."""

from mlops_desktop.services.ledger import LogRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.ledger.log import FILTER_KEYS
from mlops_desktop.ui.pages.ledger.said import say_agent
from mlops_desktop.ui.pages.models.tabs.history import say_event, say_summary
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.text import later


def say_effective(context: Context, row: LogRow) -> str:
    """Return from when an event holds, where that is not simply when it was recorded."""
    return "" if row.effective == row.at else context.language.date(row.effective.date())


def _columns(context: Context) -> tuple[Column[LogRow], ...]:
    number, time = context.language.number, context.language.time
    return (
        Column(
            "position",
            "ledger.column.position",
            lambda row: number(row.position),
            width=8,
            numeric=True,
            muted=True,
            sortable=False,
        ),
        Column("at", "ledger.column.at", lambda row: time(row.at), width=16, sortable=False),
        Column(
            "event",
            "ledger.column.event",
            lambda row: say_event(context, row.type),
            width=24,
            strong=True,
            sortable=False,
        ),
        Column(
            "summary",
            "ledger.column.summary",
            lambda row: say_summary(context, row),
            width=24,
            flexible=True,
            sortable=False,
        ),
        Column("person", "ledger.column.person", lambda row: row.person, 19, sortable=False),
        Column(
            "program",
            "ledger.column.program",
            lambda row: say_agent(context, row.agent),
            width=14,
            muted=True,
            sortable=False,
        ),
        Column(
            "effective",
            "ledger.column.effective",
            lambda row: say_effective(context, row),
            width=11,
            muted=True,
            sortable=False,
        ),
        Column(
            "leaf", "ledger.column.leaf", lambda row: row.leaf, 20, muted=True, sortable=False,
            shown=False,
        ),
    )  # fmt: skip


LIST = ListSpec(
    "ledger",
    "ledger.title.log",
    _columns,
    EmptyText(later("The ledger has no event yet."), "", "ledger"),
    FILTER_KEYS,
    ("ledger.save_proof", "ledger.copy_proof", "ledger.copy_leaf"),
)

"""The list of events: its columns and what the filter line knows."""

from collections.abc import Callable
from dataclasses import replace

from mlops_desktop.services.ledger import LogRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.ledger.log import FILTER_KEYS
from mlops_desktop.ui.pages.ledger.said import say_agent, say_signed
from mlops_desktop.ui.pages.models.summaries import say_summary
from mlops_desktop.ui.pages.models.tabs.history import say_event
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.text import later


def say_effective(context: Context, row: LogRow) -> str:
    """Return from when an event holds, where that is not simply when it was recorded."""
    return "" if row.effective == row.at else context.language.date(row.effective.date())


def _columns(context: Context) -> tuple[Column[LogRow], ...]:
    number, time = context.language.number, context.language.time
    position = _column("position", lambda row: number(row.position), 8)
    event = _column("event", lambda row: say_event(context, row.type), 24)
    summary = _column("summary", lambda row: say_summary(context, row), 24)
    program = _column("program", lambda row: say_agent(context, row.agent), 14)
    effective = _column("effective", lambda row: say_effective(context, row), 11)
    return (
        replace(position, numeric=True, muted=True, whole=True, key=True),
        replace(_column("at", lambda row: time(row.at), 16), key=True),
        replace(event, strong=True),
        replace(summary, flexible=True, named=True),
        replace(_column("person", lambda row: row.person, 19), key=True),
        replace(program, muted=True),
        replace(effective, muted=True),
        replace(_column("signed", lambda row: say_signed(context, row), 26), shown=False),
        replace(_column("leaf", lambda row: row.leaf, 20), muted=True, shown=False),
    )


def _column(name: str, text: Callable[[LogRow], str], width: int) -> Column[LogRow]:
    # The log has one order, that of its positions.
    return Column(name, f"ledger.column.{name}", text, width, sortable=False)


LIST = ListSpec(
    "ledger",
    "ledger.title.log",
    _columns,
    EmptyText(later("The ledger has no event yet."), "", "ledger"),
    FILTER_KEYS,
    ("ledger.save_proof", "ledger.copy_proof", "ledger.copy_leaf"),
)

"""An event told where no model stands beside it: with what it concerns."""

from dataclasses import replace

from mlops_desktop.services.ledger import LogRow, log_row
from mlops_desktop.services.log_about import About
from mlops_desktop.store.queries.events import EventRow


def told_row(row: EventRow, about: About) -> LogRow:
    """Return an event as people read it, with the model or item it concerns."""
    return replace(log_row(row, about), concerns=about.call(row.envelope.payload))

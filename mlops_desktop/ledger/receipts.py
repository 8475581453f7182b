"""What receipts of outboxes hold back: such an event is in the log and decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.events.copies import Fate, OutboxReceived
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.ledger.body import Tree

RECEIPT = name_of(OutboxReceived)


def is_receipt(event: Mapping[str, Tree]) -> bool:
    """Tell whether an event says what becomes of events that follow."""
    return event.get("type") == RECEIPT


@dataclass(slots=True)
class Receipts:
    """The fates that receipts told so far; feed it every receipt, in order."""

    _held: dict[str, bool] = field(default_factory=dict)

    def learn(self, event: Mapping[str, Tree]) -> None:
        """Take in one receipt; of two about one event, the later counts.

        Raises ``ledger.event_malformed``.
        """
        try:
            told = codec.from_tree(OutboxReceived, event["data"], {})
            for one in told.arrivals:
                self._held[one.event] = one.fate is not Fate.EFFECTIVE
        except (TypeError, ValueError, KeyError, AttributeError):
            raise AppError("ledger.event_malformed") from None

    def is_held(self, event: Mapping[str, Tree]) -> bool:
        """Tell whether an event that comes now counts for nothing."""
        return self._held.get(str(event.get("id")), False)

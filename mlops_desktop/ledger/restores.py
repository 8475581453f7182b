"""Restores on record: the one reason why a head seen earlier need not be in the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.events.restores import LedgerRestored
from mlops_desktop.ledger.body import Tree

RESTORED = name_of(LedgerRestored)


@dataclass(frozen=True, slots=True)
class Restore:
    """A restore whose signature is good: where it stands, by whom, and which heads it lost."""

    position: int
    person: str
    at: datetime
    lost: tuple[Seen, ...]

    @property
    def size(self) -> int:
        """How many events came out of the backup."""
        return self.position

    def has_lost(self, size: int, root: bytes) -> bool:
        """Tell whether a head is one of those that it names as lost; no other is."""
        return Seen(size, root.hex()) in self.lost


def is_restore(event: Mapping[str, Tree]) -> bool:
    """Tell whether an event records a restore."""
    return event.get("type") == RESTORED


def read_restore(position: int, event: Mapping[str, Tree]) -> Restore:
    """Return a restore whose signature was checked.

    Raises AppError ``ledger.restore_misplaced`` where it does not follow right upon the head that
    it goes on from, or names a head as lost that is not beyond it; ``ledger.event_malformed``.
    """
    try:
        payload: object = codec.from_tree(LedgerRestored, event["data"], {})
        at = clock.from_text(str(event["at"]))
    except (AppError, TypeError, ValueError, KeyError, AttributeError):
        raise AppError("ledger.event_malformed") from None
    actor = event.get("actor")
    if not isinstance(payload, LedgerRestored) or not isinstance(actor, Mapping):
        raise AppError("ledger.event_malformed")
    sizes = [head.size for head in (payload.seen, *payload.lost)]
    if not all(type(size) is int for size in sizes):
        raise AppError("ledger.event_malformed")
    if sizes[0] != position or any(size <= position for size in sizes[1:]):
        raise AppError("ledger.restore_misplaced", size=sizes[0])
    return Restore(position, str(actor.get("person")), at, payload.lost)

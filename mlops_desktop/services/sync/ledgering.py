"""Writes one sync's events and counts what became of every fact."""

from collections import Counter
from dataclasses import dataclass, field

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.sources import SyncCounts
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(slots=True)
class Ledgering:
    """The write session of a sync with the fate of every fact counted beside it."""

    work: WriteSession
    tally: Counter[str] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)

    def record(self, fate: str, name: str, *events: Event) -> bool:
        """Record what happened to one fact; a fact past the ledger's limits is refused by name."""
        try:
            for event in events:
                self.work.record(event)
        except AppError as error:
            if not error.code.startswith("body."):
                raise
            self.tally["refused"] += 1
            self.refusals.append(f"{name}: {error.code}")
            return False
        self.tally[fate] += 1
        return True

    def refuse(self, refusal: str) -> None:
        """Note what the source itself could not read, by name."""
        self.tally["refused"] += 1
        self.refusals.append(refusal)

    def count(self, fate: str, number: int = 1) -> None:
        """Count facts that led to no event."""
        self.tally[fate] += number

    @property
    def refused(self) -> int:
        """How many facts were refused so far."""
        return self.tally["refused"]

    def counts(self, read: int) -> SyncCounts:
        """Return the counts of the sync; ``read`` is how many facts the source gave."""
        fates = ("new", "changed", "unchanged", "missing", "held_back", "refused")
        return SyncCounts(read, *(self.tally[fate] for fate in fates))

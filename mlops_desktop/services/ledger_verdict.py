"""What verifying a workspace found, as people read it."""

from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.services.readings import NO_EVENT, Finding


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """One numbered check and the first thing it found wrong.

    ``examined`` is how many things the ledger's own checks looked at.
    """

    number: int
    name: str
    finding: Finding | None
    examined: int = 0

    @property
    def is_ok(self) -> bool:
        """Whether nothing was found wrong."""
        return self.finding is None


@dataclass(frozen=True, slots=True)
class RestoreNote:
    """A restore on record: who went back to how many events, when, and what was lost by it."""

    position: int
    at: datetime
    person: str
    lost: tuple[Seen, ...]

    @property
    def lost_to(self) -> int | None:
        """The size of the largest head known to be lost, None where none was known."""
        return max((head.size for head in self.lost), default=None)


@dataclass(frozen=True, slots=True)
class LedgerVerdict:
    """What verifying the workspace found; ``anchored_at`` is the newest head that left it.

    ``withheld`` is how many events an extract leaves out: their places in the tree are proven,
    what they say cannot be checked. ``restores`` names for ever what restoring a backup lost.
    """

    size: int
    root: str
    checks: tuple[LedgerCheck, ...]
    anchored_at: datetime | None
    since_anchor: int
    withheld: int = 0
    restores: tuple[RestoreNote, ...] = ()

    @property
    def is_ok(self) -> bool:
        """Whether every check passed."""
        return all(check.is_ok for check in self.checks)

    @property
    def first_failure(self) -> LedgerCheck | None:
        """The failed check whose finding lies at the lowest event; one without an event last."""
        failed = [check for check in self.checks if check.finding is not None]
        return min(failed, key=self._place, default=None)

    def _place(self, check: LedgerCheck) -> tuple[int, int]:
        position = check.finding.position if check.finding else NO_EVENT
        return (self.size if position == NO_EVENT else position, check.number)

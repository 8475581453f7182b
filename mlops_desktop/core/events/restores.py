"""A workspace that was put back from a copy: which events are gone by it, and who says so."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event


@event("ledger.restored")
@dataclass(frozen=True, slots=True)
class LedgerRestored:
    """The history goes on from a backup's head; heads seen after it are lost.

    ``seen`` is the head of the backup, and this is the first event after it. ``lost`` names the
    larger heads that were known, each of which leads to events that are in nobody's ledger now.
    Signed with the key of the person who restored.
    """

    seen: Seen
    lost: tuple[Seen, ...]
    reason: Erasable

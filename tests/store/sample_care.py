"""What is said of a workspace put back from a backup, for the sample history."""

from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.restores import LedgerRestored

CARE: tuple[Event, ...] = (
    LedgerRestored(Seen(4, "ab" * 32), (Seen(9, "cd" * 32),), commit("Platte defekt", b"0" * 16)),
)

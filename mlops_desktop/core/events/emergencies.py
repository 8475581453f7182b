"""Emergency changes."""

from dataclasses import dataclass

from mlops_desktop.core.emergencies import DAYS
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event


@event("emergency.recorded")
@dataclass(frozen=True, slots=True)
class EmergencyRecorded:
    """A version went to an environment before its approval, which is due in ``days`` (working)."""

    emergency: str
    model: str
    version: str
    environment: str
    reason: Erasable
    days: int = DAYS
    seen: Seen | None = None
    """The head its signature names; None where it is not signed."""

"""Emergency changes: recorded at once, to be approved within set working days."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.core.workdays import add_working_days

DAYS = 3
"""Working days for the approval, unless said."""


class EmergencyState(StrEnum):
    """Where an emergency change stands; derived, never typed."""

    OPEN = "open"
    OVERDUE = "overdue"
    RATIFIED = "ratified"


@dataclass(frozen=True, slots=True)
class Emergency:
    """A change that did not wait for its approval: of which version, where, since when."""

    id: str
    model: str
    version: str
    environment: str
    since: date
    days: int = DAYS

    @property
    def due(self) -> date:
        """The last day on which its approval is in time."""
        return add_working_days(self.since, self.days)

    def state(self, on: date, *, is_ratified: bool) -> EmergencyState:
        """Where it stands on a day; an approval granted later ratifies it."""
        if is_ratified:
            return EmergencyState.RATIFIED
        return EmergencyState.OVERDUE if self.due < on else EmergencyState.OPEN

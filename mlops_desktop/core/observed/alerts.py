"""Alerts as a kind of observed thing."""

from mlops_desktop.core.events.alerts import AlertDetails, AlertMissed, AlertObserved
from mlops_desktop.core.observed.kinds import ObservedKind, register

ALERT = register(
    ObservedKind(
        "alert",
        "alerts",
        ("alerts",),
        AlertDetails,
        AlertObserved,
        AlertMissed,
        is_standing=False,
    )
)

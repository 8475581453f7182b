"""Alerts of monitoring systems, as they gave them; a breach is never judged again here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.observed.details import ObservedDetails


class AlertState(StrEnum):
    """What the alert was when it was read."""

    PENDING = "pending"
    FIRING = "firing"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class AlertDetails(ObservedDetails):
    """An alert: what fired from when to when, how grave by the source, who silenced it.

    ``threshold`` is the rule's own text, ``value`` the shortest decimal text the source gave.
    """

    state: AlertState | None = None
    metric: str | None = None
    severity: str | None = None
    summary: str | None = None
    value: str | None = None
    threshold: str | None = None
    started: datetime | None = None
    ended: datetime | None = None
    silenced_by: str | None = None


@event("alert.observed")
@dataclass(frozen=True, slots=True)
class AlertObserved:
    """A source told of an alert: for the first time, otherwise than before, or again."""

    thing: str
    source: str
    native_id: str
    models: tuple[str, ...]
    details: AlertDetails
    seen: Sighting


@event("alert.missed")
@dataclass(frozen=True, slots=True)
class AlertMissed:
    """A complete listing no longer holds the alert: it ended between that reading and the last."""

    thing: str
    source: str
    native_id: str

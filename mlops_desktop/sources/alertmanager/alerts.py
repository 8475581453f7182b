"""From Alertmanager's alerts and silences to alerts, as they are given (OpenAPI of API v2)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

import msgspec

from mlops_desktop.core.events.alerts import AlertDetails, AlertState
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.observations import ObservedThing

_MATCHING = '{{alertname="{0}"}}'
_SUMMARIES = ("summary", "description", "message")


class Status(msgspec.Struct):
    """Which silences and which other alerts keep an alert from being told to people."""

    state: str
    silencedBy: list[str] = []  # noqa: N815 - Alertmanager's own name
    inhibitedBy: list[str] = []  # noqa: N815


class Alert(msgspec.Struct):
    """An alert that has not ended; ``endsAt`` is when it would, were it not told again."""

    fingerprint: str
    startsAt: datetime  # noqa: N815
    labels: dict[str, str]
    status: Status
    annotations: dict[str, str] = {}


class Silence(msgspec.Struct):
    """Who silenced what until when, and why."""

    id: str
    createdBy: str = ""  # noqa: N815
    comment: str = ""
    endsAt: datetime | None = None  # noqa: N815

    def told(self) -> str:
        """Return it as one line."""
        until = f"{self.endsAt.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if self.endsAt else ""
        parts = (self.createdBy, until, " ".join(self.comment.split())[:200])
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Reading:
    """How alerts are read: the labels of models and versions, and the silences by id."""

    model: tuple[str, ...]
    version: tuple[str, ...]
    is_all: bool
    silences: dict[str, Silence]

    def facts(self, alerts: list[Alert]) -> tuple[ObservedThing, ...]:
        """Return the alerts about models, or all where alerts were chosen by a person."""
        return tuple(self._fact(one) for one in alerts if self.is_all or self._subjects(one))

    def _subjects(self, alert: Alert) -> tuple[Subject, ...]:
        model = _first(alert.labels, self.model)
        return (Subject(model, _first(alert.labels, self.version)),) if model else ()

    def _fact(self, alert: Alert) -> ObservedThing:
        name = alert.labels.get("alertname", "?")
        started = alert.startsAt.astimezone(UTC)
        details = AlertDetails(
            name=name,
            subjects=self._subjects(alert),
            at=started,
            path=f"#/alerts?filter={quote(_MATCHING.format(name), safe='')}",
            labels=tuple(Pair(key, alert.labels[key]) for key in sorted(alert.labels)),
            state=AlertState.FIRING,
            severity=alert.labels.get("severity"),
            summary=_first(alert.annotations, _SUMMARIES),
            started=started,
            silenced_by=self._silenced(alert.status),
        )
        return ObservedThing(f"{alert.fingerprint}@{started:%Y-%m-%dT%H:%M:%SZ}", details)

    def _silenced(self, status: Status) -> str | None:
        told = [
            self.silences[id].told() or id if id in self.silences else id
            for id in sorted(status.silencedBy)
        ]
        return "; ".join(told) or None


def _first(labels: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((labels[name] for name in names if labels.get(name)), None)

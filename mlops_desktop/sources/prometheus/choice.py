"""What a person said about a Prometheus: steps, labels, queries; checked when it is opened."""

import re
from dataclasses import dataclass
from typing import NoReturn

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.base import Connection

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_536_000}
_DURATION = re.compile(r"(?:\d{1,6}[smhdwy])+")
_PART = re.compile(r"(\d+)([smhdwy])")
_LABEL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Own:
    """A series by a person's own query: its name and PromQL."""

    metric: str
    expression: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The settings of a source; times in seconds, labels in the order they are looked for.

    ``pods`` says which model the pods are that match a pattern, where no label of theirs does.
    """

    step: int = 3600
    horizon: int = 30 * 86_400
    model: tuple[str, ...] = ("model", "model_name", "label_model")
    version: tuple[str, ...] = ("version", "model_version", "label_model_version")
    environment: tuple[str, ...] = ("environment", "env", "stage", "label_environment")
    place: str | None = None
    without: tuple[str, ...] = ("instance", "pod", "pod_name", "container", "node", "endpoint")
    metrics: re.Pattern[str] | None = None
    alerts: str = ""
    serving: str = ""
    own: tuple[Own, ...] = ()
    units: tuple[Pair, ...] = ()
    kinds: tuple[Pair, ...] = ()
    pods: tuple[Pair, ...] = ()

    @property
    def direct(self) -> tuple[str, ...]:
        """The labels that stand on a measurement itself, not on the pod it comes from."""
        return tuple(one for one in self.model if not one.startswith("label_"))

    @property
    def from_pods(self) -> tuple[str, ...]:
        """The labels of pods as kube-state-metrics gives them, model first."""
        named = (*self.model, *self.version, *self.environment)
        return tuple(one for one in named if one.startswith("label_"))

    def unit_of(self, metric: str) -> str | None:
        """Return the unit that a person set for a metric."""
        return next((one.value for one in self.units if one.name == metric), None)

    def kind_of(self, metric: str) -> SeriesKind | None:
        """Return what a person said that a metric measures."""
        return next((SeriesKind(one.value) for one in self.kinds if one.name == metric), None)

    def subject_of(self, labels: dict[str, str]) -> tuple[Subject, ...]:
        """Return what labels are about, nothing where none of them names a model."""
        model = first(labels, self.model)
        return (Subject(model, first(labels, self.version)),) if model else ()

    def environment_of(self, labels: dict[str, str]) -> str | None:
        """Return where it runs: by a label, else as it was set."""
        return first(labels, self.environment) or self.place

    def rest_of(self, labels: dict[str, str]) -> tuple[Pair, ...]:
        """Return the labels that tell a series from others of its metric and subject."""
        said = {*self.model, *self.version, *self.environment, "__name__", "job"}
        return tuple(Pair(name, labels[name]) for name in sorted(labels) if name not in said)


def first(labels: dict[str, str], names: tuple[str, ...]) -> str | None:
    """Return the first of the named labels that says something."""
    return next((labels[name] for name in names if labels.get(name)), None)


def duration(told: str) -> int | None:
    """Return a duration as Prometheus writes it (``1d12h``) in seconds, None for none."""
    if not _DURATION.fullmatch(told):
        return None
    return sum(int(number) * _SECONDS[unit] for number, unit in _PART.findall(told))


def read_choice(connection: Connection) -> Choice:
    """Return the checked settings; raises AppError ``prometheus.<what>_unreadable``."""
    plain = Choice()
    return Choice(
        step=_duration(connection, "step", plain.step),
        horizon=_duration(connection, "horizon", plain.horizon),
        model=_labels(connection, "label.model", plain.model),
        version=_labels(connection, "label.version", plain.version),
        environment=_labels(connection, "label.environment", plain.environment),
        place=connection.setting("environment") or None,
        without=_labels(connection, "without", plain.without),
        metrics=_pattern(connection.setting("metrics")),
        alerts=connection.setting("alerts"),
        serving=connection.setting("serving"),
        own=tuple(Own(one.name, one.value) for one in _named(connection, "queries.")),
        units=tuple(_named(connection, "units.")),
        kinds=_kinds(connection),
        pods=tuple(_named(connection, "pods.")),
    )


def _duration(connection: Connection, name: str, plain: int) -> int:
    told = connection.setting(name)
    found = duration(told) if told else plain
    if not found:
        _refuse("duration", name, told)
    return found


def _labels(connection: Connection, name: str, plain: tuple[str, ...]) -> tuple[str, ...]:
    told = connection.setting(name)
    found = tuple(one.strip() for one in told.split(",") if one.strip())
    for one in found:
        if not _LABEL.fullmatch(one):
            _refuse("label", name, one)
    return found or plain


def _pattern(told: str) -> re.Pattern[str] | None:
    try:
        return re.compile(told) if told else None
    except re.error:
        _refuse("pattern", "metrics", told)


def _named(connection: Connection, family: str) -> list[Pair]:
    return [
        Pair(one.name.removeprefix(family), one.value)
        for one in connection.settings
        if one.name.startswith(family)
    ]


def _kinds(connection: Connection) -> tuple[Pair, ...]:
    found = tuple(_named(connection, "kinds."))
    for one in found:
        if one.value not in [known.value for known in SeriesKind]:
            _refuse("kind", f"kinds.{one.name}", one.value)
    return found


def _refuse(what: str, name: str, told: str) -> NoReturn:
    raise AppError(
        f"prometheus.{what}_unreadable",
        where="settings",
        name=name,
        value=told,
    )

"""One metric of a model whole: points, thresholds as they held, gaps, versions, breaches."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

import mlops_desktop.store.queries.models as model_queries
import mlops_desktop.store.queries.monitoring as queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.alerts import AlertDetails
from mlops_desktop.core.events.thresholds import Bounds, Level
from mlops_desktop.core.monitoring import MetricState, ThresholdVersion, in_force, metric_key
from mlops_desktop.core.serving import PRODUCTION
from mlops_desktop.services.monitoring.known import end_of
from mlops_desktop.services.monitoring.listing import BreachRow, breaches_of
from mlops_desktop.services.monitoring.points import Measured, broken, thin
from mlops_desktop.services.monitoring.reading import read_metrics
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.services.session import Session
from mlops_desktop.store import series
from mlops_desktop.store.chunks import Points
from mlops_desktop.store.queries.models import ModelRow
from mlops_desktop.store.queries.observed import ObservedFilter, ObservedRow, list_observed
from mlops_desktop.store.queries.versions import list_deployments
from mlops_desktop.store.unit_of_work import ReadSession

MOST_POINTS = 2_000
_LATEST = 12


@dataclass(frozen=True, slots=True)
class BoundStep:
    """From when which bounds held for a metric; None where none did."""

    since: datetime
    bounds: Bounds | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a value came to when it was held against what was then in force."""

    at: datetime
    value: str
    level: Level
    bounds: Bounds
    since: datetime


@dataclass(frozen=True, slots=True)
class Served:
    """A version that began to serve in production."""

    at: datetime
    version: str


@dataclass(frozen=True, slots=True)
class MetricSheet:
    """A metric whole. ``gaps`` are times without a measurement that should have been.

    ``measured`` has a NaN in every gap, so that no line bridges it; ``latest`` are the last
    measurements one by one, which ``measured`` leaves out where there are many.
    """

    row: MetricRow
    measured: Measured
    latest: Measured
    gaps: tuple[tuple[datetime, datetime], ...]
    steps: tuple[BoundStep, ...]
    verdicts: tuple[Verdict, ...]
    served: tuple[Served, ...]
    breaches: tuple[BreachRow, ...]

    def judged_at(self, at: datetime) -> tuple[Level, Bounds] | None:
        """Return what a value of this time came to, and against which bounds; None if not judged.

        On record are the changes of level and the last value: between them the level stays.
        """
        verdict = next((one for one in reversed(self.verdicts) if one.at <= at), None)
        if verdict is None or verdict.at == at:
            return (verdict.level, verdict.bounds) if verdict is not None else None
        held = next((step.bounds for step in reversed(self.steps) if step.since <= at), None)
        return (verdict.level, held) if held is not None else None


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert of a monitoring system with its own verdict, never judged again."""

    id: str
    source: str
    name: str
    state: str
    metric: str
    severity: str
    value: str
    threshold: str
    started: datetime | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class ModelMonitoring:
    """Everything that is measured about a model, and since when nothing is.

    ``unmeasured_since`` is set where nothing is measured in time; ``is_never`` where nothing ever
    was.
    """

    model: ModelRow
    metrics: tuple[MetricSheet, ...]
    thresholds: tuple[ThresholdVersion, ...]
    breaches: tuple[BreachRow, ...]
    alerts: tuple[Alert, ...]
    unmeasured_since: datetime | None
    is_never: bool


@dataclass(frozen=True, slots=True)
class Span:
    """From which day to which, both included; None leaves that end open."""

    start: date | None = None
    end: date | None = None

    @property
    def since(self) -> int | None:
        """The first moment, in milliseconds."""
        if self.start is None:
            return None
        return clock.to_milliseconds(datetime.combine(self.start, time.min, tzinfo=UTC))

    @property
    def until(self) -> int | None:
        """The last moment, in milliseconds."""
        if self.end is None:
            return None
        return clock.to_milliseconds(datetime.combine(self.end, time.max, tzinfo=UTC))


EVER = Span()


def show_monitoring(
    session: Session,
    named: str,
    *,
    metric: str | None = None,
    span: Span = EVER,
    as_of: AsOf = NOW,
    most: int = MOST_POINTS,
) -> ModelMonitoring:
    """Return what is measured about a model, of one metric if it is named.

    Raises ``model.not_found``, ``model.not_known_then``, ``monitoring.no_metric``.
    """
    with session.workspace.read() as view:
        key = model_queries.find_model(view.connection, named)
        return read_monitoring(view, key, metric=metric, span=span, as_of=as_of, most=most)


def read_monitoring(
    view: ReadSession,
    key: str,
    *,
    metric: str | None = None,
    span: Span = EVER,
    as_of: AsOf = NOW,
    most: int = MOST_POINTS,
) -> ModelMonitoring:
    """Do so inside a read session, for the model of an id."""
    model = model_queries.get_model(view.connection, key, as_of).row
    every = read_metrics(view, key, as_of)
    rows = [row for row in every if metric is None or _is(row, metric)]
    if metric is not None and not rows:
        known = ", ".join(sorted({row.metric for row in every if row.metric}))
        raise AppError("monitoring.no_metric", where="--metric", metric=metric, known=known)
    about = _About(view, key, as_of)
    sheets = tuple(about.sheet(row, span, most) for row in rows if row.metric)
    late = [row for row in every if row.state is MetricState.UNMEASURED]
    is_all_late = len(late) == len(every)
    since = [row.since for row in late if row.since is not None]
    return ModelMonitoring(
        model,
        sheets,
        about.thresholds,
        about.breaches,
        _alerts(view, key, as_of),
        max(since, default=None) if is_all_late else None,
        not any(row.at for row in every),
    )


def _is(row: MetricRow, metric: str) -> bool:
    return metric_key(row.metric) == metric_key(metric)


class _About:
    """What is read once of a model for all its metrics."""

    def __init__(self, view: ReadSession, key: str, as_of: AsOf) -> None:
        self._view, self._as_of = view, as_of
        self.thresholds = queries.list_thresholds(view.connection, key, as_of)
        self.breaches = breaches_of(view, key, as_of)
        self._evaluations = queries.list_evaluations(view.connection, key, as_of)
        self._served = tuple(
            Served(clock.from_text(one.since), one.label or one.version)
            for one in list_deployments(view.connection, key, as_of)
            if one.environment == PRODUCTION
        )

    def sheet(self, row: MetricRow, span: Span, most: int) -> MetricSheet:
        """Return a metric whole."""
        points = self._points(row, span)
        measured, numbers = thin(points, most), points.measured()
        latest = replace(thin(numbers.last(_LATEST), _LATEST), total=len(numbers))
        end = end_of(self._as_of) if row.state is MetricState.UNMEASURED else None
        whole, gaps = broken(measured, row.interval, end if span.end is None else None)
        return MetricSheet(
            row, whole, latest, gaps, self._steps(row), self._verdicts(row),
            self._served,
            tuple(one for one in self.breaches if one.details.series == row.series and row.series),
        )  # fmt: skip

    def _points(self, row: MetricRow, span: Span) -> Points:
        if not row.series:
            return series.empty()
        until = span.until
        if self._as_of.at_text is not None:
            last = clock.to_milliseconds(clock.from_text(self._as_of.at_text))
            until = last if until is None else min(until, last)
        return series.read_points(
            self._view.connection, row.series, since=span.since, until=until, as_of=self._as_of
        )

    def _steps(self, row: MetricRow) -> tuple[BoundStep, ...]:
        mine = [one for one in self.thresholds if _is(row, one.metric)]
        found: list[BoundStep] = []
        for since in sorted({one.since for one in mine}):
            held = in_force(mine, row.segment, since)
            bounds = held.bounds if held is not None else None
            if not found or found[-1].bounds != bounds:
                found.append(BoundStep(since, bounds))
        return tuple(found)

    def _verdicts(self, row: MetricRow) -> tuple[Verdict, ...]:
        mine = (one.evaluation for one in self._evaluations)
        return tuple(
            Verdict(one.at, one.value, one.level, one.bounds, one.since)
            for one in mine
            if one.series == row.series and one.goal is None
        )


def _alerts(view: ReadSession, key: str, as_of: AsOf) -> tuple[Alert, ...]:
    rows = list_observed(view.connection, ObservedFilter(("alert",), model=key, as_of=as_of))
    return tuple(_alert(row, row.details) for row in rows if isinstance(row.details, AlertDetails))


def _alert(row: ObservedRow, told: AlertDetails) -> Alert:
    is_over = row.missing_since is not None and told.state is not None
    return Alert(
        row.id,
        row.source,
        row.name,
        "resolved" if is_over else (told.state.value if told.state else ""),
        told.metric or "",
        told.severity or "",
        told.value or "",
        told.threshold or "",
        told.started or told.at,
        told.ended or (clock.from_text(row.missing_since) if row.missing_since else None),
    )

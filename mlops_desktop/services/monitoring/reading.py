"""What is measured about models, how it stands, and what is not measured."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.series import SeriesDetails, SeriesKind
from mlops_desktop.core.events.thresholds import Bounds
from mlops_desktop.core.monitoring import (
    MetricState,
    ThresholdVersion,
    in_force,
    interval_of,
    metric_key,
    segment_text,
    state_of,
    unmeasured_since,
)
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.monitoring.known import RECENT, Known, read_known, read_series
from mlops_desktop.services.monitoring.rows import GoalStand, MetricRow
from mlops_desktop.services.monitoring.runs import shortest
from mlops_desktop.services.session import Session
from mlops_desktop.store import series
from mlops_desktop.store.queries.models import ModelRow
from mlops_desktop.store.queries.monitoring import (
    SeriesFacts,
    known_series,
    series_about,
    series_out_of_bounds,
)
from mlops_desktop.store.unit_of_work import ReadSession


def list_metrics(
    session: Session, named: str | None = None, as_of: AsOf = NOW
) -> tuple[MetricRow, ...]:
    """Return every metric of current models, or of one model, the worst state first.

    A model in production that nothing measures has one row without a metric.
    """
    with session.workspace.read() as view, pausing():
        model = model_queries.find_model(view.connection, named) if named else None
        return read_metrics(view, model, as_of)


def read_metrics(
    view: ReadSession, model: str | None = None, as_of: AsOf = NOW
) -> tuple[MetricRow, ...]:
    """Do so inside a read session, for the model of an id or for all."""
    about = read_series(view, model, as_of)
    known = read_known(view, about, model, as_of)
    rows = _without_succeeded([row for one in about for row in _rows(one, known)])
    rows += _unmeasured(rows, known, model)
    return tuple(sorted(rows, key=_worst_first))


def list_attention(session: Session, as_of: AsOf = NOW) -> tuple[MetricRow, ...]:
    """Return the metrics out of their bounds or beyond a goal, the worst state first.

    Now they are found by their last evaluations, and nothing is read of all the others; of a
    past day everything is read.
    """
    if not as_of.is_now:
        rows = list_metrics(session, as_of=as_of)
    else:
        with session.workspace.read() as view, pausing():
            about = known_series(view.connection, series_out_of_bounds(view.connection))
            about = tuple(one for one in about if one.details.kind is not SeriesKind.RESOURCE)
            known = read_known(view, about, None, as_of, is_whole=False)
            rows = tuple(row for one in about for row in _rows(one, known))
    return tuple(sorted((row for row in rows if row.state in ATTENTION), key=_worst_first))


ATTENTION = frozenset({MetricState.RED, MetricState.GOAL_MISSED, MetricState.AMBER})
"""What somebody has to look at."""


def _worst_first(row: MetricRow) -> tuple[int, str, str, str]:
    return list(MetricState).index(row.state), row.model, row.metric, row.segment


def read_series_rows(
    view: ReadSession, model: str | None = None, as_of: AsOf = NOW
) -> tuple[MetricRow, ...]:
    """Return the metrics that have a series, of the model of an id or of all, in no order."""
    about = read_series(view, model, as_of)
    if not about:
        return ()
    known = read_known(view, about, model, as_of, is_whole=False)
    return tuple(row for one in about for row in _rows(one, known))


def read_rows_about(
    view: ReadSession, models: Collection[str], as_of: AsOf = NOW
) -> tuple[MetricRow, ...]:
    """Return the metrics of these models that have a series, in no order.

    Now nothing is read of any other model; of a past day every series is.
    """
    if as_of.is_now:
        found = series_about(view.connection, models)
        about = tuple(one for one in found if one.details.kind is not SeriesKind.RESOURCE)
    else:
        found = read_series(view, None, as_of)
        about = tuple(one for one in found if not set(models).isdisjoint(one.models))
    if not about:
        return ()
    known = read_known(view, about, None, as_of, is_whole=False)
    return tuple(row for one in about for row in _rows(one, known) if row.key in models)


def measured_models(view: ReadSession, as_of: AsOf = NOW) -> dict[str, bool]:
    """Return whether anything is measured in time, for each model that has a series."""
    found: dict[str, bool] = {}
    for row in read_series_rows(view, None, as_of):
        is_measured = row.state is not MetricState.UNMEASURED
        found[row.key] = found.get(row.key, False) or is_measured
    return found


def _without_succeeded(rows: list[MetricRow]) -> list[MetricRow]:
    """Leave out what is no longer measured because the same metric of another version is."""

    def place(row: MetricRow) -> tuple[str, ...]:
        metric = metric_key(row.metric)
        return row.key, metric, row.segment, row.environment, row.application

    measured = {place(row) for row in rows if row.state is not MetricState.UNMEASURED}
    return [
        row
        for row in rows
        if row.state is not MetricState.UNMEASURED or not row.version or place(row) not in measured
    ]


def _rows(one: SeriesFacts, known: Known) -> Iterator[MetricRow]:
    for key in one.models:
        if (model := known.models.get(key)) is not None:
            yield _row(one, model, known)


def _row(one: SeriesFacts, model: ModelRow, known: Known) -> MetricRow:
    details, points = one.details, known.points.get(one.id, series.empty())
    row = _told(one, model)
    versions = known.thresholds.get((model.key, metric_key(row.metric)), [])
    held = in_force(versions, row.segment, known.now)
    bounds = held.bounds if held is not None else None
    times = [clock.from_milliseconds(int(at)) for at in points.times[-RECENT:]]
    row = replace(
        row,
        unit=row.unit or (bounds.unit if bounds else None) or "",
        value=shortest(float(points.values[-1])) if len(points) else None,
        at=times[-1] if times else None,
        interval=_interval(bounds, times, details),
        bounds=bounds,
        bounds_since=held.since if held is not None else None,
        goal=_goal(one, model.key, row.metric, known),
    )
    return _stand(row, held, known)


def _told(one: SeriesFacts, model: ModelRow) -> MetricRow:
    """Return what the source says of a series, without its points."""
    details = one.details
    return MetricRow(
        key=model.key,
        model=model.id,
        model_name=model.name,
        metric=details.metric or details.name or "",
        segment=segment_text(details.segment),
        state=MetricState.UNJUDGED,
        since=None,
        series=one.id,
        source=one.source,
        kind=details.kind,
        unit=details.unit or "",
        environment=details.environment or "",
        version=next((one.version for one in details.subjects if one.version), ""),
        application=details.application or "",
        source_warning=details.warning or "",
        source_intervention=details.intervention or "",
        source_verdict=details.verdict or "",
    )


def _stand(row: MetricRow, held: ThresholdVersion | None, known: Known) -> MetricRow:
    """Return a metric with how it stands, and since when."""
    evaluation = known.evaluations.get((row.series, held.threshold)) if held is not None else None
    late = unmeasured_since(row.at, row.interval, known.now)
    level = evaluation.level if evaluation is not None else None
    goal = row.goal.level if row.goal is not None else None
    state = state_of(level, goal, is_unmeasured=late is not None or row.at is None)
    return replace(row, state=state, since=_since(row, state, held, late, known))


def _interval(
    bounds: Bounds | None, times: list[datetime], details: SeriesDetails
) -> timedelta | None:
    if bounds is not None and bounds.interval_days is not None:
        return timedelta(days=bounds.interval_days)
    return interval_of(times, details.interval)


def _goal(one: SeriesFacts, model: str, metric: str, known: Known) -> GoalStand | None:
    for goal in known.goals if not one.details.segment else ():
        if model in goal.models and metric_key(goal.metric) == metric_key(metric):
            held = known.evaluations.get((one.id, goal.item))
            return GoalStand(goal.number, goal.kpi, goal.bounds, held.level if held else None)
    return None


def _since(
    row: MetricRow,
    state: MetricState,
    held: ThresholdVersion | None,
    late: datetime | None,
    known: Known,
) -> datetime | None:
    if state is MetricState.UNMEASURED:
        return late or _productive(row.key, known)
    goals = {goal.item for goal in known.goals} if row.goal is not None else set()
    against = goals if state in (MetricState.GOAL_MISSED, MetricState.GOAL_MET) else set()
    if not against and held is not None:
        against = {held.threshold}
    found = [known.since[row.series, one] for one in against if (row.series, one) in known.since]
    return clock.from_text(min(found)) if found else None


def _productive(model: str, known: Known) -> datetime | None:
    since = known.productive.get(model)
    return clock.from_text(since) if since else None


def _unmeasured(rows: Iterable[MetricRow], known: Known, model: str | None) -> Iterator[MetricRow]:
    """Yield what should be measured and is not: metrics with a threshold, models in production."""
    measured = {(row.key, metric_key(row.metric)) for row in rows}
    seen = {key for key, _ in measured}
    for (key, metric), versions in known.thresholds.items():
        held = [in_force(versions, segment, known.now) for segment in {v.segment for v in versions}]
        current = next((one for one in held if one is not None), None)
        if (key, metric) not in measured and current is not None and key in known.models:
            seen.add(key)
            yield _never(known.models[key], current, known)
    for key in known.productive if model is None else (model,):
        if key not in seen and key in known.models:
            yield _never(known.models[key], None, known)


def _never(model: ModelRow, held: ThresholdVersion | None, known: Known) -> MetricRow:
    return MetricRow(
        model.key,
        model.id,
        model.name,
        held.metric if held else "",
        held.segment if held else "",
        MetricState.UNMEASURED,
        _productive(model.key, known) or (held.since if held else None),
        bounds=held.bounds if held else None,
        bounds_since=held.since if held else None,
    )

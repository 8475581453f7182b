"""Thresholds and evaluations out, as of any date."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.breaches import BreachDetails
from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.core.events.thresholds import (
    Bounds,
    Evaluation,
    Level,
    ThresholdEnded,
    ThresholdSet,
)
from mlops_desktop.core.events.use_cases import UseCaseDetails
from mlops_desktop.core.items.kinds import item_number, kind_named
from mlops_desktop.core.monitoring import ThresholdVersion, goal_bounds, metric_key
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.among import one_of
from mlops_desktop.store.queries.items_then import states_on
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.items import item_models, items
from mlops_desktop.store.tables.ledger import series_chunks
from mlops_desktop.store.tables.monitoring import evaluations, thresholds
from mlops_desktop.store.tables.observed import observed, observed_models

_AT_ONCE = 500


def list_thresholds(
    connection: sa.Connection, model: str | None = None, as_of: AsOf = NOW
) -> tuple[ThresholdVersion, ...]:
    """Return every version of thresholds, of one model if it is named, in the order recorded."""
    c = thresholds.c
    query = sa.select(thresholds).where(*known_limits(connection, c.position, as_of))
    if model is not None:
        query = query.where(c.model == model)
    if as_of.at_text is not None:
        query = query.where(c.since <= as_of.at_text)
    rows = connection.execute(query.order_by(c.position)).mappings().all()
    closed = {digest for row in rows for digest in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed)
    return tuple(_version(row, opened) for row in rows)


def known_limits(
    connection: sa.Connection, position: sa.ColumnElement[int], as_of: AsOf
) -> list[sa.ColumnElement[bool]]:
    """Return what leaves out the later; now there is nothing later, not even in a write session."""
    if as_of.known is None and as_of.size is None:
        return []
    return [position < known_size(connection, as_of)]


def _version(row: sa.RowMapping, opened: dict[str, str]) -> ThresholdVersion:
    kind: type[ThresholdSet | ThresholdEnded] = ThresholdEnded if row["is_ended"] else ThresholdSet
    told = records.from_text(kind, row["record"], opened)
    return ThresholdVersion(
        row["threshold"],
        row["model"],
        told.metric,
        row["segment"],
        told.bounds if isinstance(told, ThresholdSet) else None,
        clock.from_text(row["since"]),
        row["position"],
        row["person"],
        clock.from_text(row["at"]),
        told.reason.text if told.reason is not None else None,
    )


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """An evaluation and where in the ledger it stands."""

    evaluation: Evaluation
    position: int


def list_evaluations(
    connection: sa.Connection, model: str, as_of: AsOf = NOW
) -> tuple[EvaluationRow, ...]:
    """Return every evaluation of a model's series by the time of the value, then as recorded."""
    c = evaluations.c
    limits = known_limits(connection, c.position, as_of)
    query = sa.select(c.record, c.position).where(c.model == model, *limits)
    if as_of.at_text is not None:
        query = query.where(c.measured <= as_of.at_text)
    found = connection.execute(query.order_by(c.measured, c.position))
    return tuple(
        EvaluationRow(records.from_text(Evaluation, row.record), row.position) for row in found
    )


def last_evaluations(
    connection: sa.Connection, series: Collection[str], as_of: AsOf = NOW
) -> dict[tuple[str, str], Evaluation]:
    """Return the last evaluation of each series by what it was held against."""
    c, found = evaluations.c, {}
    limits = known_limits(connection, c.position, as_of)
    limits.append(c.measured <= (as_of.at_text or clock.to_text(clock.horizon())))
    newest = sa.func.row_number().over(
        partition_by=(c.series, c.against), order_by=(c.measured.desc(), c.position.desc())
    )
    for part in parts(series):
        ranked = sa.select(c.series, c.against, c.record, newest.label("age"))
        one = ranked.where(c.series.in_(part), *limits).subquery("ranked")
        for row in connection.execute(sa.select(one).where(one.c.age == 1)):
            found[row.series, row.against] = records.from_text(Evaluation, row.record)
    return found


def series_out_of_bounds(connection: sa.Connection) -> frozenset[str]:
    """Return the series whose last evaluation, against anything, is not within its bounds."""
    c = evaluations.c
    newest = sa.func.row_number().over(
        partition_by=(c.series, c.against), order_by=(c.measured.desc(), c.position.desc())
    )
    until = clock.to_text(clock.horizon())
    ranked = sa.select(c.series, c.level, newest.label("age")).where(c.measured <= until)
    last = ranked.subquery("last")
    query = sa.select(last.c.series).where(last.c.age == 1, last.c.level != Level.GREEN.value)
    return frozenset(connection.execute(query).scalars())


def series_of(connection: sa.Connection, batch: str) -> dict[str, str]:
    """Return the series that a batch holds points of, each with the digest of its chunk."""
    c = series_chunks.c
    query = sa.select(c.series, c.digest).where(c.batch == batch)
    return {row.series: row.digest for row in connection.execute(query)}


def parts(ids: Iterable[str]) -> Iterable[list[str]]:
    """Yield ids in lists short enough for one statement."""
    listed = list(ids)
    return (listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE))


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series as its source last told it; ``models`` are ids."""

    id: str
    source: str
    models: tuple[str, ...]
    details: SeriesDetails


def known_series(connection: sa.Connection, ids: Collection[str]) -> tuple[SeriesFacts, ...]:
    """Return those of these series that are about a model."""
    c = observed.c
    query = sa.select(c.id, c.source, c.models, c.record).where(c.kind == "series")
    found = []
    for part in parts(ids):
        rows = connection.execute(query.where(c.id.in_(part), c.models != "[]"))
        found += [_facts(*row) for row in rows]
    return tuple(found)


def series_about(connection: sa.Connection, models: Collection[str]) -> tuple[SeriesFacts, ...]:
    """Return every series about one of these models."""
    c = observed_models.c
    ids: set[str] = set()
    for part in parts(models):
        query = sa.select(c.thing).where(c.kind == "series", c.model.in_(part))
        ids.update(connection.execute(query).scalars())
    return known_series(connection, ids)


def _facts(id: str, source: str, models: str, record: str) -> SeriesFacts:
    details = records.from_text(SeriesDetails, record)
    return SeriesFacts(id, source, records.texts(models), details)


@dataclass(frozen=True, slots=True)
class Goal:
    """The business goal of a use that is measured: by which metric, and what meets it."""

    item: str
    number: str
    models: tuple[str, ...]
    metric: str
    kpi: str
    bounds: Bounds
    since: datetime


def list_goals(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[Goal, ...]:
    """Return the goals of uses that have not ended and whose KPI is measured."""
    c = states_on(connection, as_of, ("use_case",)).columns
    columns = (c["id"], c["number"], c["models"], c["record"], c["effective"])
    query = sa.select(*columns).where(
        c["kind"] == "use_case", c["is_closed"] == 0, c["record"].contains('"measure"')
    )
    found = []
    for id, number, models, record, effective in connection.execute(query):
        told = records.from_text(UseCaseDetails, record)
        if told.measure and told.direction is not None and told.target is not None:
            bounds = goal_bounds(told.direction, told.target, told.unit)
            name = item_number(kind_named("use_case"), number)
            about, since = records.texts(models), clock.from_text(effective)
            kpi = told.kpi or told.measure
            found.append(Goal(id, name, about, told.measure, kpi, bounds, since))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class OpenBreach:
    """A breach that is not cleared, with what it says and from when its last state holds."""

    id: str
    number: str
    stage: str
    details: BreachDetails
    effective: datetime


_BREACH = tuple(items.c[one] for one in ("id", "number", "stage", "record", "effective", "models"))


def open_breaches(
    connection: sa.Connection, models: Collection[str]
) -> dict[str, tuple[OpenBreach, ...]]:
    """Return the open breaches of each of these models as this transaction leaves them."""
    c, kind, found = items.c, kind_named("breach"), dict[str, tuple[OpenBreach, ...]]()
    about = sa.select(item_models.c.item).where(one_of(item_models.c.model, models))
    query = sa.select(*_BREACH).where(
        c.id.in_(about),
        # Written so, no index of kinds is chosen where few models are asked for.
        c.kind.concat("") == kind.noun,
        c.is_closed == 0,
    )
    for row in connection.execute(query.order_by(c.number)) if models else ():
        for model in records.texts(row.models):
            found[model] = (*found.get(model, ()), _breach(row))
    return found


def _breach(row: sa.Row[Any]) -> OpenBreach:
    details = records.from_text(BreachDetails, row.record)
    number = item_number(kind_named("breach"), row.number)
    return OpenBreach(row.id, number, row.stage, details, clock.from_text(row.effective))


def evaluated(connection: sa.Connection, series: Collection[str]) -> frozenset[str]:
    """Return those of these series that were ever held against anything."""
    c = observed.c
    was_held = sa.exists().where(evaluations.c.series == c.id)
    query = sa.select(c.id).where(one_of(c.id, series), was_held)
    return frozenset(connection.execute(query).scalars()) if series else frozenset()


def watched_metrics(connection: sa.Connection) -> frozenset[tuple[str, str]]:
    """Return the models and metrics for which a threshold or a goal was ever set."""
    c = thresholds.c
    rows = connection.execute(sa.select(c.model, c.metric_key).distinct())
    found = {(row.model, row.metric_key) for row in rows}
    goals = list_goals(connection)
    return frozenset(
        found | {(one, metric_key(goal.metric)) for goal in goals for one in goal.models}
    )

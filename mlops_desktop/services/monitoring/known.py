"""Everything that rows of metrics are made of, read once for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

import mlops_desktop.store.queries.models as model_queries
import mlops_desktop.store.queries.monitoring as queries
from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import SeriesDetails, SeriesKind
from mlops_desktop.core.events.thresholds import Evaluation
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.core.monitoring import (
    ThresholdVersion,
    metric_key,
)
from mlops_desktop.store import series
from mlops_desktop.store.chunks import Points
from mlops_desktop.store.queries.measured import levels_since, productive_since
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.queries.monitoring import Goal, SeriesFacts
from mlops_desktop.store.queries.observed import ObservedFilter, list_observed
from mlops_desktop.store.unit_of_work import ReadSession

RECENT = 14
"""So many points tell how far apart measurements lie."""
_OVER = frozenset({State.RETIRED, State.REJECTED})


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that rows are made of, read once for all of them."""

    as_of: AsOf
    now: datetime
    models: Mapping[str, ModelRow]
    points: Mapping[str, Points]
    thresholds: Mapping[tuple[str, str], list[ThresholdVersion]]
    goals: tuple[Goal, ...]
    evaluations: Mapping[tuple[str, str], Evaluation]
    since: Mapping[tuple[str, str], str]
    productive: Mapping[str, str]


def read_series(view: ReadSession, model: str | None, as_of: AsOf) -> tuple[SeriesFacts, ...]:
    """Return every series about models that is not of resources, of one model if it is named."""
    wanted = ObservedFilter(("series",), model=model, as_of=as_of)
    found = []
    for row in list_observed(view.connection, wanted):
        details = row.details
        if isinstance(details, SeriesDetails) and details.kind is not SeriesKind.RESOURCE:
            models = row.models if model is None else (model,)
            found.append(SeriesFacts(row.id, row.source, models, details))
    return tuple(one for one in found if one.models)


def read_known(
    view: ReadSession,
    about: tuple[SeriesFacts, ...],
    model: str | None,
    as_of: AsOf,
    *,
    is_whole: bool = True,
) -> Known:
    """Read what rows are made of; unless it is whole, nothing of models without a series."""
    connection, ids = view.connection, [one.id for one in about]
    thresholds: dict[tuple[str, str], list[ThresholdVersion]] = {}
    for version in queries.list_thresholds(connection, model, as_of):
        thresholds.setdefault((version.model, metric_key(version.metric)), []).append(version)
    productive = productive_since(connection, as_of, model) if is_whole else {}
    keys = {key for one in about for key in one.models}
    keys |= {key for key, _ in thresholds} if is_whole else set()
    models = _models(view, keys | set(productive), model, as_of)
    return Known(
        as_of,
        end_of(as_of),
        models,
        _recent(view, ids, as_of),
        thresholds,
        queries.list_goals(connection, as_of),
        queries.last_evaluations(connection, ids, as_of),
        levels_since(connection, ids, as_of),
        productive,
    )


def end_of(as_of: AsOf) -> datetime:
    """Return the moment that what is shown is about: now, or the end of the day asked for."""
    if as_of.at is None and as_of.known is None:
        return clock.now()
    return min(datetime.combine(as_of.day, time.max, tzinfo=UTC), clock.now())


def _recent(view: ReadSession, ids: list[str], as_of: AsOf) -> dict[str, Points]:
    found: dict[str, Points] = {}
    for part in queries.parts(ids):
        found |= series.last_measured(view.connection, part, most=RECENT, as_of=as_of)
    return found


def _models(
    view: ReadSession, keys: set[str], model: str | None, as_of: AsOf
) -> dict[str, ModelRow]:
    """Return the models as of the dates; those retired or decided against only if asked for."""
    if model is not None:
        try:
            return {model: model_queries.get_model(view.connection, model, as_of).row}
        except AppError:  # not in the inventory then
            return {}
    numbers = model_queries.numbers(view.connection, keys)
    among = tuple(int(number.rpartition("-")[2]) for number in numbers.values())
    wanted = ModelFilter(scope=Scope.ALL, among=among, as_of=as_of)
    rows = model_queries.list_models(view.connection, wanted)
    return {row.key: row for row in rows if row.state not in _OVER}

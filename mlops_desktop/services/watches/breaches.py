"""Breaches that follow from measurements and thresholds, in the session that brought them."""

from collections.abc import Iterator

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core.events.breaches import BreachEdited, BreachMoved, BreachOpened
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.series import PointsIngested, SeriesObserved
from mlops_desktop.core.events.thresholds import ThresholdEnded, ThresholdSet
from mlops_desktop.core.events.use_cases import (
    UseCaseDetails,
    UseCaseEdited,
    UseCaseMoved,
    UseCaseOpened,
)
from mlops_desktop.core.monitoring import metric_key
from mlops_desktop.store.queries.items_about import models_of
from mlops_desktop.store.queries.monitoring import evaluated, watched_metrics
from mlops_desktop.store.unit_of_work import Watch, WriteSession

_OF_BREACH = (BreachOpened, BreachEdited, BreachMoved)
_OF_USE = (UseCaseOpened, UseCaseEdited, UseCaseMoved)


def _look(work: WriteSession, found: tuple[Event, ...]) -> None:
    batches = [event for event in found if isinstance(event, PointsIngested)]
    breaches = [event.item for event in found if isinstance(event, _OF_BREACH)]
    if batches:
        # numpy takes its time to import: only a session that measures or judges pays for it.
        from mlops_desktop.services.monitoring.judging import judge_batch

        for batch in batches:
            judge_batch(work, batch)
    wanted = {key for event in found for key in _to_judge(work, event)}
    wanted |= _matched_late(work, [event for event in found if isinstance(event, SeriesObserved)])
    if wanted:
        from mlops_desktop.services.monitoring.judging import judge_anew

        judge_anew(work, wanted)
    if breaches:
        from mlops_desktop.services.monitoring.plans import mind_plans

        mind_plans(work, work.ask(models_of, tuple(breaches)))


def _to_judge(work: WriteSession, event: Event) -> Iterator[tuple[str, str]]:
    """Yield models and metrics whose last values are to be held against something new."""
    if isinstance(event, ThresholdSet | ThresholdEnded):
        yield event.model, metric_key(event.metric)
    elif isinstance(event, _OF_USE):
        details = item_queries.current_details(work.connection, event.item)
        if isinstance(details, UseCaseDetails) and details.measure:
            for model in item_queries.current_row(work.connection, event.item).models:
                yield model, metric_key(details.measure)


def _matched_late(work: WriteSession, found: list[SeriesObserved]) -> set[tuple[str, str]]:
    """Return what was measured before anybody knew whose it is, where anything is set for it."""
    set_for = watched_metrics(work.connection) if found else frozenset()
    keys = {event.thing: _keys(event) & set_for for event in found}
    known = evaluated(work.connection, [thing for thing, wanted in keys.items() if wanted])
    return {key for thing, wanted in keys.items() if thing not in known for key in wanted}


def _keys(event: SeriesObserved) -> frozenset[tuple[str, str]]:
    metric = metric_key(event.details.metric or event.details.name or "")
    return frozenset((model, metric) for model in event.models)


_KINDS: set[type[Event]] = {
    PointsIngested,
    SeriesObserved,
    ThresholdSet,
    ThresholdEnded,
    *_OF_BREACH,
    *_OF_USE,
}
WATCH = Watch(frozenset(_KINDS), _look)

"""Technically good, business goal missed: a state that calls for a validation."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.core.events.thresholds import Evaluation, Level
from mlops_desktop.core.validations import Trigger
from mlops_desktop.services.monitoring.plans import current_of
from mlops_desktop.services.validations import Firing, fire_each
from mlops_desktop.store.queries import monitoring as queries
from mlops_desktop.store.queries.monitoring import Goal
from mlops_desktop.store.unit_of_work import WriteSession


def is_good_but_missed(evaluations: Iterable[Evaluation]) -> bool:
    """Tell whether every threshold of a model is kept while a goal of a use is not met.

    ``evaluations`` are the last of each series; without any threshold nothing is good.
    """
    technical, missed = [], False
    for one in evaluations:
        if one.goal is None:
            technical.append(one.level)
        else:
            missed = missed or one.level is Level.RED
    return missed and bool(technical) and all(level is Level.GREEN for level in technical)


def fire_missed(work: WriteSession, goals: Collection[Goal], found: Iterable[Evaluation]) -> None:
    """Call for a validation of each model that comes into that state by ``found``.

    ``goals`` are those of uses that have not ended: no other is missed any more. What was
    evaluated before is read; ``found`` is not on record yet.
    """
    models = {model for goal in goals for model in goal.models}
    sought = {goal.item for goal in goals} | {None}
    fresh = _latest(one for one in found if one.model in models)
    if not fresh:
        return
    about = queries.series_about(work.connection, fresh)
    known = queries.last_evaluations(work.connection, [one.id for one in about])
    before = _latest(one for one in known.values() if one.goal in sought)
    missed: dict[str, Evaluation] = {}
    for model, mine in fresh.items():
        after = (before[model] | mine).values()
        if is_good_but_missed(after) and not is_good_but_missed(before[model].values()):
            missed[model] = next(one for one in after if one.goal and one.level is Level.RED)
    _fire(work, missed, {one.id: one.details for one in about})


def _latest(found: Iterable[Evaluation]) -> dict[str, dict[tuple[str, str], Evaluation]]:
    """Return the last of each model's evaluations by series and by what it was held against."""
    last: dict[str, dict[tuple[str, str], Evaluation]] = defaultdict(dict)
    for one in found:
        last[one.model][one.series, one.threshold or one.goal or ""] = one
    return last


def _fire(
    work: WriteSession, missed: Mapping[str, Evaluation], named: Mapping[str, SeriesDetails]
) -> None:
    current = current_of(work, tuple(missed))
    told = {model: _told(one, named.get(one.series)) for model, one in missed.items()}
    trigger = Trigger.BUSINESS_GOAL
    fire_each(work, [Firing(model, trigger, told[model]) for model in missed if model in current])


def _told(missed: Evaluation, details: SeriesDetails | None) -> str:
    """Return what was measured, as a breach is titled: the metric, its value and the goal."""
    bounds = missed.bounds
    named, measured_in = (details.metric or details.name, details.unit) if details else ("", "")
    unit = f" {told}" if (told := bounds.unit or measured_in) else ""
    sign = "<" if bounds.side.value == "below" else ">"
    return f"{named or ''} {missed.value}{unit} {sign} {bounds.intervention}{unit}".strip()

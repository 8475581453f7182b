"""Technically good, business goal missed: a state that calls for a validation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mlops_desktop.core.events.thresholds import Evaluation, Level
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.validations import Trigger
from mlops_desktop.services.validations import fire
from mlops_desktop.store.queries import monitoring as queries
from mlops_desktop.store.queries import present
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


def fire_missed(
    work: WriteSession,
    known: Mapping[tuple[str, str], Evaluation],
    found: Iterable[Evaluation],
) -> None:
    """Call for a validation of each model that just came into that state.

    ``known`` are the last evaluations of the series looked at, before ``found``.
    """
    fresh: dict[str, dict[tuple[str, str], Evaluation]] = defaultdict(dict)
    for one in found:
        fresh[one.model][one.series, one.threshold or one.goal or ""] = one
    for model, mine in fresh.items():
        others = _others(work, model)
        before = others | {key: one for key, one in known.items() if one.model == model}
        after = before | mine
        if not is_good_but_missed(after.values()) or is_good_but_missed(before.values()):
            continue
        state = work.ask(present.current_state, model)
        if work.ask(present.decided, (model,)) and state.stage is not State.RETIRED:
            missed = next(one for one in after.values() if one.goal and one.level is Level.RED)
            fire(work, model, Trigger.BUSINESS_GOAL, _told(work, model, missed))


def _told(work: WriteSession, model: str, missed: Evaluation) -> str:
    """Return what was measured, as a breach is titled: the metric, its value and the goal."""
    bounds = missed.bounds
    about = queries.series_about(work.connection, (model,))
    details = next((one.details for one in about if one.id == missed.series), None)
    named, measured_in = (details.metric or details.name, details.unit) if details else ("", "")
    unit = f" {told}" if (told := bounds.unit or measured_in) else ""
    sign = "<" if bounds.side.value == "below" else ">"
    return f"{named or ''} {missed.value}{unit} {sign} {bounds.intervention}{unit}".strip()


def _others(work: WriteSession, model: str) -> dict[tuple[str, str], Evaluation]:
    about = [one.id for one in queries.series_about(work.connection, (model,))]
    found = queries.last_evaluations(work.connection, about)
    return {key: one for key, one in found.items() if one.model == model}

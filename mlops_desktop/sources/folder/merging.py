"""Things that several files tell of: a run begun in one file and ended in the next is one run."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import TypeVar

from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.observed.details import ObservedDetails
from mlops_desktop.sources.files.format import FileFact
from mlops_desktop.sources.observations import ObservedThing

D = TypeVar("D", bound=ObservedDetails)
_MERGED = (PipelineRunDetails, DatasetDetails)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def merged(told: list[tuple[FileFact, ...]]) -> list[tuple[FileFact, ...]]:
    """Return the facts of files, in their order, each run and dataset told by one of them alone.

    That is the file with the latest word on it; what this leaves out, earlier ones say.
    """
    best: dict[tuple[type, str], tuple[int, ObservedThing]] = {}
    for at, facts in enumerate(told):
        for fact in facts:
            if not isinstance(fact, ObservedThing) or not isinstance(fact.details, _MERGED):
                continue
            key = (type(fact.details), fact.native_id)
            best[key] = _later(best[key], (at, fact)) if key in best else (at, fact)
    return [tuple(_own(at, facts, best)) for at, facts in enumerate(told)]


def _own(
    at: int, facts: tuple[FileFact, ...], best: dict[tuple[type, str], tuple[int, ObservedThing]]
) -> list[FileFact]:
    found: list[FileFact] = []
    for fact in facts:
        place, whole = best.get((type(fact.details), fact.native_id), (at, fact))
        if place == at and whole not in found:
            found.append(whole)
    return found


def _later(
    one: tuple[int, ObservedThing], other: tuple[int, ObservedThing]
) -> tuple[int, ObservedThing]:
    first, last = (one, other) if _time(one[1]) <= _time(other[1]) else (other, one)
    return last[0], replace(last[1], details=_filled(last[1].details, first[1].details))


def _time(thing: ObservedThing) -> datetime:
    return thing.details.at or _LONG_AGO


def _filled(last: D, first: ObservedDetails) -> D:
    """Return ``last`` with what it does not say as ``first`` says it."""
    missing = {
        one.name: getattr(first, one.name)
        for one in fields(last)
        if getattr(last, one.name) in (None, ())
    }
    return replace(last, **missing)

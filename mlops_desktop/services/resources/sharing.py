"""Divides what several models cost together among them, before it is added up by model.

Shared is what a source tells of several models, and what it tells of an environment (a node, a
cluster) where no cost is told by model: there it is divided among the models measured there.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.resources.sharing import KEYS, Shares, share_out
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.services.resources.gathering import Gathered, Told, gather
from mlops_desktop.services.resources.measuring import Window, measure
from mlops_desktop.store.queries.resource_series import shared_costs
from mlops_desktop.store.unit_of_work import ReadSession

EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class _Place:
    """An environment: who is measured there, what each requests, whether costs are by model."""

    models: tuple[str, ...]
    requested: dict[Resource, dict[str, float]]
    has_costs: bool


def gather_shared(
    view: ReadSession,
    window: Window,
    as_of: AsOf,
    model: str | None = None,
    work: Work = QUIET,
) -> Gathered:
    """Return what was gathered with shared costs divided, of one model if it is named.

    By what they are divided is a matter of all models at a place, whoever is asked about.
    """
    found = gather(view, window, as_of, model, work=work)
    if model is None:
        return shared(found, window)
    here = {one.environment for one in found.told}
    places = {row.details.environment or "" for row in shared_costs(view.connection, as_of)} & here
    if not places:
        return found
    some = frozenset(places)
    every = shared(gather(view, window, as_of, environments=some, work=work), window)
    told = [one for one in found.told if one.environment not in places]
    told += [one for one in every.told if model in one.row.models]
    return replace(found, told=tuple(told), left_out={**every.left_out, **found.left_out})


def shared(found: Gathered, window: Window) -> Gathered:
    """Return what was gathered with every shared cost divided; each sums up to what was told."""
    costs = [
        one for one in found.told if one.resource is Resource.COST and len(one.row.models) != 1
    ]
    if not costs:
        return found
    places = {name: _place(found, name, window) for name in {one.environment for one in costs}}
    told = [part for one in found.told for part in _parts(one, places)]
    return replace(found, told=tuple(told))


def _place(found: Gathered, name: str, window: Window) -> _Place:
    here = [one for one in found.told if one.environment == name]
    alone = [one for one in here if len(one.row.models) == 1]
    models = {one.row.models[0]: None for one in alone if one.resource is not Resource.COST}
    has_costs = any(one.row.models for one in here if one.resource is Resource.COST)
    return _Place(tuple(models), _requested(alone, window), has_costs)


def _requested(alone: list[Told], window: Window) -> dict[Resource, dict[str, float]]:
    asked: dict[tuple[Resource, str], list[Told]] = defaultdict(list)
    for one in alone:
        if one.side is Measure.REQUESTED and one.resource in KEYS:
            asked[one.resource, one.row.models[0]].append(one)
    found: dict[Resource, dict[str, float]] = defaultdict(dict)
    for (resource, model), some in asked.items():
        # requests in several units cannot be told one against the other
        if len({one.unit.name for one in some}) == 1:
            amount = measure([one.measured for one in some], window)
            if amount is not None:
                found[resource][model] = amount.value
    return found


def _parts(one: Told, places: dict[str, _Place]) -> Iterator[Told]:
    if one.resource is not Resource.COST or len(one.row.models) == 1:
        yield one
        return
    place = places[one.environment]
    models = one.row.models or (() if place.has_costs else place.models)
    if not models:
        yield one
        return
    shares: Shares = share_out(models, place.requested)
    key = shares.key.value if shares.key is not None else EQUAL
    for model, part in shares.parts.items():
        unit = replace(one.unit, factor=one.unit.factor * part)
        row = replace(one.row, models=(model,))
        yield replace(one, row=row, unit=unit, measured=replace(one.measured, unit=unit), key=key)

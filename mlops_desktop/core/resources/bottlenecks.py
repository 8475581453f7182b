"""Where resources are short, idle or asked for in vain: what an architect looks at first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.resources.limits import USUAL, Limits
from mlops_desktop.core.resources.use import Use


class Kind(StrEnum):
    """What is wrong."""

    NEAR_CAPACITY = "near_capacity"
    FORECAST_BEYOND = "forecast_beyond"
    TREND_BEYOND = "trend_beyond"
    IDLE_GPU = "idle_gpu"
    OVER_REQUESTED = "over_requested"
    RETIRED_STORAGE = "retired_storage"
    TOP_CONSUMER = "top_consumer"
    FRAMEWORK_ENDED = "framework_ended"


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Something to look at: what, at which group (an environment, a model), how much of it.

    ``value`` is a share, a ratio or an amount, as the kind says; ``models`` are ids.
    """

    kind: Kind
    group: str
    resource: Resource | None
    value: float
    unit: str = ""
    models: tuple[str, ...] = ()


def of_environments(uses: Iterable[Use], limits: Limits = USUAL) -> Iterator[Bottleneck]:
    """Yield the environments that are nearly full, or will be by their own forecast."""
    for one in uses:
        filled, capacity = one.filled, one.value(Measure.CAPACITY)
        if filled is not None and filled >= limits.full:
            yield Bottleneck(Kind.NEAR_CAPACITY, one.group, one.resource, filled)
        forecast = one.sides.get(Measure.FORECAST)
        if forecast is not None and capacity and forecast.last / capacity >= 1.0:
            share = forecast.last / capacity
            yield Bottleneck(Kind.FORECAST_BEYOND, one.group, one.resource, share)


def of_models(uses: Iterable[Use], limits: Limits = USUAL) -> Iterator[Bottleneck]:
    """Yield idle GPUs, requests in vain and large consumers, among uses by model."""
    for one in uses:
        about = (one.group,)
        if one.resource is Resource.GPU and one.idle is not None and one.idle >= limits.idle:
            yield Bottleneck(Kind.IDLE_GPU, one.group, one.resource, one.idle, models=about)
        if one.share is not None and limits.top <= one.share < 1.0:
            yield Bottleneck(
                Kind.TOP_CONSUMER, one.group, one.resource, one.share, one.unit.name, about
            )


def over_requested(uses: Iterable[Use], limits: Limits = USUAL) -> Iterator[Bottleneck]:
    """Yield each resource of which all together request many times what they use.

    Only models of which both is measured count.
    """
    asked: dict[tuple[Resource, str], list[Use]] = {}
    for one in uses:
        if one.over is not None and one.unit.name != "%":
            asked.setdefault((one.resource, one.unit.name), []).append(one)
    for (resource, unit), found in asked.items():
        used = sum(one.used or 0.0 for one in found)
        ratio = sum(one.value(Measure.REQUESTED) or 0.0 for one in found) / used
        if ratio >= limits.over:
            worst = sorted(found, key=lambda one: -(one.over or 0.0))
            models = tuple(one.group for one in worst if (one.over or 0.0) >= limits.over)
            yield Bottleneck(Kind.OVER_REQUESTED, "", resource, ratio, unit, models)


def retired_storage(uses: Iterable[Use], retired: frozenset[str]) -> Iterator[Bottleneck]:
    """Yield the storage that retired models still hold, by its latest value."""
    held: dict[str, list[tuple[str, float]]] = {}
    for one in uses:
        side = one.sides.get(Measure.USED) or one.sides.get(Measure.ALLOCATED)
        if one.resource is Resource.STORAGE and one.group in retired and side is not None:
            held.setdefault(one.unit.name, []).append((one.group, side.last))
    for unit, found in held.items():
        total = sum(value for _, value in found)
        if total > 0:
            models = tuple(group for group, _ in sorted(found, key=lambda pair: -pair[1]))
            yield Bottleneck(Kind.RETIRED_STORAGE, "", Resource.STORAGE, total, unit, models)

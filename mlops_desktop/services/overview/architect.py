"""What an ML architect comes for: who consumes what, what is idle, what is short."""

from datetime import datetime

from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.resources.bottlenecks import Bottleneck, Kind
from mlops_desktop.core.resources.use import By, Use
from mlops_desktop.services.filtering import filter_term
from mlops_desktop.services.overview.cards import (
    Amount,
    Beside,
    Card,
    Cell,
    Column,
    Compared,
    Figure,
    Figures,
    Head,
    Look,
    Marked,
    Mood,
    Row,
    Table,
    Trend,
    TrendLine,
    Value,
    Wait,
    Waits,
    Way,
    said,
)
from mlops_desktop.services.resources.frameworks import ended, read_frameworks
from mlops_desktop.services.resources.outlook import read_outlook, running_out
from mlops_desktop.services.resources.reading import (
    Resources,
    TrendPoint,
    Wanted,
    read_resources,
    read_trend,
)

_PAGE = Way("resources", "by:model")
_IDLE = 0.25
"""The share from which on something is listed as idle."""
_TOP, _MOST, _OWNERS = 3, 30, 6
_WHOLE, _FEW = 100.0, 10.0
_ORDER = (
    Kind.IDLE_GPU,
    Kind.NEAR_CAPACITY,
    Kind.FORECAST_BEYOND,
    Kind.TREND_BEYOND,
    Kind.OVER_REQUESTED,
    Kind.FRAMEWORK_ENDED,
    Kind.RETIRED_STORAGE,
)
_BAD = frozenset({Kind.NEAR_CAPACITY, Kind.FORECAST_BEYOND, Kind.TREND_BEYOND})


def read_cards(look: Look) -> tuple[Card, ...]:
    """Return the cards, over the thirty days that end with the day shown."""
    wanted = Wanted(as_of=look.as_of)
    found = read_resources(look.session, wanted, look.work)
    owners = read_resources(look.session, Wanted(By.OWNER, as_of=look.as_of), look.work)
    if not found.uses:  # what nobody measures is neither short nor idle
        return (_bottlenecks(look, found),)
    return (
        _bottlenecks(look, found),
        _totals(found),
        _top(found),
        _idle(found),
        _owners(owners),
        _trend(look, wanted, found),
    )


def _bottlenecks(look: Look, found: Resources) -> Waits:
    every = (
        *found.bottlenecks,
        *running_out(read_outlook(look.session, look.as_of, work=look.work)),
        *ended(read_frameworks(look.session, look.as_of)),
    )
    told = sorted(
        (one for one in every if one.kind in _ORDER), key=lambda one: _ORDER.index(one.kind)
    )
    return Waits(
        said("overview.architect.bottlenecks"),
        tuple(_wait(found, one) for one in told),
        said("overview.architect.no_bottleneck" if found.uses else "resources.word.nothing"),
        rest=_PAGE,
    )


def _wait(found: Resources, one: Bottleneck) -> Wait:
    row = found.models.get(one.group)
    what: Value = f"{row.id} {row.name}" if row is not None else one.group
    resource = said(f"resources.resource.{one.resource.value}") if one.resource else None
    if not one.group:
        what = resource
    about = said(
        f"overview.architect.kind.{one.kind.value}",
        share=Amount(one.value * 100),
        ratio=Amount(one.value, 1),
        amount=amount(one.value, one.unit),
        resource=resource,
    )
    models = ", ".join(one.models)
    more = (said("overview.architect.models", models=models),) if len(one.models) > 1 else ()
    mood: Mood = "bad" if one.kind in _BAD else "warn"
    return Wait(what, about, _way_of(one), mood, more)


def _way_of(one: Bottleneck) -> Way:
    if one.kind is Kind.FRAMEWORK_ENDED:
        return _PAGE
    by = By.MODEL if one.models else By.ENVIRONMENT
    resource = f" resource:{one.resource.value}" if one.resource else ""
    return Way("resources", f"by:{by.value}{resource}")


def amount(value: float | None, unit: str) -> Value:
    """Return a value with as many digits as its size asks for; what nobody measured says so."""
    if value is None:
        return said("resources.unmeasured")
    digits = 0 if abs(value) >= _WHOLE else 1 if abs(value) >= _FEW else 2
    return Amount(value, digits, unit)


def _totals(found: Resources) -> Figures:
    """Return what all models use of each resource; a press shows by which models."""
    sums: dict[tuple[Resource, str], float] = {}
    for one in found.uses:
        if one.used is not None and one.unit.name != "%":
            key = one.resource, one.unit.name
            sums[key] = sums.get(key, 0.0) + one.used
    return Figures(
        said("overview.architect.totals"),
        tuple(
            Figure(
                f"resources.resource.{resource.value}",
                amount(value, unit),
                said("overview.architect.total_told", first=found.period.first,
                     last=found.period.last),
                Way("resources", f"by:model resource:{resource.value}"),
            )
            for (resource, unit), value in sums.items()
        ),
        said("overview.architect.period", first=found.period.first, last=found.period.last),
    )  # fmt: skip


def _top(found: Resources) -> Table:
    kept: dict[tuple[Resource, str], list[Use]] = {}
    for one in found.uses:  # the largest of each resource come first
        if one.share is not None:
            kept.setdefault((one.resource, one.unit.name), []).append(one)
    rows = [one for uses in kept.values() for one in uses[:_TOP]]
    return Table(
        said("overview.architect.top"),
        (
            Column("overview.architect.resource", 14),
            Column("overview.column.model", 9),
            Column("overview.column.name", 28, strong=True, flexible=True),
            Column("overview.architect.used", 16, numeric=True),
            Column("overview.architect.share", 9, numeric=True),
            Column("overview.architect.change", 10, numeric=True),
        ),
        tuple(_top_row(found, one) for one in rows[:_MOST]),
        said("resources.word.nothing"),
        rest=_PAGE,
    )


def _top_row(found: Resources, one: Use) -> Row:
    cells: tuple[Cell, ...] = (
        said(f"resources.resource.{one.resource.value}"),
        one.group,
        _name(found, one.group),
        amount(one.used, one.unit.name),
        _percent(one.share),
        _change(one),
    )
    return Row(_id(one), cells, Way("resources", record=_id(one)))


def _id(one: Use) -> str:
    """Return the id of a use on the page of resources."""
    return f"{one.group}|{one.resource}|{one.unit.name}"


def _name(found: Resources, group: str) -> str:
    row = found.models.get(group)
    return row.name if row is not None else ""


def _percent(share: float | None) -> Value:
    return said("overview.architect.percent", n=Amount(share * 100)) if share is not None else None


def _change(one: Use) -> Value:
    if one.change is None:
        return None
    key = "overview.architect.grown" if one.change > 0 else "overview.architect.percent"
    return said(key, n=Amount(one.change * 100))


def _idle(found: Resources) -> Table:
    rows = [one for one in found.uses if one.idle is not None and one.idle >= _IDLE]
    # GPUs first: an idle one costs most.
    rows.sort(key=lambda one: (one.resource is not Resource.GPU, -(one.idle or 0.0)))
    return Table(
        said("overview.architect.idle"),
        (
            Column("overview.architect.idle_share", 12),
            Column("overview.architect.resource", 14),
            Column("overview.column.model", 9),
            Column("overview.column.name", 28, strong=True, flexible=True),
            Column("overview.architect.available", 18, numeric=True),
            Column("overview.architect.used", 16, numeric=True),
        ),
        tuple(_idle_row(found, one) for one in rows[:_MOST]),
        said("overview.architect.none_idle"),
        said("overview.architect.idle_lead", n=Amount(_IDLE * 100)),
    )


def _idle_row(found: Resources, one: Use) -> Row:
    is_gpu = one.resource is Resource.GPU
    cells: tuple[Cell, ...] = (
        Marked("warn" if is_gpu else "idle", _percent(one.idle)),
        said(f"resources.resource.{one.resource.value}"),
        one.group,
        _name(found, one.group),
        amount(one.available, one.unit.name),
        amount(one.used, one.unit.name),
    )
    return Row(_id(one), cells, Way("resources", record=_id(one)))


def _owners(found: Resources) -> Beside:
    """Return the owners side by side, by what they cost, else by the first resource there is."""
    columns = list(dict.fromkeys((one.resource, one.unit.name) for one in found.uses))
    uses = {(one.group, one.resource, one.unit.name): one for one in found.uses}
    owners = sorted({one.group for one in found.uses}, key=lambda who: -_cost(found, who))
    return Beside(
        said("overview.architect.owners"),
        tuple(_owner(who) for who in owners[:_OWNERS]),
        tuple(
            Compared(
                said(f"resources.resource.{resource.value}"),
                tuple(_owned(uses.get((who, resource, unit))) for who in owners[:_OWNERS]),
                Way("resources", f"by:owner resource:{resource.value}"),
            )
            for resource, unit in columns
        ),
        said("resources.word.nothing"),
    )


def _owned(one: Use | None) -> Cell:
    return amount(one.used, one.unit.name) if one is not None else "–"


def _cost(found: Resources, who: str) -> float:
    used = (one.used for one in found.uses if one.group == who and one.resource is Resource.COST)
    return sum(value or 0.0 for value in used)


def _owner(who: str) -> Head:
    if not who:
        return Head(said("resources.word.nameless"))
    return Head(who, Way("models", f"scope:current {filter_term('owner', who)}"))


def _trend(look: Look, wanted: Wanted, found: Resources) -> Trend:
    """Return how GPUs went where there are any, else what is used first."""
    levels = [one for one in found.uses if not one.unit.is_total]
    gpus = [one for one in levels if one.resource is Resource.GPU]
    shown = next(iter(gpus or levels), None)
    if shown is None:
        empty = said("resources.word.nothing")
        return Trend(said("overview.architect.trend"), (), None, empty)
    resource, unit = shown.resource, shown.unit.name
    sides = read_trend(look.session, wanted, "", resource, unit, look.work)
    return Trend(
        said("overview.architect.trend_of", resource=said(f"resources.resource.{resource.value}")),
        tuple(
            TrendLine(said(f"resources.measure.{side.value}"), _points(points))
            for side, points in sides.items()
            if side in (Measure.USED, Measure.ALLOCATED, Measure.REQUESTED)
        ),
        unit,
        said("resources.word.nothing"),
        Way("resources", f"by:model resource:{resource.value}"),
    )


def _points(points: tuple[TrendPoint, ...]) -> tuple[tuple[datetime, float | None], ...]:
    return tuple((point.at, point.value) for point in points)

"""What groups of models consume in a period, as of any date; and how it goes over time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.resources import bottlenecks
from mlops_desktop.core.resources.bottlenecks import Bottleneck
from mlops_desktop.core.resources.limits import Limits
from mlops_desktop.core.resources.use import Amount, By, Period, Use, with_shares
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.resources.gathering import (
    Gathered,
    Told,
    is_retired,
    shown_unit,
    window_of,
)
from mlops_desktop.services.resources.measuring import Window, measure, split
from mlops_desktop.services.resources.sharing import gather_shared
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.models import ModelRow, find_model
from mlops_desktop.store.queries.resource_limits import read_limits
from mlops_desktop.store.unit_of_work import ReadSession

DAYS = 30
"""How many days are looked at unless said."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: by what it is added up, over which days, of one model if it is named."""

    by: By = By.MODEL
    period: Period | None = None
    model: str | None = None
    as_of: AsOf = NOW

    @property
    def days(self) -> Period:
        """The period, the last thirty days unless said."""
        last = self.as_of.day
        return self.period or Period(last - timedelta(days=DAYS - 1), last)


@dataclass(frozen=True, slots=True)
class Resources:
    """What was consumed; ``unmeasured`` are models in production of which nothing is measured.

    ``models`` are the models that groups name, by number.
    """

    period: Period
    by: By
    uses: tuple[Use, ...]
    bottlenecks: tuple[Bottleneck, ...]
    unmeasured: tuple[ModelRow, ...]
    models: dict[str, ModelRow]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A side of a resource in one part of a period; None where it was not measured."""

    at: datetime
    value: float | None


def read_period(first: date | None, last: date | None, as_of: AsOf = NOW) -> Period:
    """Return the period between two days; raises ``resources.period_reversed``."""
    end = last or as_of.day
    start = first or end - timedelta(days=DAYS - 1)
    if start > end:
        raise AppError("resources.period_reversed", where="--from", first=str(start), last=str(end))
    return Period(start, end)


def read_resources(session: Session, wanted: Wanted, work: Work = QUIET) -> Resources:
    """Return what each group consumed in a period. Raises ``model.not_found``."""
    with session.workspace.read() as view:
        return resources_in(view, wanted, work)


def resources_in(view: ReadSession, wanted: Wanted, work: Work = QUIET) -> Resources:
    """Return what each group consumed, inside a read session; raises as ``read_resources``."""
    window = window_of(wanted.days)
    with pausing():
        model = find_model(view.connection, wanted.model) if wanted.model else None
        found = gather_shared(view, window, wanted.as_of, model, work)
    uses = with_shares(_wanted_uses(found, wanted.by, window, work))
    shown = tuple(sorted(uses, key=_order))
    is_whole = model is None
    limits = read_limits(view.connection, wanted.as_of).limits
    return Resources(
        wanted.days,
        wanted.by,
        shown,
        tuple(_bottlenecks(found, window, limits, {wanted.by: uses})) if is_whole else (),
        _unmeasured(found) if is_whole else (),
        {row.id: row for row in found.models.values()},
    )


def _order(one: Use) -> tuple[object, ...]:
    return list(Resource).index(one.resource), one.unit.name, -(one.used or 0.0), one.group


def _wanted_uses(found: Gathered, by: By, window: Window, work: Work) -> Iterator[Use]:
    for one in _uses(found, by, window):
        work.require_wanted()
        yield one


def _uses(found: Gathered, by: By, window: Window) -> Iterator[Use]:
    cells: dict[tuple[str, Resource, str], list[Told]] = defaultdict(list)
    for one in found.told:
        group = found.group_of(one, by)
        if group is not None:
            cells[group, one.resource, one.unit.name].append(one)
    earlier = Window(window.first - window.length, window.first)
    for (group, resource, _), told in cells.items():
        sides = {side: amount for side in Measure if (amount := _side(told, side, window))}
        before = _side(told, Measure.USED, earlier)
        if sides:
            others = _others(found, told)
            unit = shown_unit(one.unit for one in told)
            value = before.value if before is not None else None
            keys = tuple(sorted({one.key for one in told if one.key}))
            version = told[0].version if by is By.VERSION else ""
            yield Use(
                group, resource, unit, sides,
                before=value, left_out=others, shared_by=keys, version=version,
            )  # fmt: skip


def _side(told: list[Told], side: Measure, window: Window) -> Amount | None:
    series = [one.measured for one in told if one.side is side]
    if side is Measure.FORECAST and series:  # it speaks of what comes after the period
        ends = [int(one.points.times[-1]) + 1 for one in series if len(one.points)]
        window = Window(window.first, max([window.end, *ends]))
    return measure(series, window) if series else None


def _others(found: Gathered, told: list[Told]) -> tuple[str, ...]:
    keys = {
        (*one.row.models, "", one.environment, one.resource.value, one.side.value) for one in told
    }
    return tuple(sorted({who for key in keys for who in found.left_out.get(key, ())}))


def _bottlenecks(
    found: Gathered, window: Window, limits: Limits, known: Mapping[By, tuple[Use, ...]]
) -> Iterator[Bottleneck]:
    """Yield what is to be looked at; ``known`` is what was added up already."""
    by_model = known.get(By.MODEL) or with_shares(_uses(found, By.MODEL, window))
    by_place = known.get(By.ENVIRONMENT) or tuple(_uses(found, By.ENVIRONMENT, window))
    retired = frozenset(row.id for row in found.models.values() if is_retired(row))
    yield from bottlenecks.of_environments(by_place, limits)
    yield from bottlenecks.of_models(by_model, limits)
    yield from bottlenecks.over_requested(by_model, limits)
    yield from bottlenecks.retired_storage(by_model, retired)


def _unmeasured(found: Gathered) -> tuple[ModelRow, ...]:
    measured = {key for one in found.told for key in one.row.models}
    rows = found.models.values()
    return tuple(row for row in rows if row.state is State.PRODUCTION and row.key not in measured)


def read_trend(
    session: Session,
    wanted: Wanted,
    group: str,
    resource: Resource,
    unit: str,
    work: Work = QUIET,
) -> dict[Measure, tuple[TrendPoint, ...]]:
    """Return each side of a group's resource over a period, a value a day, a week or 30 days.

    An empty ``group`` means all of them together.
    """
    window = window_of(wanted.days)
    with session.workspace.read() as view, pausing():
        model = find_model(view.connection, wanted.model) if wanted.model else None
        found = gather_shared(view, window, wanted.as_of, model, work)
    told = [
        one
        for one in found.told
        if (one.resource, one.unit.name) == (resource, unit)
        and (not group or found.group_of(one, wanted.by) == group)
    ]
    parts = tuple(split(window, _step(window)))
    sides = {one.side for one in told} - {Measure.FORECAST}
    return {side: tuple(_point(told, side, part) for part in parts) for side in sorted(sides)}


def _step(window: Window) -> int:
    days = window.length // 86_400_000
    return 1 if days <= 92 else 7 if days <= 731 else 30


def _point(told: list[Told], side: Measure, part: Window) -> TrendPoint:
    found = _side(told, side, part)
    at = datetime.fromtimestamp(part.first / 1000, UTC)
    return TrendPoint(at, found.value if found is not None else None)

"""When environments run out of what they have, by a forecast of our own on what they used."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.resources.bottlenecks import Bottleneck, Kind
from mlops_desktop.core.resources.forecast import AHEAD, WEEKS, Ahead, Forecast, forecast
from mlops_desktop.core.resources.use import By, Period, Use
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.outside.late import Late
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.resources.gathering import Told, gather, window_of
from mlops_desktop.services.resources.measuring import DAY, Window, averages, measure
from mlops_desktop.services.resources.reading import Wanted
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.unit_of_work import ReadSession

if TYPE_CHECKING:
    import numpy as np
else:
    np = Late("numpy")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a group will use of a resource; ``forecast`` is None where there is not enough data.

    ``ahead`` is what is expected in thirteen weeks. ``used_up`` is the day from which on the
    capacity is expected to be used up, ``earliest`` from when on it may be (90 %); None where not
    within two years, or where no capacity is known.
    """

    group: str
    resource: Resource
    unit: str
    weeks: int
    forecast: Forecast | None
    ahead: Ahead | None = None
    capacity: float | None = None
    used_up: date | None = None
    earliest: date | None = None


def read_outlook(
    session: Session,
    as_of: AsOf,
    by: By = By.ENVIRONMENT,
    model: str | None = None,
    work: Work = QUIET,
) -> tuple[Outlook, ...]:
    """Return what each group will use of each level, environments unless said otherwise.

    Raises ``model.not_found``.
    """
    with session.workspace.read() as view:
        return outlook_in(view, as_of, by, model, work=work)


def read_outlook_of(
    session: Session, wanted: Wanted, use: Use, work: Work = QUIET
) -> Outlook | None:
    """Return what the group of a use will use of it; None for totals, which have no capacity."""
    if use.unit.is_total:
        return None
    with session.workspace.read() as view:
        key = use.group, use.resource, use.unit.name
        found = outlook_in(view, wanted.as_of, wanted.by, wanted.model, key, work)
    return found[0] if found else None


def outlook_in(
    view: ReadSession,
    as_of: AsOf,
    by: By = By.ENVIRONMENT,
    model: str | None = None,
    only: tuple[str, Resource, str] | None = None,
    work: Work = QUIET,
) -> tuple[Outlook, ...]:
    """Return the outlook inside a read session; raises as ``read_outlook``.

    Costs and energy have no capacity that could be used up: they are left out. ``only`` is a
    group, a resource and a unit.
    """
    last = as_of.day - timedelta(days=1)  # whole days, whole weeks
    window = window_of(Period(last - timedelta(days=7 * WEEKS - 1), last))
    key = find_model(view.connection, model) if model else None
    with pausing():
        found = gather(view, window, as_of, key, work=work)
    cells: dict[tuple[str, Resource, str], list[Told]] = defaultdict(list)
    for one in found.told:
        group = found.group_of(one, by)
        if group and not one.unit.is_total and one.side in (Measure.USED, Measure.CAPACITY):
            cells[group, one.resource, one.unit.name].append(one)
    return tuple(
        one
        for cell, told in sorted(cells.items())
        if only in (None, cell)
        for one in _outlook(cell, told, window)
    )


def _outlook(key: tuple[str, Resource, str], told: list[Told], window: Window) -> Iterator[Outlook]:
    used = [one for one in told if one.side is Measure.USED]
    if not used:
        return
    medians = weekly_medians(used, window)
    line, capacity = forecast(medians), _capacity(told, window, key[2])
    if line is None:
        yield Outlook(*key, len(medians), None, capacity=capacity)
        return
    reached = line.reaches(capacity) if capacity else None
    yield Outlook(
        *key,
        line.weeks,
        line,
        line.at(AHEAD),
        capacity,
        _day(window, reached.expected if reached else None),
        _day(window, reached.earliest if reached else None),
    )


def weekly_medians(used: list[Told], window: Window) -> dict[int, float]:
    """Return the median of daily averages by week, the last one 0; a week of none has none."""
    days = averages([one.measured for one in used], window, DAY).reshape(WEEKS, 7)
    weeks = zip(range(1 - WEEKS, 1), (day[~np.isnan(day)] for day in days), strict=True)
    return {week: float(np.median(known)) for week, known in weeks if len(known)}


def _capacity(told: list[Told], window: Window, unit: str) -> float | None:
    side = [one.measured for one in told if one.side is Measure.CAPACITY]
    amount = measure(side, window) if side else None
    return amount.last if amount is not None else 100.0 if unit == "%" else None


def _day(window: Window, week: int | None) -> date | None:
    if week is None:
        return None
    return date(1970, 1, 1) + timedelta(days=window.end // DAY - 1 + 7 * week)


def running_out(found: tuple[Outlook, ...]) -> Iterator[Bottleneck]:
    """Yield what is expected to be above its capacity within thirteen weeks."""
    for one in found:
        if one.ahead is not None and one.capacity and one.ahead.value >= one.capacity:
            share = one.ahead.value / one.capacity
            yield Bottleneck(Kind.TREND_BEYOND, one.group, one.resource, share)

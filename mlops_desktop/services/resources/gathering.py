"""Gathers the series of a period by group, so that nothing is added twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.core.resources.units import Form, Unit, unit_of
from mlops_desktop.core.resources.use import By, Period
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.services.resources.measuring import DAY, Measured, Window
from mlops_desktop.store import series
from mlops_desktop.store.queries import models as model_queries
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.queries.resource_series import ResourceSeries, list_resource_series
from mlops_desktop.store.unit_of_work import ReadSession

_AT_ONCE = 500
_BEFORE = 35 * DAY
"""A point may stand for a month: so much earlier points are read."""
_AHEAD = 750 * DAY
"""How far ahead forecasts are read."""
_PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Told:
    """One series of a resource in a period: whose, which side, and its points.

    ``key`` is by what it was divided among models, where it is a part of what they cost together.
    """

    row: ResourceSeries
    version: str
    unit: Unit
    measured: Measured
    key: str = ""

    @property
    def resource(self) -> Resource:
        """Which resource."""
        return self.row.details.resource or Resource.CPU

    @property
    def side(self) -> Measure:
        """Which side of it; what does not say is what is used."""
        return self.row.details.measure or Measure.USED

    @property
    def environment(self) -> str:
        """Where, as far as the source says."""
        return self.row.details.environment or ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every series of a period once, the models they are about, and who told the same again."""

    told: tuple[Told, ...]
    models: dict[str, ModelRow]
    left_out: dict[tuple[str, ...], tuple[str, ...]]
    """By models, resource and side: the sources whose series of the same are not added."""

    def group_of(self, one: Told, by: By) -> str | None:
        """Return the group a series counts in; None for what belongs to no model."""
        if by is By.ENVIRONMENT:
            return one.environment
        keys = one.row.models
        if not keys:
            return None
        if by is By.OWNER:
            owners = {self.models[key].owner for key in keys if key in self.models}
            return " + ".join(sorted(owners))
        named = " + ".join(self.models[key].id for key in keys if key in self.models)
        return f"{named} {one.version}".strip() if by is By.VERSION else named


def window_of(period: Period) -> Window:
    """Return a period as a window, from the beginning of its first day in UTC."""
    start = datetime.combine(period.first, time.min, tzinfo=UTC)
    end = datetime.combine(period.last, time.min, tzinfo=UTC) + timedelta(days=1)
    return Window(clock.to_milliseconds(start), clock.to_milliseconds(end))


def gather(
    view: ReadSession,
    window: Window,
    as_of: AsOf,
    model: str | None = None,
    environments: frozenset[str] | None = None,
    work: Work = QUIET,
) -> Gathered:
    """Return the series of resources with their points, of one model or of some environments.

    Where several sources tell the same side of a model's resource, the one with the most points
    in the window counts: adding them would count it twice. Raises what ``work`` is stopped with.
    """
    rows = list_resource_series(view.connection, as_of, model)
    if environments is not None:
        rows = tuple(row for row in rows if (row.details.environment or "") in environments)
    models = {row.key: row for row in _models(view, as_of, model)}
    told = list(_with_points(view, rows, window, as_of, work))
    chosen, left_out = _once(told, window)
    return Gathered(chosen, models, left_out)


def _models(view: ReadSession, as_of: AsOf, model: str | None) -> tuple[ModelRow, ...]:
    if model is not None:
        return (model_queries.get_model(view.connection, model, as_of).row,)
    return model_queries.list_models(view.connection, ModelFilter(scope=Scope.ALL, as_of=as_of))


def _with_points(
    view: ReadSession, rows: tuple[ResourceSeries, ...], window: Window, as_of: AsOf, work: Work
) -> Iterable[Told]:
    for start in range(0, len(rows), _AT_ONCE):
        work.require_wanted()
        part = rows[start : start + _AT_ONCE]
        points = series.read_many(
            view.connection,
            [row.id for row in part],
            since=window.first - window.length - _BEFORE,
            until=window.end + _AHEAD,
            as_of=as_of,
        )
        for row in part:
            unit = unit_of(row.details.resource or Resource.CPU, row.details.unit)
            if row.id in points:
                measured = Measured(points[row.id], unit, row.details.interval)
                yield Told(row, _version(row), unit, measured)


def _version(row: ResourceSeries) -> str:
    told = {subject.version for subject in row.details.subjects}
    return (told.pop() or "") if len(told) == 1 else ""


def _once(
    told: list[Told], window: Window
) -> tuple[tuple[Told, ...], dict[tuple[str, ...], tuple[str, ...]]]:
    same: dict[tuple[str, ...], dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for one in told:
        # What a cluster can hold is told of as often as there are kinds of it, never by model.
        key = (*one.row.models, "", one.environment, one.resource.value, one.side.value)
        teller = f"{one.row.source} {_PROCESS}" if _is_process(one) else one.row.source
        same[key][teller].append(one)
    chosen: list[Told] = []
    left_out: dict[tuple[str, ...], tuple[str, ...]] = {}
    for key, by_teller in same.items():
        best = max(sorted(by_teller), key=lambda who: _weight(by_teller[who], window))
        chosen += by_teller[best]
        if len(by_teller) > 1:
            left_out[key] = tuple(who for who in sorted(by_teller) if who != best)
    return tuple(chosen), left_out


def _is_process(one: Told) -> bool:
    return _PROCESS in (one.row.details.metric or "").split("_")


def _weight(told: list[Told], window: Window) -> tuple[bool, int]:
    """Return how much a teller knows: pods before a process, then by points in the window."""
    number = 0
    for one in told:
        times = one.measured.points.times
        number += int(((times >= window.first) & (times < window.end)).sum())
    return number > 0 and not any(_is_process(one) for one in told), number


def shown_unit(units: Iterable[Unit]) -> Unit:
    """Return one unit for what is added up: a total where any part is one."""
    known = list(units)
    total = next((one for one in known if one.is_total), None)
    return Unit(known[0].name, Form.AMOUNT if total is not None else Form.LEVEL)


def is_retired(row: ModelRow) -> bool:
    """Tell whether a model is out of use."""
    return row.state is State.RETIRED

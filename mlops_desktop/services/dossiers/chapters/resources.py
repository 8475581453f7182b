"""Resources: what the model consumed, and the frameworks under it with their ends."""

from datetime import timedelta

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.resources.use import By, Period, Use
from mlops_desktop.dossier.content import Cell, Chapter, Grid, Kind, Missing, Part, Reason, Value
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.resources.frameworks import FrameworkRow, frameworks_in
from mlops_desktop.services.resources.reading import Wanted, resources_in
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 68
_DAYS = 90
_UNITS = frozenset({"cores"})
_COLUMNS = (
    "resource_version",
    "resource_kind",
    "resource_unit",
    "resource_requested",
    "resource_allocated",
    "resource_used",
    "resource_time",
)
_FRAMEWORKS = ("framework_release", "framework_until", "framework_state", "framework_source")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return what was measured of a model, or that nothing was."""
    last = as_of.day
    period = Period(last - timedelta(days=_DAYS - 1), last)
    found = resources_in(view, Wanted(By.VERSION, period, sheet.row.key, as_of))
    frameworks = frameworks_in(view, as_of, sheet.row.key)
    parts = []
    if found.uses:
        rows = tuple(_use(sheet.row.id, one) for one in found.uses)
        parts.append(Part("consumption", grid=Grid(_COLUMNS, rows)))
    if frameworks:
        rows = tuple(_framework(one) for one in frameworks)
        parts.append(Part("frameworks", grid=Grid(_FRAMEWORKS, rows)))
    return Chapter("resources", tuple(parts) or Missing(Reason.NOT_MEASURED))


def _use(model: str, one: Use) -> tuple[Cell, ...]:
    used = one.sides.get(Measure.USED)
    return (
        _version(model, one.group),
        cells.code(f"resource.{one.resource.value}"),
        _unit(one.unit.name),
        *(_amount(one, side) for side in (Measure.REQUESTED, Measure.ALLOCATED, Measure.USED)),
        _share(used.measured) if used is not None else Missing(Reason.NOT_MEASURED),
    )


def _version(model: str, group: str) -> Cell:
    """Return the version that consumed; what is told of no version is the model's as a whole."""
    return (
        cells.code("all_versions")
        if group == model
        else cells.text(group.removeprefix(f"{model} "))
    )


def _unit(name: str) -> Cell:
    if not name:
        return Missing(Reason.NOT_RECORDED)
    return cells.code(f"resource_unit.{name}") if name in _UNITS else cells.text(name)


def _share(part: float) -> Cell:
    return Value(Kind.DECIMAL, f"{part * 100:.12g}"), Value(Kind.TEXT, "%")


def _amount(one: Use, side: Measure) -> Cell:
    """Return how much; money to the cent, as nobody writes it otherwise."""
    amount = one.sides.get(side)
    if amount is None:
        return Missing(Reason.NOT_MEASURED)
    if one.resource is Resource.COST:
        return (Value(Kind.EXACT, f"{amount.value:.2f}"),)
    return (Value(Kind.DECIMAL, f"{amount.value:.12g}"),)


def _framework(one: FrameworkRow) -> tuple[Cell, ...]:
    end = one.end
    return (
        cells.text(f"{one.title} {one.version}"),
        cells.day(end.last_day) if end is not None else Missing(Reason.NOT_RECORDED),
        cells.code(f"support.{one.state.value}"),
        (Value(Kind.TEXT, end.source), Value(Kind.DATE, end.read_on.isoformat()))
        if end is not None
        else Missing(Reason.NOT_RECORDED),
    )

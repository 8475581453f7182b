"""Business goals: what each use of the model is to bring, and what was measured of it.

A model can be right and still miss what it is for; a goal nobody measures is said to be so.
"""

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.use_cases import UseCaseDetails
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.dossier.content import Cell, Chapter, Grid, Kind, Missing, Part, Reason, Value
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.items import label_of
from mlops_desktop.services.dossiers.measured import value_cell
from mlops_desktop.services.items import ItemSheet, read_item
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.monitoring.reading import read_metrics
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 34
_COLUMNS = ("goal_use", "goal_kpi", "goal_target", "goal_value", "goal_on", "goal_state", "page")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return a row for each use that has a goal, with the last value measured."""
    key = sheet.row.key
    wanted = ItemFilter(("use_case",), scope=ItemScope.ALL, models=(key,), as_of=as_of)
    uses = [read_item(view, row.id, as_of) for row in queries.list_items(view.connection, wanted)]
    measured = {
        row.goal.number: row for row in read_metrics(view, key, as_of) if row.goal is not None
    }
    rows = tuple(
        _row(one, details, measured.get(one.row.number))
        for one in uses
        if isinstance(details := one.state.details, UseCaseDetails) and details.kpi
    )
    part = Part("business_goals", grid=Grid(_COLUMNS, rows))
    return Chapter("business_goals", (part,) if rows else cells.NONE)


def _row(use: ItemSheet, details: UseCaseDetails, found: MetricRow | None) -> tuple[Cell, ...]:
    unmeasured = Missing(Reason.NOT_MEASURED)
    return (
        (Value(Kind.BILINGUAL, label_of(use.row)),),
        cells.text(details.kpi or ""),
        _target(details),
        value_cell(found.value, found.unit) if found is not None else unmeasured,
        cells.day(found.at.date()) if found is not None and found.at else unmeasured,
        cells.code(f"metric.{found.state}" if found is not None else "metric.unmeasured"),
        cells.page("monitoring" if found is not None else "use_cases"),
    )


def _target(details: UseCaseDetails) -> Cell:
    if details.target is None:
        return Missing(Reason.NOT_RECORDED)
    side = (Value(Kind.CODE, f"goal.{details.direction}"),) if details.direction else ()
    unit = (Value(Kind.TEXT, details.unit),) if details.unit else ()
    return (*side, Value(Kind.EXACT, details.target), *unit)

"""Permissions: what supervisors were asked and said about versions, obligations and their ends."""

from collections.abc import Iterator
from datetime import date

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.permissions import (
    ObligationMet,
    PermissionAnswered,
    PermissionApplied,
    PermissionNeeded,
)
from mlops_desktop.dossier.content import Cell, Chapter, Field, Grid, Missing, Part, Reason
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.labels import label_in_both
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.permissions import in_use_since
from mlops_desktop.store.queries.permissions import (
    PermissionRow,
    PermissionTelling,
    list_permissions,
)
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 73
_OBLIGATIONS = ("number", "obligation", "due", "obligation_state", "fulfilment")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return a part for each case with a supervisor, in the order they were found to be needed."""
    rows = list_permissions(view.connection, sheet.row.key, as_of)
    return Chapter(
        "permissions", tuple(_part(sheet, row, as_of.day) for row in rows) or cells.NOT_YET
    )


def _part(sheet: ModelSheet, row: PermissionRow, on: date) -> Part:
    labels = {version.key: version.details.version for version in sheet.versions}
    version = labels.get(row.permission.version, row.permission.version)
    label = label_in_both("versions.of", what=row.permission.authority, version=version)
    grid = Grid(_OBLIGATIONS, tuple(_obligations(sheet, row, on))) if row.obligations else None
    return Part("permission", label, tuple(_fields(sheet, row)), grid)


def _fields(sheet: ModelSheet, row: PermissionRow) -> Iterator[Field]:
    one = row.permission
    yield Field("permission_category", cells.code(f"permission.{one.category.value}"))
    yield Field("permission_state", cells.code(f"permission.{one.state.value}"))
    yield Field("permission_environment", cells.environment(one.environment))
    for told in row.told:
        match told.payload:
            case PermissionNeeded(reason=reason):
                yield Field("permission_needed", cells.moment(told.at))
                yield Field("permission_reason", cells.said(reason))
            case PermissionApplied(applied_on=day, reference=reference, document=kept):
                if one.applied_on == day:
                    yield Field("permission_applied", cells.day(day))
                    yield Field("permission_reference", _maybe(reference))
                    yield Field("permission_application", cells.document(kept))
            case PermissionAnswered(answered_on=day, document=kept) if one.answered_on == day:
                yield Field("permission_answered", cells.day(day))
                yield Field("permission_answer", cells.document(kept))
    if one.answered_on is None:
        yield Field("permission_answered", cells.NOT_YET)
    yield Field("permission_in_use", cells.day(in_use_since(sheet, one)))


def _maybe(reference: str | None) -> Cell:
    return cells.text(reference) if reference else Missing(Reason.NOT_RECORDED)


def _obligations(sheet: ModelSheet, row: PermissionRow, on: date) -> Iterator[tuple[Cell, ...]]:
    for number, told in enumerate(row.obligations, 1):
        stand, met = row.permission.obligations[number - 1], row.fulfilment(number)
        late = "overdue" if stand.is_overdue(on) else "open"
        yield (
            cells.count(number),
            cells.said(told.text),
            cells.day(told.due) if told.due else cells.NONE,
            cells.code(f"condition.{'met' if met is not None else late}"),
            _fulfilment(sheet, met) if met is not None else cells.NOT_YET,
        )


def _fulfilment(sheet: ModelSheet, met: PermissionTelling) -> Cell:
    told = met.payload
    comment = told.comment if isinstance(told, ObligationMet) else None
    kept = told.document if isinstance(told, ObligationMet) else None
    return cells.fulfilment(sheet.names, met.person, met.at, kept, comment)

"""What supervisors say at the gate: approved internally, permission pending."""

from collections.abc import Iterator

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.permissions import PermissionState
from mlops_desktop.services.gate_reasons import Place, Reason, reason
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.permissions import PermissionRow, list_permissions
from mlops_desktop.store.queries.versions import VersionRow
from mlops_desktop.store.unit_of_work import ReadSession


def reasons(
    view: ReadSession, sheet: ModelSheet, version: VersionRow, place: Place, as_of: AsOf
) -> Iterator[Reason]:
    """Say no until the permission is there, and where an obligation of it is overdue."""
    for row in list_permissions(view.connection, sheet.row.key, as_of):
        one = row.permission
        if (one.version, one.environment) != (version.key, place.environment):
            continue
        if one.is_blocking:
            refused = one.state is PermissionState.REFUSED
            rule = "permission_refused" if refused else "permission_pending"
            told = one.category.value.replace("_", " ")
            yield reason(rule, category=told, authority=one.authority, state=one.state.value)
        yield from _overdue(row, as_of)


def _overdue(row: PermissionRow, as_of: AsOf) -> Iterator[Reason]:
    pairs = zip(row.permission.obligations, row.obligations, strict=True)
    for obligation, told in pairs:
        if obligation.is_overdue(as_of.day):
            due = obligation.due.isoformat() if obligation.due else ""
            text, authority = told.text.text or "…", row.permission.authority
            yield reason("obligation_overdue", authority=authority, text=text, due=due)

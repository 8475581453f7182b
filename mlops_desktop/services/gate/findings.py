"""What findings and exceptions say at the gate: a grave one overdue, a rule this version breaks."""

from collections.abc import Iterator

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.exceptions import ExceptionDetails
from mlops_desktop.core.events.findings import FindingDetails, Severity
from mlops_desktop.services.gate_reasons import Place, Reason, reason
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.versions import VersionRow
from mlops_desktop.store.unit_of_work import ReadSession


def reasons(
    view: ReadSession, sheet: ModelSheet, version: VersionRow, place: Place, as_of: AsOf
) -> Iterator[Reason]:
    """Say no to a model with an overdue finding of high severity, whose risk nobody accepted.

    And to a version that an open exception names in this environment.
    """
    wanted = ItemFilter(("finding", "exception"), models=(sheet.row.key,), as_of=as_of)
    for one in queries.read_items(view.connection, wanted):
        row, details = one.row, one.state.details
        if isinstance(details, FindingDetails) and _blocks(details, as_of):
            due = details.due.isoformat() if details.due else ""
            yield reason("finding_overdue", id=row.number, title=row.title or "…", due=due)
        elif isinstance(details, ExceptionDetails) and _names(details, version, place, as_of):
            rule = details.rule.value if details.rule else ""
            yield reason("exception_open", id=row.number, exception=rule)


def _blocks(details: FindingDetails, as_of: AsOf) -> bool:
    accepted = details.accepted_until is not None and details.accepted_until >= as_of.day
    is_late = details.due is not None and details.due < as_of.day
    return details.severity is Severity.HIGH and is_late and not accepted


def _names(details: ExceptionDetails, version: VersionRow, place: Place, as_of: AsOf) -> bool:
    accepted = details.accepted_until is not None and details.accepted_until >= as_of.day
    where = f"{version.details.version} {place.environment}"
    elsewhere = None not in {details.entity, place.entity} and details.entity != place.entity
    return details.subject == where and not accepted and not elsewhere

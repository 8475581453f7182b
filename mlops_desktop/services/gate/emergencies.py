"""What emergency changes say at the gate: the version itself until approved, all once overdue."""

from collections.abc import Iterator

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.emergencies import EmergencyState
from mlops_desktop.services.emergencies import read_emergencies
from mlops_desktop.services.gate_reasons import Place, Reason, reason
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.versions import VersionRow
from mlops_desktop.store.unit_of_work import ReadSession


def reasons(
    view: ReadSession, sheet: ModelSheet, version: VersionRow, place: Place, as_of: AsOf
) -> Iterator[Reason]:
    """Say no to the version itself until it is approved, to every version once that is overdue."""
    for stand in read_emergencies(view, sheet.row.key, as_of):
        one = stand.row.emergency
        is_own = one.version == version.key
        if one.environment != place.environment or stand.state is EmergencyState.RATIFIED:
            continue
        if is_own or stand.state is EmergencyState.OVERDUE:
            rule = f"emergency_{stand.state.value}"
            yield reason(rule, day=one.since.isoformat(), due=one.due.isoformat())

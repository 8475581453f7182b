"""What the model's own state says at the gate."""

from collections.abc import Iterator

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.lifecycle import State
from mlops_desktop.services.gate_reasons import Place, Reason, reason
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.versions import VersionRow
from mlops_desktop.store.unit_of_work import ReadSession

_STOPPED = frozenset({State.CANDIDATE, State.REJECTED, State.RETIRED, State.SUSPENDED})


def reasons(
    view: ReadSession, sheet: ModelSheet, version: VersionRow, place: Place, as_of: AsOf
) -> Iterator[Reason]:
    """Say no to what is suspended, retired, rejected, or no model yet."""
    if sheet.state.stage in _STOPPED:
        yield reason("model_stopped", model=sheet.row.id, state=sheet.state.stage.value)

"""What follows from confirmed bad data: every model that learned from it is validated out of turn.

Nothing downstream is written down: who learned from the data is read when it is confirmed, and
read again whenever it is shown. Validations are a matter of models that are still in use.
"""

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.events.incidents import IncidentDetails, IncidentMoved
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.lifecycle import NOT_CURRENT
from mlops_desktop.core.validations import Trigger
from mlops_desktop.services.incidents import read_affected
from mlops_desktop.services.validations import fire
from mlops_desktop.store.unit_of_work import Watch, WriteSession


def _look(work: WriteSession, found: tuple[Event, ...]) -> None:
    for payload in found:
        if isinstance(payload, IncidentMoved) and payload.step == "confirm":
            _validate(work, payload.item)


def _validate(work: WriteSession, item: str) -> None:
    row = queries.current_row(work.connection, item)
    details = queries.current_details(work.connection, item)
    assert isinstance(details, IncidentDetails)
    about = f"{row.number}: {details.dataset or details.pipeline_run}"
    for one in read_affected(work, details).models:
        if one.versions and one.model.state not in NOT_CURRENT:
            fire(work, one.model.node.key, Trigger.DATA_INCIDENT, about)


WATCH = Watch(frozenset({IncidentMoved}), _look)

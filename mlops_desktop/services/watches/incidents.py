"""What follows from confirmed bad data: every model that learned from it is validated out of turn.

Who learned from the data is read when it is confirmed, and again whenever anything tells more of
who learned from what: a model that comes to it later is validated as well, each once an incident.
Validations are a matter of models that are still in use.
"""

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.events.datasets import DatasetObserved
from mlops_desktop.core.events.incidents import (
    IncidentDetails,
    IncidentEdited,
    IncidentMoved,
    IncidentReached,
)
from mlops_desktop.core.events.links import EntryLinked
from mlops_desktop.core.events.pipeline_runs import PipelineRunObserved
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.same_datasets import DatasetJoined, DatasetParted
from mlops_desktop.core.events.versions import (
    VersionChanged,
    VersionObserved,
    VersionRegistered,
    VersionReturned,
)
from mlops_desktop.core.items.incidents import CONFIRMED, INCIDENT
from mlops_desktop.core.lifecycle import NOT_CURRENT
from mlops_desktop.core.validations import Trigger
from mlops_desktop.services.incidents import read_affected
from mlops_desktop.services.validations import Firing, fire_each
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.reached import reached_by
from mlops_desktop.store.unit_of_work import Watch, WriteSession

_TELLING: frozenset[type[Event]] = frozenset({
    IncidentMoved, IncidentEdited, VersionObserved, VersionRegistered, VersionChanged,
    VersionReturned, PipelineRunObserved, DatasetObserved, DatasetJoined, DatasetParted,
    EntryLinked,
})  # fmt: skip


def _look(work: WriteSession, _: tuple[Event, ...]) -> None:
    wanted = ItemFilter((INCIDENT.noun,), stages=(CONFIRMED,))
    for row in queries.list_items(work.connection, wanted):
        _validate(work, row)
        work.rows.flush()


def _validate(work: WriteSession, row: ItemRow) -> None:
    details = queries.current_details(work.connection, row.id)
    assert isinstance(details, IncidentDetails)
    about = f"{row.number}: {details.dataset or details.pipeline_run}"
    known = reached_by(work.connection, row.id)
    for one in read_affected(work, details).models:
        model = one.model.node.key
        if one.versions and one.model.state not in NOT_CURRENT and model not in known:
            fire_each(work, [Firing(model, Trigger.DATA_INCIDENT, about)])
            work.record(IncidentReached(row.id, model))


WATCH = Watch(_TELLING, _look)

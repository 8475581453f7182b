"""What persons said of datasets under several names, a row a saying."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.same_datasets import DatasetJoined, DatasetParted
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.same_datasets import dataset_sayings


@projects(DatasetJoined, DatasetParted)
def project_saying(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what a person said of two names."""
    told = happening.payload
    if not isinstance(told, DatasetJoined | DatasetParted):
        return
    row: Row = {
        "position": happening.position,
        "kind": "joined" if isinstance(told, DatasetJoined) else "parted",
        "name": told.dataset.name,
        "namespace": told.dataset.namespace or "",
        "same_name": told.same_as.name,
        "same_namespace": told.same_as.namespace or "",
        "person": happening.actor.person,
        "effective": clock.to_text(happening.effective),
        "record": records.to_text(told),
    }
    rows.add(dataset_sayings, row)
    rows.touched.add(("dataset", told.dataset.name))

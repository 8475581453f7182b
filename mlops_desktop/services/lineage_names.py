"""What a trace of the history of data can begin with, by name."""

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.lineage_keys import dataset_place
from mlops_desktop.store.queries.lineage_seeds import list_datasets
from mlops_desktop.store.queries.pipelines import list_pipelines


def list_names(session: Session, as_of: AsOf = NOW) -> tuple[str, ...]:
    """Return every dataset, with its namespace, and every pipeline, with its source."""
    with session.workspace.read() as view:
        datasets = [dataset_place(node) for node in list_datasets(view.connection, as_of)]
        rows = list_pipelines(view.connection, as_of)
    return (*datasets, *(f"{row.key.source}/{row.key.name}" for row in rows))

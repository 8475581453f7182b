"""Which names mean one dataset, by what persons said that holds on a date."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.same_datasets import DatasetJoined
from mlops_desktop.core.lineage import Node
from mlops_desktop.core.same_datasets import SameDatasets, same_datasets
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.lineage_keys import dataset_node, limits_of
from mlops_desktop.store.tables.same_datasets import dataset_sayings

_c = dataset_sayings.c


@dataclass(frozen=True, slots=True)
class Joining:
    """A saying that two names are one dataset: by whom, since when and why."""

    dataset: Node
    same_as: Node
    person: str
    since: str
    record: str


def list_joinings(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[Joining, ...]:
    """Return the sayings that hold, the first one first."""
    query = sa.select(dataset_sayings).where(*limits_of(connection, dataset_sayings, as_of))
    held: dict[frozenset[Node], Joining] = {}
    for row in connection.execute(query.order_by(_c.effective, _c.position)):
        node = dataset_node(row.name, row.namespace)
        shown = dataset_node(row.same_name, row.same_namespace)
        pair = frozenset((node, shown))
        held.pop(pair, None)
        if row.kind == "joined":
            held[pair] = Joining(node, shown, row.person, row.effective, row.record)
    return tuple(held.values())


def read_same(connection: sa.Connection, as_of: AsOf = NOW) -> SameDatasets:
    """Return which names mean one dataset."""
    return same_datasets((one.dataset, one.same_as) for one in list_joinings(connection, as_of))


def reason_of(connection: sa.Connection, one: Joining) -> str | None:
    """Return why a person said it; None once it is erased."""
    opened = log.open_commitments(connection, set(records.digests_in(one.record)))
    return records.from_text(DatasetJoined, one.record, opened).reason.text

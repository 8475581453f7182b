"""One dataset whole: its names and states, its checks, what it came from and what came of it."""

from dataclasses import dataclass

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lineage import Node, Way
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.incidents import list_incidents
from mlops_desktop.services.lineage import Dependent, Lineage, dependents, lineage_from
from mlops_desktop.services.lineage_start import states_of
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.data_checks import CheckRow, checks_of
from mlops_desktop.store.queries.lineage_keys import dataset_place
from mlops_desktop.store.queries.lineage_nodes import NodeFacts
from mlops_desktop.store.queries.lineage_seeds import find_datasets
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class AskedDataset:
    """Which dataset, at the state of a digest or at any, which way and how far."""

    named: str
    digest: str | None = None
    way: Way | None = None
    depth: int | None = None
    as_of: AsOf = NOW


@dataclass(frozen=True, slots=True)
class DatasetSheet:
    """A dataset with the last result of each of its checks and the open incidents that reach it.

    ``models`` are those that learned from it, retired ones too, with where they run.
    """

    facts: NodeFacts
    checks: tuple[CheckRow, ...]
    incidents: tuple[str, ...]
    lineage: Lineage
    models: tuple[Dependent, ...]


def show_dataset(session: Session, asked: AskedDataset) -> DatasetSheet:
    """Return a dataset by its name, with its namespace before it where that is needed.

    Raises ``lineage.not_found`` and ``lineage.ambiguous``.
    """
    as_of = asked.as_of
    with session.workspace.read() as view:
        node = _find(view, asked)
        seeds = states_of(view, node, asked.digest, as_of)
        ways = (asked.way,) if asked.way else tuple(Way)
        found = lineage_from(view, seeds, ways, as_of, depth=asked.depth)
        checks = checks_of(view.connection, (node,), as_of).get(node, ())
        reached = tuple(
            one.number
            for one in list_incidents(view, as_of, ItemScope.OPEN)
            if any(stop.node == node for stop in one.affected.lineage.stops)
        )
    (facts,) = (stop.facts for stop in found.stops if stop.node == node)
    return DatasetSheet(facts, checks, reached, found, dependents(found))


def _find(view: ReadSession, asked: AskedDataset) -> Node:
    found = find_datasets(view.connection, asked.named.strip(), asked.as_of)
    if not found:
        raise AppError("lineage.not_found", where="id", name=asked.named)
    if len(found) > 1:
        told = ", ".join(map(dataset_place, found))
        raise AppError("lineage.ambiguous", where="id", name=asked.named, known=told)
    return found[0]

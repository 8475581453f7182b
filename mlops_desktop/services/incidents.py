"""Incidents of data and what lies downstream of them: derived anew at every date, never kept."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.incidents import IncidentDetails
from mlops_desktop.core.items.incidents import INCIDENT
from mlops_desktop.core.lineage import Node, NodeKind, State, Way, trace
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.lineage import (
    Dependent,
    Lineage,
    dependents,
    lineage_from,
    pipeline_key,
)
from mlops_desktop.services.lineage_start import View, states_of, states_of_runs
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import models as model_queries
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.lineage import LineageEdges
from mlops_desktop.store.queries.lineage_keys import PipelineKey
from mlops_desktop.store.queries.lineage_seeds import find_datasets, versions_of
from mlops_desktop.store.queries.pipelines import find_runs


@dataclass(frozen=True, slots=True)
class Affected:
    """What lies downstream of an incident's data.

    Where ``is_known`` is false, no source tells of the dataset or the run: then nothing can be
    said of what lies downstream, which is not the same as nothing lying there.
    """

    lineage: Lineage
    models: tuple[Dependent, ...]
    is_known: bool

    @property
    def serving(self) -> tuple[Dependent, ...]:
        """The models of which a version that learned from the data runs now."""
        return tuple(one for one in self.models if one.serving)


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as lists show it, with what lies downstream."""

    id: str
    number: str
    title: str
    stage: str
    opened: date
    closed: date | None
    details: IncidentDetails
    affected: Affected

    @property
    def is_open(self) -> bool:
        """Whether it still marks what lies downstream."""
        return self.stage not in INCIDENT.closed


def affected_by(session: Session, named: str, as_of: AsOf = NOW) -> Affected:
    """Return what lies downstream of an incident's data; raises ``item.not_found``."""
    with session.workspace.read() as view:
        id = queries.find_item(view.connection, named, INCIDENT)
        details = queries.get_item(view.connection, id, as_of).state.details
        return read_affected(view, details, as_of)


def read_affected(view: View, details: object, as_of: AsOf = NOW) -> Affected:
    """Return what lies downstream of the data that an incident's fields name."""
    assert isinstance(details, IncidentDetails)
    seeds = _seeds(view, details, as_of)
    found = lineage_from(view, seeds, (Way.DOWN,), as_of)
    return Affected(found, dependents(found), bool(seeds))


def _seeds(view: View, details: IncidentDetails, as_of: AsOf) -> tuple[State, ...]:
    found: list[State] = []
    if details.pipeline_run:
        runs = find_runs(view.connection, details.pipeline_run, as_of)
        found += states_of_runs(view, [run.id for run in runs])
    elif details.dataset:
        for node in find_datasets(view.connection, details.dataset, as_of):
            found += states_of(view, node, details.digest, as_of)
    return tuple(found)


def list_incidents(
    view: View, as_of: AsOf = NOW, scope: ItemScope = ItemScope.OPEN
) -> tuple[Incident, ...]:
    """Return incidents with what lies downstream of each, the oldest first."""
    return tuple(_incident(view, one, as_of) for one in _said(view, as_of, scope))


def _said(view: View, as_of: AsOf, scope: ItemScope) -> list[tuple[ItemRow, IncidentDetails]]:
    wanted = ItemFilter((INCIDENT.noun,), scope=scope, as_of=as_of)
    found = []
    for one in queries.read_items(view.connection, wanted):
        assert isinstance(one.state.details, IncidentDetails)
        found.append((one.row, one.state.details))
    return found


def _incident(view: View, said: tuple[ItemRow, IncidentDetails], as_of: AsOf) -> Incident:
    row, details = said
    return Incident(
        row.id,
        row.number,
        row.title,
        row.stage,
        row.opened,
        row.closed,
        details,
        read_affected(view, details, as_of),
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """An incident as it reaches one model: in which of its versions, and what runs of them."""

    incident: Incident
    dependent: Dependent


def marks_of(
    session: Session, model: str, as_of: AsOf = NOW, scope: ItemScope = ItemScope.OPEN
) -> tuple[Mark, ...]:
    """Return the incidents whose data came to a model."""
    with session.workspace.read() as view:
        return read_marks(view, model_queries.find_model(view.connection, model), as_of, scope)


def read_marks(
    view: View, model: str, as_of: AsOf = NOW, scope: ItemScope = ItemScope.ALL
) -> tuple[Mark, ...]:
    """Return the incidents whose data came to a model, by its id, inside a session.

    Whether any can have is asked from the model up, which is little; only then from the data down.
    """
    said = _said(view, as_of, scope)
    if not said:
        return ()
    own = (Node(NodeKind.MODEL, model), *versions_of(view.connection, model, as_of=as_of))
    above = trace(map(State, own), Way.UP, LineageEdges(view.connection, as_of)).distances
    near = [
        one for one in said if any(state.node in above for state in _seeds(view, one[1], as_of))
    ]
    return tuple(
        Mark(incident, one)
        for incident in (_incident(view, one, as_of) for one in near)
        for one in incident.affected.models
        if one.model.node.key == model
    )


def marked_models(session: Session, as_of: AsOf = NOW) -> dict[str, tuple[str, ...]]:
    """Return the numbers of open incidents by the number of each model that they mark."""
    found: dict[str, list[str]] = defaultdict(list)
    with session.workspace.read() as view:
        for incident in list_incidents(view, as_of):
            for one in incident.affected.models:
                found[one.model.id].append(incident.number)
    return {model: tuple(numbers) for model, numbers in sorted(found.items())}


def incidents_by_pipeline(
    incidents: tuple[Incident, ...], written: Mapping[PipelineKey, tuple[Node, ...]]
) -> dict[PipelineKey, tuple[str, ...]]:
    """Return the numbers of incidents by the pipelines that wrote the data or lie downstream."""
    found: dict[PipelineKey, dict[str, None]] = defaultdict(dict)
    for incident in incidents:
        starts = set(incident.affected.lineage.starts)
        for writer, outputs in written.items():
            if starts & set(outputs):
                found[writer][incident.number] = None
        for stop in incident.affected.lineage.of(NodeKind.PIPELINE):
            key = pipeline_key(stop.facts)
            if key is not None:
                found[key][incident.number] = None
    return {key: tuple(numbers) for key, numbers in found.items()}


def marked_nodes(session: Session, as_of: AsOf = NOW) -> dict[Node, tuple[str, ...]]:
    """Return the numbers of open incidents by everything downstream of their data."""
    found: dict[Node, dict[str, None]] = defaultdict(dict)
    with session.workspace.read() as view:
        for incident in list_incidents(view, as_of):
            for stop in incident.affected.lineage.stops:
                found[stop.node][incident.number] = None
    return {node: tuple(numbers) for node, numbers in found.items()}

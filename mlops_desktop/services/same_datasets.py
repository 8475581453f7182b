"""Datasets under several names: a person says that two are one and the same, or takes it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.pipeline_runs import DatasetUse
from mlops_desktop.core.events.same_datasets import DatasetJoined, DatasetName, DatasetParted
from mlops_desktop.core.lineage import Node
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session, must_commit
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.lineage_keys import dataset_name, dataset_node, dataset_place
from mlops_desktop.store.queries.lineage_seeds import find_datasets, list_datasets
from mlops_desktop.store.queries.same_datasets import (
    Joining,
    list_joinings,
    read_same,
    reason_of,
)
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession


@dataclass(frozen=True, slots=True)
class NamedDataset:
    """A dataset as it is shown, and the other names that persons said to mean the same."""

    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sameness:
    """That ``dataset`` is shown as ``same_as``: who said so, since when and why."""

    dataset: str
    same_as: str
    person: str
    since: str
    reason: str | None


def name_datasets(session: Session, as_of: AsOf = NOW) -> tuple[NamedDataset, ...]:
    """Return every dataset that a run or a version read or wrote, with its other names."""
    with session.workspace.read() as view:
        same = read_same(view.connection, as_of)
        nodes = list_datasets(view.connection, as_of)
    return tuple(
        NamedDataset(
            dataset_place(node),
            tuple(dataset_place(one) for one in same.all_of(node) if one != node),
        )
        for node in nodes
    )


def place_of(use: DatasetUse) -> str:
    """Return a dataset that a run read or wrote as people name it, its namespace before it."""
    return dataset_place(dataset_node(use.name, use.namespace))


def other_names(
    session: Session, uses: Iterable[DatasetUse], as_of: AsOf = NOW
) -> dict[str, tuple[str, ...]]:
    """Return the other names of those datasets that have some, by the name a source gave."""
    with session.workspace.read() as view:
        same = read_same(view.connection, as_of)
    nodes = {dataset_node(use.name, use.namespace) for use in uses}
    found = {node: tuple(one for one in same.all_of(node) if one != node) for node in nodes}
    return {
        dataset_place(node): tuple(map(dataset_place, some)) for node, some in found.items() if some
    }


def list_sameness(session: Session, as_of: AsOf = NOW) -> tuple[Sameness, ...]:
    """Return what persons said to be one dataset and holds, the first said first."""
    with session.workspace.read() as view:
        names = people.names(view.connection)
        return tuple(_sameness(view, one, names) for one in list_joinings(view.connection, as_of))


def _sameness(view: ReadSession, one: Joining, names: dict[str, str]) -> Sameness:
    return Sameness(
        dataset_place(one.dataset),
        dataset_place(one.same_as),
        names.get(one.person, ""),
        one.since,
        reason_of(view.connection, one),
    )


@locks_late
def join_datasets(session: Session, dataset: str, same_as: str, *, reason: str) -> Recorded:
    """Say that two names mean one dataset, which is shown as ``same_as`` from now on.

    Raises ``lineage.not_found`` and ``lineage.ambiguous`` for either name,
    ``dataset.reason_missing``, ``dataset.same_already``.
    """
    _refuse_silence(reason)
    with session.workspace.write(session.actor) as work:
        joined = _find(work, dataset, "dataset")
        shown = _find(work, same_as, "same_as")
        if joined == shown:
            raise AppError("dataset.same_already", where="same_as", name=dataset_place(shown))
        work.record(DatasetJoined(_named(joined), _named(shown), must_commit(reason)))
    return Recorded(dataset_place(shown), work.changes)


@locks_late
def part_datasets(session: Session, dataset: str, *, reason: str) -> Recorded:
    """Take back that a name means the same dataset as another.

    Raises ``dataset.reason_missing`` and ``dataset.not_joined``.
    """
    _refuse_silence(reason)
    with session.workspace.write(session.actor) as work:
        known = list_joinings(work.connection)
        meant = [
            one
            for one in known
            if dataset.strip() in (dataset_place(one.dataset), dataset_name(one.dataset)[1])
        ]
        if len(meant) != 1:
            told = ", ".join(dataset_place(one.dataset) for one in meant or known) or "–"
            raise AppError("dataset.not_joined", where="dataset", name=dataset, known=told)
        (one,) = meant
        said = DatasetParted(_named(one.dataset), _named(one.same_as), must_commit(reason))
        work.record(said)
    return Recorded(dataset_place(one.dataset), work.changes)


def _refuse_silence(reason: str) -> None:
    if not reason.strip():
        raise AppError("dataset.reason_missing", where="reason")


def _find(work: WriteSession, named: str, where: str) -> Node:
    found = find_datasets(work.connection, named.strip())
    if not found:
        raise AppError("lineage.not_found", where=where, name=named)
    if len(found) > 1:
        told = ", ".join(map(dataset_place, found))
        raise AppError("lineage.ambiguous", where=where, name=named, known=told)
    return found[0]


def _named(node: Node) -> DatasetName:
    namespace, name = dataset_name(node)
    return DatasetName(name, namespace or None)

"""Where a trace of the history of data can begin: what people mean by what they type."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.lineage import Node, NodeKind
from mlops_desktop.store import records
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.lineage_keys import (
    dataset_name,
    dataset_node,
    dataset_place,
    limits_of,
)
from mlops_desktop.store.queries.observed import things_on
from mlops_desktop.store.queries.same_datasets import read_same
from mlops_desktop.store.tables.lineage import data_uses
from mlops_desktop.store.tables.projected import version_states, versions


def find_datasets(connection: sa.Connection, word: str, as_of: AsOf = NOW) -> tuple[Node, ...]:
    """Return the datasets of that name, with or without namespace, or of that id, by name."""
    c, told = data_uses.c, things_on(connection, as_of)
    used = sa.select(c.name, c.namespace).distinct().where(
        c.role.in_(("read", "written")), sa.or_(c.name == word, c.place == word),
        *limits_of(connection, data_uses, as_of),
    )  # fmt: skip
    rows = [(row.name, row.namespace) for row in connection.execute(used)]
    short = word.rpartition("/")[2]
    meant = sa.or_(told.c.id == word, told.c.name.in_((word, short)))
    listed = sa.select(told.c.id, told.c.name, told.c.record).where(told.c.kind == "dataset", meant)
    for row in connection.execute(listed):
        space = records.from_text(DatasetDetails, row.record).namespace or ""
        node = dataset_node(row.name, space)
        if word in (row.id, row.name, dataset_place(node)):
            rows.append((row.name, space))
    spaces = {space for _, space in rows if space}
    # told without a namespace, it is the one dataset of that name, where there is but one
    nodes = {dataset_node(name, space) for name, space in rows if space or len(spaces) != 1}
    same = read_same(connection, as_of)
    return tuple(sorted({same.of(node) for node in nodes}))


def datasets_named(
    connection: sa.Connection, words: Collection[str], as_of: AsOf = NOW
) -> tuple[Node, ...]:
    """Return every dataset told of that bears one of these names, or one of them in full."""
    c, told = data_uses.c, things_on(connection, as_of)
    query = sa.select(c.name, c.namespace).distinct().where(
        c.role.in_(("read", "written")), *limits_of(connection, data_uses, as_of)
    )  # fmt: skip
    rows = {
        (row.name, row.namespace)
        for column in (c.name, c.place)
        for row in connection.execute(query.where(Among(column, words)))
    }
    listed = sa.select(told.c.name, told.c.record).where(told.c.kind == "dataset")
    for row in connection.execute(listed.where(Among(told.c.name, words))):
        rows.add((row.name, records.from_text(DatasetDetails, row.record).namespace or ""))
    spaced = {name for name, space in rows if space}
    kept = ((name, space) for name, space in rows if space or name not in spaced)
    return tuple(sorted(dataset_node(*one) for one in kept))


def told_by(
    connection: sa.Connection, node: Node, digest: str, as_of: AsOf = NOW
) -> tuple[str, ...]:
    """Return the sources that told of a dataset at a state, under any of its names."""
    c = data_uses.c
    names = {dataset_name(one)[1] for one in read_same(connection, as_of).all_of(node)}
    query = sa.select(c.scheme).distinct().where(c.name.in_(sorted(names)), c.digest == digest)
    return tuple(connection.execute(query.order_by(c.scheme)).scalars())


def versions_of(
    connection: sa.Connection, model: str, label: str | None = None, as_of: AsOf = NOW
) -> tuple[Node, ...]:
    """Return the versions of a model known by then, or the one of that label."""
    query = sa.select(versions.c.id).where(versions.c.model == model)
    if not as_of.is_now:
        known = limits_of(connection, version_states, as_of)
        query = query.where(versions.c.id.in_(sa.select(version_states.c.id).where(*known)))
    if label is not None:
        query = query.where(versions.c.version == label)
    found = connection.execute(query.order_by(versions.c.position)).scalars()
    return tuple(Node(NodeKind.VERSION, key) for key in found)


def own_runs(connection: sa.Connection, rows: Collection[Any]) -> dict[str, str]:
    """Return the runs that are a version's own, by id, with the version that tells of them.

    ``rows`` name each run by ``subject``, its source by ``scheme`` and its id there by ``run``.
    """
    c = data_uses.c
    wanted = {row.run for row in rows if row.run}
    if not wanted:
        return {}
    query = sa.select(c.run, c.scheme, c.subject).where(c.kind == "version", Among(c.run, wanted))
    known = {(row.run, row.scheme): row.subject for row in connection.execute(query)}
    pairs = ((row.subject, known.get((row.run, row.scheme))) for row in rows)
    return {run: version for run, version in pairs if version is not None}


def version_of_runs(connection: sa.Connection, runs: Collection[str]) -> dict[str, str]:
    """Return the versions whose own runs these are, by the id of the run."""
    c = data_uses.c
    query = sa.select(c.subject, c.scheme, c.run).where(
        c.kind == "pipeline_run", Among(c.subject, runs)
    )
    return own_runs(connection, connection.execute(query).all())


def list_datasets(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[Node, ...]:
    """Return every dataset that a run or a version read or wrote, by name."""
    c = data_uses.c
    query = (
        sa.select(c.name, c.namespace)
        .distinct()
        .where(c.role.in_(("read", "written")), *limits_of(connection, data_uses, as_of))
    )
    rows = [(row.name, row.namespace) for row in connection.execute(query)]
    spaced = {name for name, space in rows if space}
    kept = ((name, space) for name, space in rows if space or name not in spaced)
    same = read_same(connection, as_of)
    return tuple(sorted({same.of(dataset_node(*one)) for one in kept}, key=dataset_place))

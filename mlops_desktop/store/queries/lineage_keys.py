"""How the nodes of the history of data are named, and which of their rows hold on a date."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.lineage import Node, NodeKind
from mlops_desktop.store.queries.positions import known_size

_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True, order=True)
class PipelineKey:
    """Which pipeline: its source and its name there."""

    source: str
    name: str


def dataset_node(name: str, namespace: str | None = None) -> Node:
    """Return the node of a dataset: namespace and name are its identity."""
    return Node(NodeKind.DATASET, f"{namespace or ''}{_BETWEEN}{name}")


def dataset_name(node: Node) -> tuple[str, str]:
    """Return namespace and name of a dataset's node."""
    namespace, _, name = node.key.partition(_BETWEEN)
    return namespace, name


def dataset_place(node: Node) -> str:
    """Return a dataset's name with its namespace before it, as people say it."""
    namespace, name = dataset_name(node)
    return f"{namespace.rstrip('/')}/{name}" if namespace else name


def limits_of(
    connection: sa.Connection, table: sa.FromClause, as_of: AsOf
) -> list[sa.ColumnElement[bool]]:
    """Return what keeps rows of states to those recorded and holding by the dates asked for."""
    if as_of.is_now:
        return []
    limits: list[sa.ColumnElement[bool]] = [table.c.position < known_size(connection, as_of)]
    if as_of.at_text is not None:
        limits.append(table.c.effective <= as_of.at_text)
    return limits


def newest_of(
    connection: sa.Connection, table: sa.FromClause, key: str, as_of: AsOf
) -> list[sa.ColumnElement[bool]]:
    """Return what keeps rows of states to the last of each ``key`` by the dates asked for."""
    later = table.alias("later")
    after = sa.or_(
        later.c.effective > table.c.effective,
        sa.and_(later.c.effective == table.c.effective, later.c.position > table.c.position),
    )
    newer = (
        sa.select(sa.literal(1))
        .select_from(later)
        .where(later.c[key] == table.c[key], after, *limits_of(connection, later, as_of))
    )
    return [*limits_of(connection, table, as_of), ~sa.exists(newer.correlate(table))]


def pipeline_node(source: str, pipeline: str, step: str) -> Node:
    """Return the node of a pipeline's step."""
    return Node(NodeKind.PIPELINE, _BETWEEN.join((source, pipeline, step)))


def pipeline_parts(node: Node) -> tuple[str, str, str]:
    """Return source, pipeline and step of a node."""
    source, pipeline, step = node.key.split(_BETWEEN)
    return source, pipeline, step

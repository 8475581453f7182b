"""Pipelines out: derived from their runs, with what persons said of them, as of any date."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.lineage import Node
from mlops_desktop.core.pipelines import Outcome
from mlops_desktop.store import records
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.lineage_keys import (
    PipelineKey,
    dataset_node,
    limits_of,
    newest_of,
)
from mlops_desktop.store.queries.same_datasets import read_same
from mlops_desktop.store.tables.lineage import data_uses, pipeline_runs
from mlops_desktop.store.tables.observed import observed_states
from mlops_desktop.store.tables.projected import sources


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run with all that its source told of it; ``at`` is when it held, the source's time."""

    id: str
    native_id: str
    pipeline: PipelineKey
    step: str
    outcome: Outcome
    at: str
    details: PipelineRunDetails
    seen_digest: str
    seen_at: str


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """A pipeline over its runs: how many, how many failed, when one last ended well."""

    key: PipelineKey
    steps: tuple[str, ...]
    runs: int
    failures: int
    last_at: str
    goods: tuple[str | None, ...]
    """When a run of each step last ended well."""
    lasts: tuple[str, ...] = ()
    """When each step last ran at all."""


_c = pipeline_runs.c


def list_pipelines(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[PipelineRow, ...]:
    """Return every pipeline that ran, by name, then source."""
    ended = sa.func.coalesce(_c.ended, _c.effective)
    has_been = ended <= clock.to_text(clock.horizon())  # one dated ahead would never be late
    good = sa.case((sa.and_(_c.outcome == Outcome.SUCCEEDED.value, has_been), ended))
    query = (
        sa.select(
            _c.source, _c.pipeline, _c.step,
            sa.func.count().label("runs"),
            sa.func.sum(sa.case((_c.outcome == Outcome.FAILED.value, 1), else_=0)).label("failed"),
            sa.func.max(_c.effective).label("last_at"),
            sa.func.max(good).label("last_good"),
        )
        .where(*newest_of(connection, pipeline_runs, "id", as_of))
        .group_by(_c.source, _c.pipeline, _c.step)
    )  # fmt: skip
    steps: dict[PipelineKey, list[Any]] = defaultdict(list)
    for row in connection.execute(query.order_by(_c.pipeline, _c.source, _c.step)):
        steps[PipelineKey(row.source, row.pipeline)].append(row)
    return tuple(_pipeline(key, rows) for key, rows in steps.items())


def _pipeline(key: PipelineKey, rows: list[Any]) -> PipelineRow:
    return PipelineRow(
        key,
        tuple(row.step for row in rows),
        sum(row.runs for row in rows),
        int(sum(row.failed for row in rows)),
        max(row.last_at for row in rows),
        tuple(row.last_good for row in rows),
        tuple(row.last_at for row in rows),
    )


def list_runs(
    connection: sa.Connection,
    key: PipelineKey,
    as_of: AsOf = NOW,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[RunRow, ...]:
    """Return the runs of a pipeline, the latest first."""
    query = _runs(connection, as_of).where(_c.source == key.source, _c.pipeline == key.name)
    query = query.order_by(_c.effective.desc(), _c.position.desc(), _c.id).offset(offset)
    found = connection.execute(query.limit(limit) if limit is not None else query)
    return tuple(map(_run, found))


def get_runs(
    connection: sa.Connection, ids: Collection[str], as_of: AsOf = NOW
) -> tuple[RunRow, ...]:
    """Return runs by id, the latest first."""
    query = _runs(connection, as_of).where(Among(_c.id, ids))
    return tuple(map(_run, connection.execute(query.order_by(_c.effective.desc(), _c.id))))


def last_runs(
    connection: sa.Connection, as_of: AsOf = NOW
) -> dict[PipelineKey, tuple[RunRow, ...]]:
    """Return the latest run of every step, by pipeline, steps by name; dated ahead is last."""
    held = sa.func.coalesce(_c.ended, _c.effective)
    is_ahead = sa.case((held > clock.to_text(clock.horizon()), 1), else_=0)
    place = sa.func.row_number().over(
        partition_by=(_c.source, _c.pipeline, _c.step),
        order_by=(is_ahead, _c.effective.desc(), _c.position.desc(), _c.id),
    )
    newest = newest_of(connection, pipeline_runs, "id", as_of)
    ranked = sa.select(_c.id, place.label("place")).where(*newest).subquery("ranked")
    latest = sa.select(ranked.c.id).where(ranked.c.place == 1)
    found: dict[PipelineKey, list[RunRow]] = defaultdict(list)
    query = _runs(connection, as_of).where(_c.id.in_(latest)).order_by(_c.step)
    for row in map(_run, connection.execute(query)):
        found[row.pipeline].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _runs(connection: sa.Connection, as_of: AsOf) -> sa.Select[Any]:
    told = observed_states.c
    return (
        sa.select(pipeline_runs, told.record, told.seen_digest, told.seen_at)
        .join(observed_states, sa.and_(told.id == _c.id, told.position == _c.position))
        .where(*newest_of(connection, pipeline_runs, "id", as_of))
    )


def _run(row: Any) -> RunRow:
    return RunRow(
        id=row.id,
        native_id=row.native_id,
        pipeline=PipelineKey(row.source, row.pipeline),
        step=row.step,
        outcome=Outcome(row.outcome),
        at=row.effective,
        details=records.from_text(PipelineRunDetails, row.record),
        seen_digest=row.seen_digest,
        seen_at=row.seen_at,
    )


def find_runs(connection: sa.Connection, native_id: str, as_of: AsOf = NOW) -> tuple[RunRow, ...]:
    """Return the runs that bear an id at their sources, or here."""
    meant = sa.or_(_c.native_id == native_id, _c.id == native_id)
    return tuple(map(_run, connection.execute(_runs(connection, as_of).where(meant))))


def written_by(connection: sa.Connection, as_of: AsOf = NOW) -> dict[PipelineKey, tuple[Node, ...]]:
    """Return the datasets that each pipeline ever wrote, by name."""
    uses = data_uses.c
    query = (
        sa.select(_c.source, _c.pipeline, uses.name, uses.namespace)
        .distinct()
        .join(data_uses, uses.subject == _c.id)
        .where(uses.role == "written", *limits_of(connection, pipeline_runs, as_of))
    )
    same = read_same(connection, as_of)
    found: dict[PipelineKey, dict[Node, None]] = defaultdict(dict)
    for row in connection.execute(query.order_by(uses.name, uses.namespace)):
        key = PipelineKey(row.source, row.pipeline)
        found[key][same.of(dataset_node(row.name, row.namespace))] = None
    return {key: tuple(nodes) for key, nodes in found.items()}


def roles_by(connection: sa.Connection, as_of: AsOf = NOW) -> dict[PipelineKey, frozenset[str]]:
    """Return what the runs of each pipeline ever did: read, written, made."""
    uses = data_uses.c
    query = (
        sa.select(_c.source, _c.pipeline, uses.role)
        .distinct()
        .join(data_uses, uses.subject == _c.id)
        .where(uses.role != "none", *limits_of(connection, pipeline_runs, as_of))
    )
    found: dict[PipelineKey, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        found[PipelineKey(row.source, row.pipeline)].add(row.role)
    return {key: frozenset(roles) for key, roles in found.items()}


def find_pipelines(
    connection: sa.Connection, named: str, as_of: AsOf = NOW
) -> tuple[PipelineKey, ...]:
    """Return the pipelines of a name, with or without their source before it."""
    source, _, name = named.partition("/")
    meant = sa.or_(_c.pipeline == named, sa.and_(_c.source == source, _c.pipeline == name))
    query = (
        sa.select(_c.source, _c.pipeline)
        .distinct()
        .where(meant, *limits_of(connection, pipeline_runs, as_of))
    )
    return tuple(sorted(PipelineKey(*row) for row in connection.execute(query)))


def whole_sources(connection: sa.Connection) -> frozenset[str]:
    """Return the names of the sources that were read to their end when they were last read."""
    c = sources.c
    query = sa.select(c.name).where(c.completed_at.is_not(None), c.completed_at == c.synced_at)
    return frozenset(connection.execute(query).scalars())


def run_ids(connection: sa.Connection, key: PipelineKey, as_of: AsOf = NOW) -> tuple[str, ...]:
    """Return the ids of all runs of a pipeline."""
    query = sa.select(_c.id).distinct().where(
        _c.source == key.source, _c.pipeline == key.name,
        *limits_of(connection, pipeline_runs, as_of),
    )  # fmt: skip
    return tuple(connection.execute(query.order_by(_c.id)).scalars())


def pipelines_of(
    connection: sa.Connection, ids: Collection[str], as_of: AsOf = NOW
) -> dict[str, tuple[PipelineKey, str]]:
    """Return the pipeline and the step of runs by id."""
    query = sa.select(_c.id, _c.source, _c.pipeline, _c.step).where(
        *newest_of(connection, pipeline_runs, "id", as_of)
    )
    return {
        row.id: (PipelineKey(row.source, row.pipeline), row.step)
        for row in connection.execute(query.where(Among(_c.id, ids)))
    }

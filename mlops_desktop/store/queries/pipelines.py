"""Pipelines out: derived from their runs, with what persons said of them, as of any date."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.events.pipelines import PipelineDescribed, PipelineExpected
from mlops_desktop.core.lineage import Node
from mlops_desktop.core.pipelines import Outcome
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.lineage_keys import dataset_node, limits_of, newest_of
from mlops_desktop.store.tables.lineage import data_uses, pipeline_runs, pipeline_sayings
from mlops_desktop.store.tables.observed import observed_states


@dataclass(frozen=True, slots=True, order=True)
class PipelineKey:
    """Which pipeline: its source and its name there."""

    source: str
    name: str


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

    @property
    def last_good(self) -> str | None:
        """When it last ended well: it is as fresh as the stalest of its steps."""
        return None if None in self.goods else min(filter(None, self.goods))


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person said of a pipeline, who and since when."""

    person: str
    since: str
    minutes: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Sayings:
    """What persons said that still holds: intervals by pipeline, words by pipeline and step."""

    expected: dict[PipelineKey, Saying]
    described: dict[tuple[PipelineKey, str | None], Saying]


_c = pipeline_runs.c


def list_pipelines(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[PipelineRow, ...]:
    """Return every pipeline that ran, by name, then source."""
    good = sa.case(
        (_c.outcome == Outcome.SUCCEEDED.value, sa.func.coalesce(_c.ended, _c.effective))
    )
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
    """Return the latest run of every step, by pipeline, steps by name."""
    place = sa.func.row_number().over(
        partition_by=(_c.source, _c.pipeline, _c.step),
        order_by=(_c.effective.desc(), _c.position.desc(), _c.id),
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
    found: dict[PipelineKey, list[Node]] = defaultdict(list)
    for row in connection.execute(query.order_by(uses.name, uses.namespace)):
        key = PipelineKey(row.source, row.pipeline)
        found[key].append(dataset_node(row.name, row.namespace))
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


def read_sayings(connection: sa.Connection, as_of: AsOf = NOW) -> Sayings:
    """Return what persons said of pipelines that holds by the dates asked for."""
    c = pipeline_sayings.c
    query = sa.select(pipeline_sayings).where(*limits_of(connection, pipeline_sayings, as_of))
    rows = list(connection.execute(query.order_by(c.effective, c.position)))
    marks = {digest for row in rows for digest in records.digests_in(row.record)}
    opened = log.open_commitments(connection, marks) if marks else {}
    said = Sayings({}, {})
    for row in rows:
        _take(said, row, opened)
    return said


def _take(said: Sayings, row: Any, opened: dict[str, str]) -> None:
    key = PipelineKey(row.source, row.pipeline)
    if row.kind == "expected":
        reason = records.from_text(PipelineExpected, row.record, opened).reason
        text = reason.text if reason else None
        said.expected[key] = Saying(row.person, row.effective, row.minutes, text)
    else:
        words = records.from_text(PipelineDescribed, row.record, opened).text
        said.described[key, row.step] = Saying(row.person, row.effective, text=words.text)


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

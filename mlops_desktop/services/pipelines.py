"""Pipelines as their runs tell of them: fresh or late, failing or not, what they read and wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.events.pipelines import PipelineDescribed, PipelineExpected
from mlops_desktop.core.lineage import Node
from mlops_desktop.core.pipelines import (
    OVERDUE,
    Freshness,
    Outcome,
    PipelineKind,
    Standing,
    kind_by,
    stand_whole,
)
from mlops_desktop.core.quality import worst
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.incidents import Incident, incidents_by_pipeline, list_incidents
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.lineage_start import View
from mlops_desktop.services.pipeline_steps import ended_step, stand_steps, whole_sources
from mlops_desktop.services.session import Recorded, Session, commit_text, must_commit
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries import pipelines as queries
from mlops_desktop.store.queries.data_checks import CheckRow, checks_of
from mlops_desktop.store.queries.lineage_keys import PipelineKey
from mlops_desktop.store.queries.pipeline_sayings import Saying, Sayings, read_sayings
from mlops_desktop.store.queries.pipelines import PipelineRow, RunRow
from mlops_desktop.store.unit_of_work import WriteSession

__all__ = ["CheckRow", "PipelineKey", "RunRow"]

_MINUTES = range(1, 527_041)
"""Up to a year and a day."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline as lists show it.

    ``outcome`` is the worst of the last runs of its steps; ``verdict`` the worst of the last
    checks of what it writes, None where nobody checked; ``incidents`` are numbers of open ones.
    """

    key: PipelineKey
    kind: PipelineKind
    steps: tuple[str, ...]
    owner: str | None
    description: str | None
    minutes: int | None
    standing: Standing
    standings: Mapping[str, Standing]
    outcome: Outcome
    last: RunRow | None
    last_good: str | None
    runs: int
    failures: int
    outputs: tuple[Node, ...]
    checks: tuple[CheckRow, ...]
    verdict: Verdict | None
    incidents: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What people type: the source and the name."""
        return f"{self.key.source}/{self.key.name}"

    @property
    def needs_looking(self) -> bool:
        """Whether it is late, failed, or what it writes did not pass."""
        bad = (Verdict.FAILED, Verdict.ERROR)
        late = self.standing.freshness in OVERDUE | {Freshness.NO_LONGER_SEEN}
        return late or self.outcome is Outcome.FAILED or self.verdict in bad


def list_pipelines(session: Session, as_of: AsOf = NOW) -> tuple[Pipeline, ...]:
    """Return every pipeline that ran, by name, as of the dates asked for."""
    with session.workspace.read() as view:
        return read_pipelines(view, as_of)


def read_pipelines(view: View, as_of: AsOf = NOW) -> tuple[Pipeline, ...]:
    """Return every pipeline inside a session."""
    written = queries.written_by(view.connection, as_of)
    incidents = incidents_by_pipeline(list_incidents(view, as_of), written)
    facts = _Facts(
        read_sayings(view.connection, as_of),
        queries.last_runs(view.connection, as_of),
        written,
        queries.roles_by(view.connection, as_of),
        incidents,
        moment_of(as_of),
        whole_sources(view, as_of),
    )
    nodes = {node for some in facts.outputs.values() for node in some}
    checks = checks_of(view.connection, nodes, as_of)
    rows = queries.list_pipelines(view.connection, as_of)
    return tuple(_pipeline(row, facts, checks) for row in rows)


@dataclass(frozen=True, slots=True)
class _Facts:
    said: Sayings
    last: dict[PipelineKey, tuple[RunRow, ...]]
    outputs: dict[PipelineKey, tuple[Node, ...]]
    roles: dict[PipelineKey, frozenset[str]]
    incidents: dict[PipelineKey, tuple[str, ...]]
    moment: datetime
    whole: frozenset[str] | None


def moment_of(as_of: AsOf) -> datetime:
    """Return the moment at which lateness is judged: now, or the end of the day shown."""
    if as_of.is_now or as_of.day == clock.today():
        return clock.now()
    return datetime.combine(as_of.day, time.max, tzinfo=UTC)


def _pipeline(
    row: PipelineRow, facts: _Facts, checked: dict[Node, tuple[CheckRow, ...]]
) -> Pipeline:
    key, every = row.key, facts.last.get(row.key, ())
    expected = facts.said.expected.get(key)
    minutes = expected.minutes if expected else None
    outputs = facts.outputs.get(key, ())
    checks = tuple(dict.fromkeys(one for node in outputs for one in checked.get(node, ())))
    is_whole = facts.whole is None or key.source in facts.whole
    stands = stand_steps(row, facts.said, _interval(minutes), facts.moment, is_whole=is_whole)
    going = [run for run in every if stands[run.step].freshness is not Freshness.ENDED]
    runs = tuple(going) or every
    return Pipeline(
        key=key,
        kind=kind_by(facts.roles.get(key, frozenset())),
        steps=row.steps,
        owner=next((run.details.owner for run in runs if run.details.owner), None),
        description=_described(key, None, facts.said, runs if len(row.steps) == 1 else ()),
        minutes=minutes,
        standing=stand_whole(stands.values()),
        standings=stands,
        outcome=min((run.outcome for run in runs), key=tuple(Outcome).index),
        last=max(runs, key=lambda run: run.at, default=None),
        last_good=_last_good(row, {run.step for run in runs}),
        runs=row.runs,
        failures=row.failures,
        outputs=outputs,
        checks=checks,
        verdict=worst(one.verdict for one in checks),
        incidents=facts.incidents.get(key, ()),
    )


def _last_good(row: PipelineRow, steps: set[str]) -> str | None:
    """Return since when all ``steps`` have ended well; None where one never did."""
    goods = [good for name, good in zip(row.steps, row.goods, strict=True) if name in steps]
    return None if None in goods else min(filter(None, goods), default=None)


def _described(
    key: PipelineKey, step: str | None, said: Sayings, runs: Iterable[RunRow]
) -> str | None:
    """Return a person's words, else the source's."""
    by_person = said.described.get((key, step))
    if by_person is not None and by_person.text:
        return by_person.text
    return next((run.details.description for run in runs if run.details.description), None)


def _interval(minutes: int | None) -> timedelta | None:
    return timedelta(minutes=minutes) if minutes else None


@dataclass(frozen=True, slots=True)
class StepSheet:
    """A step: what it does and who says so (None: its source), and its last run.

    ``ended`` is what a person said of one that no longer runs, ``ended_by`` who.
    """

    name: str
    description: str | None
    described_by: str | None
    standing: Standing
    last: RunRow
    ended: Saying | None = None
    ended_by: str | None = None


@dataclass(frozen=True, slots=True)
class PipelineSheet:
    """A pipeline whole: its steps, its latest runs, the checks of what it writes, incidents."""

    pipeline: Pipeline
    expected_by: str | None
    expected_since: str | None
    steps: tuple[StepSheet, ...]
    runs: tuple[RunRow, ...]
    checks: tuple[tuple[Node, tuple[CheckRow, ...]], ...]
    incidents: tuple[Incident, ...]


def show_pipeline(
    session: Session, named: str, as_of: AsOf = NOW, *, runs: int = 50
) -> PipelineSheet:
    """Return a pipeline by its name, with its source before it where that is needed.

    Raises ``pipeline.not_found`` and ``lineage.ambiguous``.
    """
    with session.workspace.read() as view:
        key = find_pipeline(view, named, as_of)
        (found,) = (one for one in read_pipelines(view, as_of) if one.key == key)
        said = read_sayings(view.connection, as_of)
        last = queries.last_runs(view.connection, as_of)[key]
        names = people.names(view.connection)
        expected = said.expected.get(key)
        checks = checks_of(view.connection, found.outputs, as_of)
        incidents = list_incidents(view, as_of, ItemScope.ALL)
        by_number = {one.number: one for one in incidents}
        touching = incidents_by_pipeline(incidents, {key: found.outputs})
        return PipelineSheet(
            found,
            names.get(expected.person) if expected else None,
            expected.since if expected else None,
            tuple(_step(run, found, said, names) for run in last),
            queries.list_runs(view.connection, key, as_of, limit=runs),
            tuple((node, checks.get(node, ())) for node in found.outputs),
            tuple(by_number[one] for one in touching.get(key, ())),
        )


def _step(run: RunRow, pipeline: Pipeline, said: Sayings, names: dict[str, str]) -> StepSheet:
    by_person: Saying | None = said.described.get((pipeline.key, run.step))
    own = by_person if by_person and by_person.text else None
    ended = ended_step(said, pipeline.key, run.step, run.at)
    return StepSheet(
        run.step,
        _described(pipeline.key, run.step, said, (run,)),
        names.get(own.person) if own else None,
        pipeline.standings[run.step],
        run,
        ended,
        names.get(ended.person) if ended else None,
    )


def find_pipeline(view: View, named: str, as_of: AsOf = NOW) -> PipelineKey:
    """Return the pipeline of a name; raises ``pipeline.not_found``, ``lineage.ambiguous``."""
    found = queries.find_pipelines(view.connection, named.strip(), as_of)
    if not found:
        raise AppError("pipeline.not_found", where="id", name=named)
    if len(found) > 1:
        told = ", ".join(f"{key.source}/{key.name}" for key in found)
        raise AppError("lineage.ambiguous", where="id", name=named, known=told)
    return found[0]


@locks_late
def expect_pipeline(
    session: Session, named: str, minutes: int | None, *, reason: str | None = None
) -> Recorded:
    """Say within how many minutes a pipeline is to end well again; None expects nothing.

    Raises ``pipeline.not_found``, ``pipeline.interval_refused``, ``pipeline.nothing_changed``.
    """
    if minutes is not None and minutes not in _MINUTES:
        raise AppError("pipeline.interval_refused", where="every", value=minutes)
    with session.workspace.write(session.actor) as work:
        key = find_pipeline(work, named)
        before = read_sayings(work.connection).expected.get(key)
        if (before.minutes if before else None) == minutes:
            raise AppError("pipeline.nothing_changed", where="every")
        work.record(PipelineExpected(key.source, key.name, minutes, commit_text(reason)))
    return Recorded(f"{key.source}/{key.name}", work.changes)


@locks_late
def describe_pipeline(
    session: Session, named: str, text: str, *, step: str | None = None
) -> Recorded:
    """Say in plain words what a pipeline does, or one of its steps; blank leaves it to the source.

    Raises ``pipeline.not_found``, ``pipeline.step_not_found``.
    """
    with session.workspace.write(session.actor) as work:
        key = find_pipeline(work, named)
        _check_step(work, key, step)
        work.record(PipelineDescribed(key.source, key.name, must_commit(text), step))
    return Recorded(f"{key.source}/{key.name}", work.changes)


def _check_step(work: WriteSession, key: PipelineKey, step: str | None) -> None:
    known = [run.step for run in queries.last_runs(work.connection)[key]]
    if step is not None and step not in known:
        raise AppError("pipeline.step_not_found", where="step", name=step, known=", ".join(known))

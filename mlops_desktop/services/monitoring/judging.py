"""Holds measurements against what is in force, inside the write session that brought them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

import mlops_desktop.store.queries.monitoring as queries
from mlops_desktop.core import clock
from mlops_desktop.core.events.series import PointsIngested, SeriesDetails
from mlops_desktop.core.events.thresholds import Evaluation, SeriesEvaluated
from mlops_desktop.core.monitoring import ThresholdVersion, in_force, metric_key, segment_text
from mlops_desktop.services.monitoring.breaches import Cause, Judgement, follow_each
from mlops_desktop.services.monitoring.goals import fire_missed
from mlops_desktop.services.monitoring.runs import Judged, judge_against, judge_points
from mlops_desktop.store import series
from mlops_desktop.store.chunks import Points
from mlops_desktop.store.queries.monitoring import Goal, SeriesFacts
from mlops_desktop.store.unit_of_work import WriteSession

_AT_ONCE = 100
"""How many evaluations stand in one event."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What values are held against: thresholds and goals, by model and metric."""

    thresholds: Mapping[tuple[str, str], list[ThresholdVersion]]
    goals: Mapping[tuple[str, str], list[Goal]]

    def concern(self, one: SeriesFacts) -> bool:
        """Tell whether anything is set for the metric of a series."""
        keys = ((model, key_of(one.details)) for model in one.models)
        return any(key in self.thresholds or key in self.goals for key in keys)


@dataclass(frozen=True, slots=True)
class _Told:
    """A series with the points to be judged; ``is_anew`` says that what holds is new, not they."""

    facts: SeriesFacts
    points: Points
    cause: Cause = field(default_factory=Cause)
    is_anew: bool = False

    @property
    def segment(self) -> str:
        """The segment it is about, "" for all."""
        return segment_text(self.facts.details.segment)


def key_of(details: SeriesDetails) -> str:
    """Return what makes two spellings of the metric of a series the same."""
    return metric_key(metric_of(details))


def metric_of(details: SeriesDetails) -> str:
    """Return the metric of a series, its name where it says none."""
    return details.metric or details.name or ""


def judge_batch(work: WriteSession, batch: PointsIngested) -> None:
    """Evaluate the points of a batch that are not older than what was evaluated before."""
    rules = _read_rules(work)
    if not rules.thresholds and not rules.goals:
        return
    ids = queries.series_of(work.connection, batch.batch)
    about = [one for one in queries.known_series(work.connection, ids) if rules.concern(one)]
    found = series.read_batch(work.connection, batch.batch, [one.id for one in about])
    known = _last_at(queries.last_evaluations(work.connection, [one.id for one in about]))
    told = [
        _Told(one, _newer(points, known.get(one.id)), Cause(batch.batch, digest))
        for one in about
        for points, digest in (found[one.id],)
    ]
    _judge(work, rules, told, batch.batch)


def judge_anew(work: WriteSession, wanted: Collection[tuple[str, str]]) -> None:
    """Hold the last values against what is in force now, for these models and metrics."""
    models = {model for model, _ in wanted}
    about = [
        one
        for one in queries.series_about(work.connection, models)
        if any((model, key_of(one.details)) in wanted for model in one.models)
    ]
    points = series.last_measured(work.connection, [one.id for one in about], most=1)
    last = {id: Points(some.times[-1:], some.values[-1:]) for id, some in points.items()}
    told = [_Told(one, last[one.id], is_anew=True) for one in about if one.id in last]
    _judge(work, _read_rules(work), told, None)


def _read_rules(work: WriteSession) -> _Rules:
    thresholds: dict[tuple[str, str], list[ThresholdVersion]] = defaultdict(list)
    for version in queries.list_thresholds(work.connection):
        thresholds[version.model, metric_key(version.metric)].append(version)
    goals: dict[tuple[str, str], list[Goal]] = defaultdict(list)
    for goal in queries.list_goals(work.connection):
        for model in goal.models:
            goals[model, metric_key(goal.metric)].append(goal)
    return _Rules(thresholds, goals)


def _last_at(known: Mapping[tuple[str, str], Evaluation]) -> dict[str, datetime]:
    """Return the time of the last value of each series that was held against anything."""
    found: dict[str, datetime] = {}
    for (id, _), one in known.items():
        found[id] = max(one.at, found.get(id, one.at))
    return found


def _newer(points: Points, last: datetime | None) -> Points:
    """Return the points from the last evaluated one on; one that is told anew counts again."""
    points = points.before(clock.to_milliseconds(clock.horizon()))
    if last is None:
        return points
    start = int(points.times.searchsorted(clock.to_milliseconds(last)))
    return Points(points.times[start:], points.values[start:])


def _judge(work: WriteSession, rules: _Rules, told: Iterable[_Told], batch: str | None) -> None:
    now = clock.now()
    found: list[Evaluation] = []
    judgements: list[Judgement] = []
    for one in told:
        for model in one.facts.models:
            if versions := rules.thresholds.get((model, key_of(one.facts.details))):
                judgements.append(_by_thresholds(versions, one, model, now))
                found += (_evaluation(one, model, item) for item in judgements[-1].judged)
            found += _by_goals(rules, one, model)
    follow_each(work, judgements)
    goals = [*chain(*rules.goals.values())]
    fire_missed(work, goals, found)  # compares with what is on record before
    for start in range(0, len(found), _AT_ONCE):
        work.record(SeriesEvaluated(tuple(found[start : start + _AT_ONCE]), batch))
    work.rows.flush()  # who asks next whether a series was evaluated must see it


def _by_thresholds(
    versions: Sequence[ThresholdVersion], one: _Told, model: str, now: datetime
) -> Judgement:
    current = in_force(versions, one.segment, now)
    if one.is_anew:
        judged = judge_against(current, one.points) if current is not None else ()
    else:
        judged = judge_points(versions, one.segment, one.points, now)
    is_over = one.is_anew and current is None
    return Judgement(one.facts, model, judged, one.cause, is_over)


def _by_goals(rules: _Rules, one: _Told, model: str) -> Iterator[Evaluation]:
    if one.segment:  # a goal is set for the whole use
        return
    for goal in rules.goals.get((model, key_of(one.facts.details)), ()):
        version = ThresholdVersion(
            goal.item, model, goal.metric, "", goal.bounds, goal.since, 0, "", goal.since
        )
        for item in judge_against(version, one.points):
            yield _evaluation(one, model, item, goal.item)


def _evaluation(one: _Told, model: str, item: Judged, goal: str | None = None) -> Evaluation:
    version = item.version
    assert version.bounds is not None
    against = None if goal else version.threshold
    return Evaluation(
        one.facts.id, model, item.at, item.value, item.level,
        version.bounds, version.since, against, goal,
    )  # fmt: skip

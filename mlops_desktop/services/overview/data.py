"""What a data engineer reads: pipelines that are late or failed, and data that did not pass."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import CheckCase, Verdict
from mlops_desktop.core.lineage import Way as Direction
from mlops_desktop.core.pipelines import OVERDUE, Freshness, Outcome
from mlops_desktop.core.quality import completeness
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.lineage import dependents, lineage_from
from mlops_desktop.services.lineage_start import states_of
from mlops_desktop.services.overview.cards import (
    Amount,
    Card,
    Cell,
    Column,
    Figure,
    Figures,
    Look,
    Marked,
    Mood,
    Row,
    Said,
    Table,
    Wait,
    Waits,
    Way,
    said,
)
from mlops_desktop.services.overview.values import amount
from mlops_desktop.services.pipeline_filtering import filter_pipelines
from mlops_desktop.services.pipelines import CheckRow, Pipeline, read_pipelines
from mlops_desktop.store.unit_of_work import ReadSession

_BAD = frozenset({Verdict.FAILED, Verdict.ERROR})
_TRACED = 6
"""Of so many pipelines is said which models hang on them; the page of each says it of all."""
_MODELS = 6
_ROWS = 60
_E = TypeVar("_E", bound=StrEnum)
_HOURS = timedelta(hours=2)
_DAYS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A pipeline to be looked at: what is wrong with it, and the models that hang on it."""

    pipeline: Pipeline
    models: tuple[str, ...]


def read_cards(look: Look) -> tuple[Card, ...]:
    """Return the cards: what failed or is late with the models behind it, numbers, all pipelines.

    Only pipelines that make data; those that train or build are another's.
    """
    with look.session.workspace.read() as view, pausing():
        found = filter_pipelines(read_pipelines(view, look.as_of), "")
        ordered = sorted(found, key=_worst_first)
        wanting = [one for one in ordered if one.needs_looking]
        troubles = tuple(
            _Trouble(one, _models(view, one, look) if at < _TRACED else ())
            for at, one in enumerate(wanting)
        )
    return (_waits(troubles), _figures(found), _table(ordered))


def _worst_first(one: Pipeline) -> tuple[bool, bool, bool, bool, str]:
    late = one.standing.freshness in OVERDUE
    failed, bad = one.outcome is Outcome.FAILED, one.verdict in _BAD
    return not bad, not failed, not late, not one.needs_looking, one.id


def _models(view: ReadSession, one: Pipeline, look: Look) -> tuple[str, ...]:
    """Return the models down the flow of what a pipeline writes."""
    seeds = tuple(
        state for node in one.outputs for state in states_of(view, node, None, look.as_of)
    )
    lineage = lineage_from(view, seeds, (Direction.DOWN,), look.as_of)
    return tuple(found.model.id for found in dependents(lineage))


def _waits(troubles: tuple[_Trouble, ...]) -> Waits:
    return Waits(
        said("overview.data.troubles"),
        tuple(_wait(one) for one in troubles),
        said("overview.data.troubles_empty"),
        said("overview.data.troubles_lead"),
        Way("pipelines"),
    )


def _wait(one: _Trouble) -> Wait:
    first, *others = _faults(one.pipeline)
    more = (*others, *_depending(one.models))
    way = Way("pipelines", record=one.pipeline.id)
    return Wait(one.pipeline.id, first, way, _mood(one.pipeline), more)


def _mood(one: Pipeline) -> Mood:
    late = one.standing.freshness in OVERDUE
    is_bad = one.verdict is Verdict.FAILED or one.outcome is Outcome.FAILED or late
    return "bad" if is_bad else "warn"


def _faults(one: Pipeline) -> Iterator[Said]:
    """Say everything that is wrong with a pipeline, its data first."""
    for check in one.checks:
        if check.verdict in _BAD:
            yield _failed(check)
    if one.outcome is Outcome.FAILED:
        day = clock.from_text(one.last.at) if one.last is not None else None
        yield said("overview.data.failed", time=day)
    standing = one.standing
    if standing.late is not None:
        yield said("overview.data.late", span=_span(standing.late), due=standing.due)
    elif standing.freshness is Freshness.NEVER_RAN:
        yield said("overview.data.never")
    elif standing.freshness is Freshness.NO_LONGER_SEEN:
        yield said("overview.data.unseen", due=standing.due)


def _failed(check: CheckRow) -> Said:
    """Say what a check found wrong: its first case that did not pass, with the figures."""
    case = next((one for one in check.details.cases if one.verdict in _BAD), None)
    day = clock.from_text(check.at).date()
    if case is None:
        return said("overview.data.check", suite=check.suite, day=day)
    share = completeness(case)
    if share is not None:
        found, asked = (amount(f"{one.normalize():f}") for one in share)
        told = {"found": found, "asked": asked}
        return said("overview.data.completeness", suite=check.suite, day=day, **told)
    name = _case(case)
    return said("overview.data.case", suite=check.suite, day=day, case=name)


def _case(case: CheckCase) -> str:
    threshold = f" ({case.threshold})" if case.threshold else ""
    return f"{case.name} {case.value or ''}{threshold}".strip()


def _depending(models: tuple[str, ...]) -> Iterator[Said]:
    if models:
        told = ", ".join(models[:_MODELS]) + (", …" if len(models) > _MODELS else "")
        yield said("overview.data.models", n=len(models), models=told)


def _span(span: timedelta) -> Said:
    """Say a span in the unit that fits it."""
    seconds = span.total_seconds()
    if span < _HOURS:
        return said("pipelines.minutes", n=Amount(seconds / 60))
    if span <= _DAYS:
        return said("pipelines.hours", n=Amount(seconds / 3600, 1))
    return said("pipelines.days", n=Amount(seconds / 86400, 1))


def _figures(found: tuple[Pipeline, ...]) -> Figures:
    late = " ".join(f"fresh:{value.value}" for value in Freshness if value in OVERDUE)
    told: tuple[tuple[str, str, Mood], ...] = (
        ("pipelines", "", ""),
        ("quality_failed", "quality:failed", "bad"),
        ("run_failed", "run:failed", "bad"),
        ("late_now", late, "bad"),
        ("unseen_now", f"fresh:{Freshness.NO_LONGER_SEEN.value}", "warn"),
        ("unchecked", "quality:unmeasured", ""),
        ("not_expected", f"fresh:{Freshness.NOT_EXPECTED.value}", ""),
        ("incident", "incident:yes", "bad"),
    )
    figures = tuple(_figure(found, *one) for one in told)
    return Figures(said("overview.data.numbers"), figures)


def _figure(found: tuple[Pipeline, ...], name: str, line: str, mood: Mood) -> Figure:
    number = len(filter_pipelines(found, line))
    meaning = said(f"overview.data.{name}_told")
    way = Way("pipelines", line or "kind:data")
    return Figure(f"overview.data.{name}", number, meaning, way, mood if number else "")


_COLUMNS = (
    Column("overview.column.pipeline", 28, strong=True, flexible=True),
    Column("overview.column.fresh", 15),
    Column("overview.column.run", 13),
    Column("overview.column.good", 16),
    Column("overview.column.quality", 23),
    Column("overview.column.incident", 11),
)
_FRESH: dict[Freshness, Mood] = {
    Freshness.NEVER_RAN: "bad",
    Freshness.LATE: "bad",
    Freshness.NO_LONGER_SEEN: "warn",
    Freshness.ON_TIME: "good",
}
_OUTCOMES: dict[Outcome, Mood] = {
    Outcome.FAILED: "bad",
    Outcome.ABORTED: "warn",
    Outcome.RUNNING: "info",
    Outcome.SUCCEEDED: "good",
}
_VERDICTS: dict[Verdict, Mood] = {
    Verdict.FAILED: "bad",
    Verdict.ERROR: "warn",
    Verdict.WARNING: "warn",
    Verdict.PASSED: "good",
}


def _table(ordered: Iterable[Pipeline]) -> Table:
    rows = tuple(_row(one) for one in ordered)
    return Table(
        said("overview.data.all"),
        _COLUMNS,
        rows[:_ROWS],
        said("overview.data.all_empty"),
        rest=Way("pipelines") if len(rows) > _ROWS else None,
    )


def _row(one: Pipeline) -> Row:
    good = clock.from_text(one.last_good) if one.last_good else said("overview.data.no_good")
    cells: tuple[Cell, ...] = (
        one.id,
        _marked(_FRESH, one.standing.freshness, "pipelines.fresh"),
        _marked(_OUTCOMES, one.outcome, "pipelines.outcome"),
        good,
        _quality(one),
        Marked("bad", ", ".join(one.incidents)) if one.incidents else None,
    )
    return Row(one.id, cells, Way("pipelines", record=one.id))


def _quality(one: Pipeline) -> Cell:
    if one.verdict is None:
        return Marked("idle", said("pipelines.unmeasured"))
    return _marked(_VERDICTS, one.verdict, "pipelines.quality")


def _marked(moods: Mapping[_E, Mood], value: _E, words: str) -> Marked:
    return Marked(moods.get(value, "idle"), said(f"{words}.{value.value}"))

"""What a subject matter expert reads: answers to feedback, and models against business goals."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mlops_desktop.core.events.feedback import FeedbackDetails
from mlops_desktop.core.events.thresholds import Level
from mlops_desktop.core.events.use_cases import UseCaseDetails
from mlops_desktop.core.monitoring import MetricState, metric_key
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.filtering import filter_term
from mlops_desktop.services.monitoring.reading import read_rows_about
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.services.overview.cards import (
    Card,
    Cell,
    Column,
    Figure,
    Figures,
    Look,
    Marked,
    Mood,
    Row,
    Table,
    Wait,
    Waits,
    Way,
    said,
)
from mlops_desktop.services.overview.mine import Mine, read_mine, read_models
from mlops_desktop.services.overview.values import amount
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.item_details import ItemTold, details_of
from mlops_desktop.store.queries.item_filter import ItemFilter, ItemSort
from mlops_desktop.store.queries.items import ItemRow, count_items, list_items
from mlops_desktop.store.queries.models import ModelRow
from mlops_desktop.store.unit_of_work import ReadSession

_NEWEST = 4
_FINDINGS = 2
_CASES = 500
"""So many of the newest cases are looked at; their numbers are counted whole."""
_STAGES = ("open", "answered", "taken_up")
_USES = 60
_FEW = 100
"""Of more models the uses are read whole rather than asked for by model."""
_ORDER: tuple[Mood, ...] = ("bad", "warn", "idle", "good")


@dataclass(frozen=True, slots=True)
class _Case:
    row: ItemRow
    told: ItemTold
    details: FeedbackDetails


@dataclass(frozen=True, slots=True)
class _View:
    """What the cards are made of, read once."""

    mine: Mine
    counts: dict[str, int]
    cases: tuple[_Case, ...]
    findings: dict[str, ItemRow]
    models: dict[str, ModelRow]
    names: dict[str, str]
    uses: tuple[tuple[ItemRow, UseCaseDetails], ...]
    metrics: tuple[MetricRow, ...]


def read_cards(look: Look) -> tuple[Card, ...]:
    """Return the cards: answers to one's feedback, its numbers, models against their goals."""
    with look.session.workspace.read() as view, pausing():
        read = _read(view, look)
    return (_answers(read), _figures(read), _goals(read))


def _read(view: ReadSession, look: Look) -> _View:
    connection, as_of = view.connection, look.as_of
    mine = read_mine(view, look)
    wanted = _feedback(mine, look)
    counts = {
        stage: count_items(connection, _feedback(mine, look, stage))
        for stage in (_STAGES if mine.name else ())
    }
    rows = list_items(connection, wanted, limit=_CASES) if mine.name else ()
    cases = tuple(_cases(view, rows, look))
    uses = tuple(_uses(view, mine, look))
    keys = {key for row in (*(one.row for one in cases), *(row for row, _ in uses))
            for key in row.models}  # fmt: skip
    measured = {key for row, details in uses if details.measure for key in row.models}
    return _View(
        mine,
        counts,
        cases,
        _findings(view, cases, look),
        mine.models | read_models(view, keys - set(mine.models), as_of),
        people.names(connection),
        uses,
        read_rows_about(view, measured, as_of),
    )


def _feedback(mine: Mine, look: Look, stage: str = "") -> ItemFilter:
    """Return the filter of the person's own feedback, the newest first."""
    return ItemFilter(
        ("feedback",),
        scope=ItemScope.ALL,
        stages=(stage,) if stage else (),
        openers=(mine.name,),
        sort=ItemSort.NUMBER,
        is_descending=True,
        as_of=look.as_of,
    )


def _cases(view: ReadSession, rows: tuple[ItemRow, ...], look: Look) -> Iterator[_Case]:
    told = details_of(view.connection, [row.id for row in rows], look.as_of)
    for row in rows:
        one = told[row.id]
        if isinstance(one.details, FeedbackDetails):
            yield _Case(row, one, one.details)


def _findings(view: ReadSession, cases: tuple[_Case, ...], look: Look) -> dict[str, ItemRow]:
    """Return the findings that cases went into, by number."""
    about = tuple({key for one in cases if one.details.finding for key in one.row.models})
    if not about:
        return {}
    wanted = ItemFilter(("finding",), scope=ItemScope.ALL, models=about, as_of=look.as_of)
    return {row.number: row for row in list_items(view.connection, wanted)}


def _uses(view: ReadSession, mine: Mine, look: Look) -> Iterator[tuple[ItemRow, UseCaseDetails]]:
    """Yield the open uses of the person's models, or of all."""
    models, is_few = mine.keys, len(mine.keys) <= _FEW
    wanted = ItemFilter(("use_case",), models=tuple(models) if is_few else (), as_of=look.as_of)
    rows = list_items(view.connection, wanted, limit=_USES if is_few else None)
    rows = tuple(row for row in rows if not models or models.intersection(row.models))[:_USES]
    told = details_of(view.connection, [row.id for row in rows], look.as_of)
    for row in rows:
        details = told[row.id].details
        if isinstance(details, UseCaseDetails):
            yield row, details


def _answers(read: _View) -> Waits:
    """Show the newest answers and the findings that cases went into; all are a step away."""
    answered = [one for one in read.cases if one.row.stage == "answered"]
    answered.sort(key=lambda one: (one.row.closed or one.row.opened, one.row.number), reverse=True)
    waits = [_answer(read, one) for one in answered]
    return Waits(
        said("overview.expert.answers"),
        (*waits[:_NEWEST], *_taken_up(read)),
        said("overview.expert.answers_empty"),
        said(
            "overview.expert.answers_lead",
            n=min(_NEWEST, len(waits)),
            all=read.counts.get("answered", 0),
        ),
    )


def _feedback_way(read: _View, stage: str) -> Way:
    opener = filter_term("opener", read.mine.name)
    return Way("governance", f"kind:feedback state:{stage} {opener}")


def _answer(read: _View, one: _Case) -> Wait:
    told = one.details.answer.text if one.details.answer is not None else None
    asked = said(
        "overview.expert.answer_asked",
        case=one.row.title or one.row.number,
        by=read.names.get(one.told.taker, ""),
        day=one.row.closed,
    )
    about = said("overview.expert.answer", model=_named(read, one.row), text=told or "…")
    return Wait(one.row.number, about, Way("governance", record=one.row.id), "good", (asked,))


def _taken_up(read: _View) -> Iterator[Wait]:
    """Yield the findings that cases went into, with how many did."""
    counted = Counter(one.details.finding for one in read.cases if one.details.finding)
    for number, cases in counted.most_common(_FINDINGS):
        finding = read.findings.get(number)
        if finding is not None:
            about = said(
                "overview.expert.taken_up",
                n=cases,
                model=_named(read, finding),
                title=finding.title or "…",
                stage=said(f"item.finding.stage.{finding.stage}"),
            )
            yield Wait(number, about, Way("governance", record=finding.id), "info")


def _named(read: _View, row: ItemRow) -> str:
    found = [read.models[key] for key in row.models if key in read.models]
    return ", ".join(f"{one.id} {one.name}" for one in found)


def _figures(read: _View) -> Figures:
    mine = read.mine
    told = (
        Figure(
            f"overview.expert.feedback.{stage}",
            number,
            said(f"overview.expert.feedback.{stage}_told"),
            _feedback_way(read, stage),
        )
        for stage, number in read.counts.items()
    )
    figures = (*mine.figures(), *told)
    return Figures(said("overview.own.title"), figures, mine.lead("overview.own.lead"))


_COLUMNS = (
    Column("overview.column.model", 28, strong=True, flexible=True),
    Column("overview.column.goal", 42),
    Column("overview.column.now", 9, numeric=True),
    Column("overview.column.measured", 12),
    Column("overview.column.stand", 15),
)


def _goals(read: _View) -> Table:
    """Show every use with its business goal, missed ones first."""
    rows = [
        (mood, row)
        for item, details in read.uses
        for key in item.models
        if key in read.models
        for mood, row in (_use(read, item, details, read.models[key]),)
    ]
    rows.sort(key=lambda pair: _ORDER.index(pair[0]))
    return Table(
        said("overview.expert.goals"),
        _COLUMNS,
        tuple(row for _, row in rows),
        said("overview.expert.goals_empty"),
        read.mine.lead("overview.expert.goals"),
        Way("governance", " ".join(("kind:use_case scope:open", *_terms(read)))),
    )


def _terms(read: _View) -> tuple[str, ...]:
    """Return the models that the uses shown are about; none where they are all there are."""
    keys = {key for item, _ in read.uses for key in item.models} & read.mine.keys
    return tuple(sorted(f"model:{read.models[key].id}" for key in keys))


def _use(read: _View, item: ItemRow, details: UseCaseDetails, model: ModelRow) -> tuple[Mood, Row]:
    found = _measured(read, details, model)
    mood, stand = _stand(details, found)
    since = found.at.date() if found is not None and found.at is not None else None
    way = Way("monitoring", record=found.id) if found else Way("governance", record=item.id)
    value = amount(found.value) if found is not None else None
    cells: tuple[Cell, ...] = (
        model.name,
        _goal(item, details),
        value,
        since,
        Marked(mood, said(f"overview.expert.stand.{stand}")),
    )
    return mood, Row(f"{item.id}/{model.key}", cells, way)


def _goal(item: ItemRow, details: UseCaseDetails) -> Cell:
    """Return the goal of a use, or the use itself where it has none."""
    if details.target is None or details.direction is None:
        return details.kpi or item.title or item.number
    target = amount(details.target, details.unit)
    return said(f"overview.expert.goal.{details.direction.value}", kpi=details.kpi, target=target)


def _measured(read: _View, details: UseCaseDetails, model: ModelRow) -> MetricRow | None:
    """Return the metric of the whole use that tells the KPI, the newest."""
    if not details.measure:
        return None
    key = metric_key(details.measure)
    found = [
        row
        for row in read.metrics
        if row.key == model.key and not row.segment and metric_key(row.metric) == key
    ]
    return max(found, key=lambda row: str(row.at or ""), default=None)


def _stand(details: UseCaseDetails, found: MetricRow | None) -> tuple[Mood, str]:
    if details.target is None:
        return "idle", "no_goal"
    level = found.goal.level if found is not None and found.goal is not None else None
    if found is None or level is None:
        return "warn", "unmeasured"
    if level is Level.RED:
        return "bad", "missed"
    # Once met and not measured since says nothing of today.
    return ("warn", "unmeasured") if found.state is MetricState.UNMEASURED else ("good", "met")

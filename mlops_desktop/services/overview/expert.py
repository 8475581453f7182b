"""What a subject matter expert reads: answers to feedback, and models against business goals."""

from collections import Counter
from collections.abc import Iterator

from mlops_desktop.core.events.thresholds import Level
from mlops_desktop.core.events.use_cases import UseCaseDetails
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.monitoring import MetricState, metric_key
from mlops_desktop.services.collector import pausing
from mlops_desktop.services.decision_records import can_look_up
from mlops_desktop.services.filtering import filter_term
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
from mlops_desktop.services.overview.expert_facts import ExpertFacts, FeedbackCase, read_facts
from mlops_desktop.services.overview.values import amount
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.models import ModelRow

_NEWEST = 4
_FINDINGS = 2
_ORDER: tuple[Mood, ...] = ("bad", "warn", "idle", "good")


def read_cards(look: Look) -> tuple[Card, ...]:
    """Return the cards: answers to one's feedback, its numbers, models against their goals."""
    with look.session.workspace.read() as view, pausing():
        read = read_facts(view, look)
    found = can_look_up(look.session)
    return (_answers(read), _figures(read), _goals(read), *((_decision(),) if found else ()))


def _decision() -> Waits:
    """Offer to look a single decision up by its reference."""
    way = Way("models", action="decision.find")
    about = said("overview.expert.decision_about")
    wait = Wait(said("decision.find_action"), about, way, "info")
    empty = said("decision.find_lead")
    return Waits(said("overview.expert.decision"), (wait,), empty)


def _answers(read: ExpertFacts) -> Waits:
    """Show the newest answers and the findings that cases went into; all are a step away."""
    answered = [one for one in read.cases if one.row.stage == "answered"]
    answered.sort(key=lambda one: (one.row.closed or one.row.opened, one.row.number), reverse=True)
    waits = [_answer(read, one) for one in answered]
    return Waits(
        said("overview.expert.answers"),
        (*waits[:_NEWEST], *_taken_up(read)),
        said("overview.expert.answers_empty"),
        said("overview.expert.answers_lead", n=_NEWEST, all=len(waits))
        if len(waits) > _NEWEST
        else None,
    )


def _feedback_way(read: ExpertFacts, stage: str) -> Way:
    opener = filter_term("opener", read.mine.name)
    return Way("governance", f"kind:feedback state:{stage} {opener}")


def _answer(read: ExpertFacts, one: FeedbackCase) -> Wait:
    told = one.details.answer.text if one.details.answer is not None else None
    asked = said(
        "overview.expert.answer_asked",
        case=one.row.title or one.row.number,
        by=read.names.get(one.told.taker, ""),
        day=one.row.closed,
    )
    about = said("overview.expert.answer", model=_named(read, one.row), text=told or "…")
    return Wait(one.row.number, about, Way("governance", record=one.row.id), "good", (asked,))


def _taken_up(read: ExpertFacts) -> Iterator[Wait]:
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


def _named(read: ExpertFacts, row: ItemRow) -> str:
    found = [read.models[key] for key in row.models if key in read.models]
    return ", ".join(f"{one.id} {one.name}" for one in found)


def _figures(read: ExpertFacts) -> Figures:
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


def _goals(read: ExpertFacts) -> Table:
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


def _terms(read: ExpertFacts) -> tuple[str, ...]:
    """Return the models that the uses shown are about; none where they are all there are."""
    keys = {key for item, _ in read.uses for key in item.models} & read.mine.keys
    return tuple(sorted(f"model:{read.models[key].id}" for key in keys))


def _use(
    read: ExpertFacts, item: ItemRow, details: UseCaseDetails, model: ModelRow
) -> tuple[Mood, Row]:
    found = _measured(read, details, model)
    mood, stand = _stopped(model, *_stand(details, found))
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


def _measured(read: ExpertFacts, details: UseCaseDetails, model: ModelRow) -> MetricRow | None:
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


def _stopped(model: ModelRow, mood: Mood, stand: str) -> tuple[Mood, str]:
    """Say of a goal that was missed that the model is suspended: nobody waits for it now."""
    is_stopped = stand == "missed" and model.state is State.SUSPENDED
    return ("warn", "missed_suspended") if is_stopped else (mood, stand)


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

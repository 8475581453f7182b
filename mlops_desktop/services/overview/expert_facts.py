"""What an expert's cards are made of: own feedback, uses with their goals, what is measured."""

from collections.abc import Iterator
from dataclasses import dataclass

from mlops_desktop.core.events.feedback import FeedbackDetails
from mlops_desktop.core.events.use_cases import UseCaseDetails
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.monitoring.reading import read_rows_about
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.services.overview.cards import Look
from mlops_desktop.services.overview.mine import Mine, read_mine, read_models
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.item_details import ItemTold, details_of
from mlops_desktop.store.queries.item_filter import ItemFilter, ItemSort
from mlops_desktop.store.queries.items import ItemRow, count_items, list_items
from mlops_desktop.store.queries.models import ModelRow
from mlops_desktop.store.unit_of_work import ReadSession

_CASES = 500
"""So many of the newest cases are looked at; their numbers are counted whole."""
_STAGES = ("open", "answered", "taken_up")
_USES = 60
_FEW = 100
"""Of more models the uses are read whole rather than asked for by model."""


@dataclass(frozen=True, slots=True)
class FeedbackCase:
    """A case that the person sent, with what it says and who answered it."""

    row: ItemRow
    told: ItemTold
    details: FeedbackDetails


@dataclass(frozen=True, slots=True)
class ExpertFacts:
    """What the cards are made of, read once."""

    mine: Mine
    counts: dict[str, int]
    cases: tuple[FeedbackCase, ...]
    findings: dict[str, ItemRow]
    models: dict[str, ModelRow]
    names: dict[str, str]
    uses: tuple[tuple[ItemRow, UseCaseDetails], ...]
    metrics: tuple[MetricRow, ...]


def read_facts(view: ReadSession, look: Look) -> ExpertFacts:
    """Return the person's feedback and the uses of his or her models, or of all."""
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
    return ExpertFacts(
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


def _cases(view: ReadSession, rows: tuple[ItemRow, ...], look: Look) -> Iterator[FeedbackCase]:
    told = details_of(view.connection, [row.id for row in rows], look.as_of)
    for row in rows:
        one = told[row.id]
        if isinstance(one.details, FeedbackDetails):
            yield FeedbackCase(row, one, one.details)


def _findings(view: ReadSession, cases: tuple[FeedbackCase, ...], look: Look) -> dict[str, ItemRow]:
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

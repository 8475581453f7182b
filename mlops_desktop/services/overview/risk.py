"""What a model risk manager comes for: what is wrong, what is due, and the whole inventory."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.portfolio import SOON, Portfolio
from mlops_desktop.services.item_titles import key_of
from mlops_desktop.services.items import ItemFilter, ItemRow, ItemSort, list_items
from mlops_desktop.services.models import (
    ModelFilter,
    ModelRow,
    SortBy,
    count_models,
    list_models,
    number_names,
)
from mlops_desktop.services.overview.ages import ages_of
from mlops_desktop.services.overview.breaches import wait_of, worst_first
from mlops_desktop.services.overview.cards import (
    Card,
    Cell,
    Column,
    Figure,
    Figures,
    Heat,
    HeatCell,
    Look,
    Marked,
    Mood,
    Row,
    Said,
    Table,
    Value,
    Waits,
    Way,
    said,
)
from mlops_desktop.services.overview.ways import due_between, due_by, figure_of
from mlops_desktop.services.own_scope import narrow_items, narrow_models
from mlops_desktop.services.portfolio import read_portfolio
from mlops_desktop.services.reconciliation.listing import ReconciliationRow, list_ungoverned

_FIGURES: tuple[tuple[str, Mood], ...] = (
    ("breaches_open", "bad"),
    ("exceptions_open", "bad"),
    ("items_overdue", "bad"),
    ("findings_open", ""),
    ("overlays_active", ""),
    ("never_validated", "bad"),
)
_MOST = 30


def read_cards(look: Look) -> tuple[Card, ...]:
    """Return the cards; each figure counts what its list shows on the same date."""
    found = read_portfolio(look.session, look.as_of, look.scopes)
    strangers = list_ungoverned(look.session, look.as_of)
    return (
        _breaches(look),
        _figures(look, found, len(strangers)),
        _heat(found),
        ages_of(found.ageing),
        _ungoverned(strangers),
        _due(look),
        _exceptions(look),
    )


def _breaches(look: Look) -> Waits:
    rows = worst_first(look)
    return Waits(
        said("overview.risk.breaches"),
        tuple(wait_of(row, tier) for row, tier in rows[:_MOST]),
        said("overview.risk.no_breach"),
        rest=Way("monitoring", "state:red state:goal_missed state:amber"),
    )


def _figures(look: Look, found: Portfolio, strangers: int) -> Figures:
    today, soon = look.as_of.day, look.as_of.day + SOON
    # What is overdue stands beside it: each review is counted once.
    due = count_models(look.session, replace(_reviews(look, SOON), due_from=today))
    return Figures(
        said("overview.risk.figures"),
        (
            figure_of(found, "reviews_overdue", "bad"),
            Figure("overview.risk.due_soon", due, said("overview.risk.due_soon_told", day=soon),
                   Way("models", due_between(today, soon))),
            *(figure_of(found, name, mood) for name, mood in _FIGURES),
            Figure("overview.risk.strangers", strangers, said("overview.risk.strangers_told"),
                   Way("reconciliation", f"kind:{ExceptionRule.NOT_IN_INVENTORY.value}"),
                   "bad" if strangers else ""),
            figure_of(found, "in_production"),
        ),
    )  # fmt: skip


def _heat(found: Portfolio) -> Heat:
    """Return tiers against states, in the order of both; what is not rated comes last."""
    tiers = tuple(dict.fromkeys(tier for tier, _, _ in found.heat))
    held = {state for _, state, _ in found.heat}
    states = tuple(state.value for state in State if state.value in held)
    return Heat(
        said("portfolio.title.heat"),
        tuple(said("portfolio.tier", tier=tier) if tier else said("portfolio.no_tier")
              for tier in tiers),
        tuple(said(f"models.state.{state}") for state in states),
        tuple(
            HeatCell(tiers.index(tier), states.index(state), count,
                     Way("models", f"tier:{tier or 'none'} state:{state}"))
            for tier, state, count in found.heat
        ),
        said("portfolio_empty"),
    )  # fmt: skip


def _reviews(look: Look, ahead: timedelta) -> ModelFilter:
    by = look.as_of.day + ahead
    wanted = ModelFilter(due_by=by, sort=SortBy.NEXT_REVIEW, as_of=look.as_of)
    return narrow_models(wanted, look.scopes)


def _due(look: Look) -> Table:
    rows = list_models(look.session, _reviews(look, SOON), limit=_MOST)
    return Table(
        said("overview.risk.due"),
        (
            Column("overview.column.due", 24),
            Column("overview.column.model", 9),
            Column("overview.column.name", 26, strong=True, flexible=True),
            Column("overview.column.tier", 10),
            Column("overview.column.owner", 20),
        ),
        tuple(_due_row(look, row) for row in rows),
        said("overview.risk.none_due"),
        rest=Way("models", due_by(look.as_of.day + SOON)),
    )


def _due_row(look: Look, row: ModelRow) -> Row:
    due: Cell = row.next_review
    if row.next_review is not None and row.next_review < look.as_of.day:
        due = Marked("bad", said("overview.overdue_since", day=row.next_review))
    return Row(row.key, (due, row.id, row.name, tier_cell(row.tier), row.owner),
               Way("models", record=row.id))  # fmt: skip


def tier_cell(tier: int | None) -> Cell:
    """Return a tier in words."""
    return said("portfolio.tier", tier=tier) if tier is not None else said("portfolio.no_tier")


def _exceptions(look: Look) -> Table:
    wanted = ItemFilter(("exception",), sort=ItemSort.RANK, as_of=look.as_of)
    wanted = narrow_items(look.session, wanted, look.scopes)
    rows = list_items(look.session, wanted, limit=_MOST)
    names = number_names(look.session, {key for row in rows for key in row.models})
    return Table(
        said("overview.risk.exceptions"),
        (
            Column("overview.column.number", 10),
            Column("overview.column.models", 10),
            Column("overview.column.title", 40, strong=True, flexible=True),
            Column("overview.column.due", 24),
            Column("overview.column.owner", 20),
        ),
        tuple(_exception_row(row, names) for row in rows),
        said("overview.risk.no_exception"),
        rest=Way("governance", "kind:exception scope:open"),
    )


def _exception_row(row: ItemRow, names: Mapping[str, str]) -> Row:
    due: Cell = row.due
    if row.is_overdue and row.due is not None:
        due = Marked("bad", said("overview.overdue_since", day=row.due))
    about = ", ".join(sorted(names.get(key, "") for key in row.models))
    return Row(row.id, (row.number, about, title_cell(row), due, row.owner),
               Way("governance", record=row.id))  # fmt: skip


def title_cell(row: ItemRow) -> Cell:
    """Return what an item is called; what the program opened goes by its rule."""
    key = key_of(row)
    return Said(key, is_title=True) if key else row.title


def _ungoverned(rows: tuple[ReconciliationRow, ...]) -> Table:
    return Table(
        said("overview.risk.ungoverned"),
        (
            Column("overview.column.model", 12),
            Column("overview.column.name", 28, strong=True, flexible=True),
            Column("overview.column.told", 20),
        ),
        tuple(_ungoverned_row(row) for row in rows[:_MOST]),
        said("overview.risk.none_ungoverned"),
        is_half=True,
        rest=Way("reconciliation", f"kind:{ExceptionRule.NOT_IN_INVENTORY.value}"),
    )


def _ungoverned_row(row: ReconciliationRow) -> Row:
    if row.model is None:
        way = Way("reconciliation", f'"{row.subject}"')
        return Row(row.id, (said("overview.risk.unknown"), row.subject, _served(row)), way)
    way = Way("models", record=row.model.id)
    return Row(row.id, (row.model.id, row.model.name, _served(row)), way)


def _served(row: ReconciliationRow) -> Value:
    """Return which version was seen serving, and where; else what the source says."""
    at = row.served_at
    if at is None:
        return row.told
    return said(
        f"models.served.{at.form}", version=at.label, region=at.region, endpoint=at.endpoint
    )

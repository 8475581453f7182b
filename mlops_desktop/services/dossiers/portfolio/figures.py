"""The figures of the chosen models with what each counts, and tiers against states."""

from collections import Counter

from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.portfolio import Portfolio
from mlops_desktop.dossier.content import Cell, Chapter, Grid, Part
from mlops_desktop.services.dossiers import cells

NAME = "portfolio_figures"
_COLUMNS = ("figure", "figure_value", "figure_definition")


def build(portfolio: Portfolio) -> Chapter:
    """Return the summary of the portfolio."""
    figures = tuple(
        (
            cells.code(f"figure.{one.name}"),
            cells.count(one.value),
            cells.code(f"definition.{one.name}"),
        )
        for one in portfolio.figures
    )
    parts = Part("figures", grid=Grid(_COLUMNS, figures)), Part("heat", grid=_heat(portfolio))
    return Chapter(NAME, parts)


def _heat(portfolio: Portfolio) -> Grid:
    """Return how many models of each tier are in each state, with sums."""
    states = [state.value for state in State if any(one[1] == state for one in portfolio.heat)]
    tiers = tuple(dict.fromkeys(tier for tier, _, _ in portfolio.heat))
    counted = Counter({(tier, state): count for tier, state, count in portfolio.heat})
    rows = [(_tier(tier), *_line([counted[tier, state] for state in states])) for tier in tiers]
    sums = [sum(counted[tier, state] for tier in tiers) for state in states]
    columns = ("tier", *(f"in_state.{state}" for state in states), "total")
    return Grid(columns, (*rows, (cells.code("total"), *_line(sums))))


def _line(counts: list[int]) -> tuple[Cell, ...]:
    return tuple(cells.count(count) for count in (*counts, sum(counts)))


def _tier(tier: str) -> Cell:
    return cells.code(f"tier.{tier}") if tier else cells.code("no_tier")

"""Risk classes against states: how many models of each are where, as a heat map."""

from collections import defaultdict
from collections.abc import Sequence

from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.portfolio import Portfolio
from mlops_desktop.ui.charts.heat import Heat, HeatCell
from mlops_desktop.ui.context import Context

_UNRATED = "lacks:tier"


def tiers_by_states(context: Context, portfolio: Portfolio) -> Heat:
    """Return the inventory as a heat map; each cell and each total leads to its models.

    Every class and every state that has a model is there, so the totals add up.
    """
    counts = {(tier, state): count for tier, state, count in portfolio.heat}
    tiers = sorted({tier for tier, _ in counts}, key=lambda tier: (not tier, tier))
    here = {state for _, state in counts}
    states = [state.value for state in State if state.value in here]
    total = context.say("charts.heat.total")
    lines = [(_tier_term(tier), [counts.get((tier, state), 0) for state in states])
             for tier in tiers]  # fmt: skip
    sums: dict[int, int] = defaultdict(int)
    for _, line in lines:
        for at, count in enumerate(line):
            sums[at] += count
    cells = [_line(term, line, states) for term, line in lines]
    cells.append(_line("", [sums[at] for at in range(len(states))], states, is_total=True))
    return Heat(
        context.say("portfolio.title.heat"),
        context.say("charts.heat.tier"),
        "charts.heat.models",
        (*(_tier_name(context, tier) for tier in tiers), total),
        (*(context.say(f"models.state.{state}") for state in states), total),
        tuple(cells),
    )


def _line(
    term: str, counts: list[int], states: Sequence[str], *, is_total: bool = False
) -> tuple[HeatCell, ...]:
    """Return the cells of a row; its total asks for every state, which leaves none out."""
    terms = [f"state:{state}" for state in states]
    single = [
        HeatCell(count, f"{term} {one}".strip(), is_total)
        for count, one in zip(counts, terms, strict=True)
    ]
    return (*single, HeatCell(sum(counts), " ".join((term, *terms)).strip(), is_total=True))


def _tier_term(tier: str) -> str:
    return f"tier:{tier}" if tier else _UNRATED


def _tier_name(context: Context, tier: str) -> str:
    if not tier:
        return context.say("portfolio.no_tier")
    return context.say("portfolio.tier", tier=tier)

"""What the report to the board says: figures against the period before, and what they hide."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from mlops_desktop.core.ageing import BANDS, LIMITS
from mlops_desktop.core.events.breaches import BreachLevel
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.portfolio import Portfolio
from mlops_desktop.dossier.content import (
    Bar,
    Bars,
    Cell,
    Chapter,
    Field,
    Grid,
    Part,
    Value,
)
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.reports.risks import find_risks
from mlops_desktop.services.reports.said import both, cut, item_cell, part_of_all, value_of
from mlops_desktop.services.reports.standing import RULES, SEVERITIES, Standing
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.models import ModelRow

#: Rows of a table; an executive reads two to four pages.
MOST_ROWS = 4
_LONGEST = 52
_TOLD = (
    "current", "in_production", "retired", "reviews_overdue", "approvals_expiring",
    "never_validated", "unmeasured", "findings_open", "finding_age", "exceptions_open",
    "contradictions", "breaches_open", "overlays_active", "items_overdue", "items_lapsed",
)  # fmt: skip


def build_chapters(
    standing: Standing, recipients: tuple[str, ...], plan: str | None
) -> tuple[Chapter, ...]:
    """Return the report in the order an executive reads it."""
    return (
        _summary(standing, recipients, plan),
        _figures(standing),
        _models(standing),
        _validations(standing),
        _findings(standing),
        _exceptions(standing),
        _definitions(),
    )


def _summary(standing: Standing, recipients: tuple[str, ...], plan: str | None) -> Chapter:
    told = find_risks(standing)
    none = Part("", fields=(Field("board_risks", both("reports.risk.none")),))
    rows = tuple((one.told,) for one in told)
    risks = Part("", grid=Grid(("board_risk",), rows)) if rows else none
    return Chapter(
        "board_summary", (risks, Part("board_about", fields=_about(standing, recipients, plan)))
    )


def _about(standing: Standing, recipients: tuple[str, ...], plan: str | None) -> tuple[Field, ...]:
    to = cells.text("\n".join(recipients)) if recipients else cells.NOT_YET
    return (
        Field("board_before", cells.day(standing.before.on)),
        Field("board_recipients", to),
        Field("board_plan", cells.text(plan) if plan else cells.NOT_YET),
    )


def _figures(standing: Standing) -> Chapter:
    now, before = _by_name(standing.now), _by_name(standing.before)
    rows = tuple(
        (
            both(f"portfolio.figure.{name}"),
            cells.count(now[name]),
            cells.count(before.get(name, 0)),
            cells.text(f"{now[name] - before.get(name, 0):+d}".replace("+0", "0")),
        )
        for name in _TOLD
        if name in now
    )
    columns = ("board_figure", "board_now", "board_then", "board_change")
    return Chapter("board_figures", (Part("", grid=Grid(columns, rows)),))


def _by_name(found: Portfolio) -> dict[str, int]:
    return {figure.name: figure.value for figure in found.figures}


def _models(standing: Standing) -> Chapter:
    heat, states = standing.now.heat, [state.value for state in State]
    used = tuple(state for state in states if any(one[1] == state for one in heat))
    tiers = tuple(dict.fromkeys(tier for tier, _, _ in heat))
    counted = Counter({(tier, state): count for tier, state, count in heat})
    bars = tuple(Bar(_tier(tier), tuple(counted[tier, state] for state in used)) for tier in tiers)
    rows = tuple(((bar.label,), *map(cells.count, (*bar.counts, sum(bar.counts)))) for bar in bars)
    columns = ("board_tier", *(f"board_state_{state}" for state in used), "board_sum")
    part = Part("", grid=Grid(columns, rows), bars=(Bars("board_tiers", used, bars),))
    return Chapter("board_models", (part,))


def _tier(tier: str) -> Value:
    return value_of("portfolio.tier", tier=tier) if tier else value_of("portfolio.no_tier")


def _validations(standing: Standing) -> Chapter:
    late, ending = standing.reviews_overdue, standing.approvals_ending
    columns = ("board_model", "board_tier", "board_owner", "board_due", "board_days")
    day = standing.day
    overdue = [(row, row.next_review) for row in late]
    soon = [(row, row.approved_until) for row in ending]
    return Chapter(
        "board_validations",
        (
            _listed("board_reviews", columns, (_due(row, on, day) for row, on in overdue)),
            _listed("board_approvals", (*columns[:4], "board_left"),
                    (_due(row, on, day, ahead=True) for row, on in soon)),
        ),
    )  # fmt: skip


def _due(row: ModelRow, on: date | None, day: date, *, ahead: bool = False) -> tuple[Cell, ...]:
    days = ((on or day) - day).days
    return (
        cells.text(cut(f"{row.id} {row.name}", _LONGEST)),
        cells.count(row.tier) if row.tier is not None else both("portfolio.no_tier"),
        cells.text(row.owner) if row.owner else cells.NOT_YET,
        cells.day(on),
        cells.count(days if ahead else -days),
    )


def _findings(standing: Standing) -> Chapter:
    found = standing.open_items("finding")
    counts = standing.now.ageing.counts
    ages = tuple(Bar(_age(band), tuple(line[band] for line in counts)) for band in range(BANDS))
    kinds = tuple(f"finding.choice.{one.value}" for one in SEVERITIES)
    by_age = Part("board_ages", bars=(Bars("board_ages", kinds, ages),))
    late = [row for row in found if row.is_overdue]
    listed = _listed(
        "board_late_findings",
        ("board_item", "board_models_of", "board_owner", "board_due", "board_days"),
        (_late(row, standing) for row in late),
    )
    return Chapter("board_findings", (by_age, listed))


def _age(place: int) -> Value:
    if place < len(LIMITS):
        return value_of("reports.age_up_to", days=LIMITS[place])
    return value_of("reports.age_over", days=LIMITS[-1])


def _late(row: ItemRow, standing: Standing) -> tuple[Cell, ...]:
    return (
        item_cell(row, _LONGEST),
        cells.text(", ".join(standing.numbers.get(one, "…") for one in row.models) or "–"),
        cells.text(row.owner) if row.owner else cells.NOT_YET,
        cells.day(row.due),
        cells.count((standing.day - (row.due or standing.day)).days),
    )


def _exceptions(standing: Standing) -> Chapter:
    found = standing.open_items("exception")
    counted = Counter(row.rank for row in found)
    rules = tuple(
        (
            cells.code(f"exception.choice.{RULES[rank].value}"),
            cells.count(number),
            cells.day(min(row.opened for row in found if row.rank == rank)),
        )
        for rank, number in sorted(counted.items())
        if rank < len(RULES)
    )
    levels = [one.value for one in BreachLevel]
    breaches = (
        (
            item_cell(row, _LONGEST),
            cells.text(", ".join(standing.numbers.get(one, "…") for one in row.models) or "–"),
            cells.code(f"breach.choice.{levels[row.rank]}") if row.rank < len(levels)
            else cells.NOT_YET,
            cells.day(row.opened),
        )
        for row in standing.open_items("breach")
    )  # fmt: skip
    return Chapter(
        "board_exceptions",
        (
            _listed("board_rules", ("board_rule", "board_count", "board_oldest"), rules),
            _listed("board_breaches",
                    ("board_item", "board_models_of", "board_level", "board_since"), breaches),
        ),
    )  # fmt: skip


def _definitions() -> Chapter:
    rows = tuple(
        (both(f"portfolio.figure.{name}"), both(f"portfolio.definition.{name}")) for name in _TOLD
    )
    grid = Grid(("board_figure", "board_definition"), rows)
    return Chapter("board_definitions", (Part("", grid=grid),))


def _listed(name: str, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Part:
    """Return the first rows as a table, of how many, or that there are none."""
    found = tuple(rows)
    if not found:
        return Part(name, fields=(Field(name, both("reports.none")),))
    label = part_of_all(name, MOST_ROWS, len(found)) if len(found) > MOST_ROWS else None
    return Part(name, label, grid=Grid(columns, found[:MOST_ROWS]))

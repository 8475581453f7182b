"""Metrics out of their bounds, the gravest of the most important models first."""

from decimal import Decimal

from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.monitoring import MetricState
from mlops_desktop.services.models import ModelFilter, list_models
from mlops_desktop.services.monitoring.filtering import choose_metrics
from mlops_desktop.services.monitoring.reading import list_attention
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.services.overview.cards import Look, Said, Wait, Way, said
from mlops_desktop.services.own_scope import read_within

_ORDER = list(MetricState)
_LAST = 9


def worst_first(look: Look) -> list[tuple[MetricRow, int | None]]:
    """Return what is out of bounds with its model's tier: by state, then tier."""
    near = read_within(look.session, look.scopes, look.as_of)
    rows = choose_metrics(list_attention(look.session, look.as_of), "", near)
    tiers = _tiers(look, {row.model for row in rows})
    told = [(row, tiers.get(row.model)) for row in rows]
    return sorted(told, key=lambda one: (_ORDER.index(one[0].state), one[1] or _LAST,
                                         one[0].model, one[0].metric))  # fmt: skip


def _tiers(look: Look, models: set[str]) -> dict[str, int | None]:
    if not models:
        return {}
    numbers = tuple(int(model.removeprefix("M-")) for model in models)
    wanted = ModelFilter(scope=Scope.ALL, among=numbers, as_of=look.as_of)
    return {row.id: row.tier for row in list_models(look.session, wanted)}


def wait_of(row: MetricRow, tier: int | None) -> Wait:
    """Return a metric as something that waits for somebody."""
    metric = f"{row.metric} ({row.segment})" if row.segment else row.metric
    place = said("portfolio.tier", tier=tier) if tier is not None else said("portfolio.no_tier")
    bound = _bound(row)
    key = row.state.value if bound is not None else f"{row.state.value}_plain"
    about = said(
        f"overview.breach.{key}",
        metric=metric,
        value=_number(row.value, row.unit),
        bound=bound,
        tier=place,
    )
    since = (said("overview.breach.since", day=row.since.date()),) if row.since else ()
    is_bad = row.state is not MetricState.AMBER
    way = Way("monitoring", record=row.id)
    return Wait(f"{row.model} {row.model_name}", about, way, "bad" if is_bad else "warn", since)


def _number(text: str | None, unit: str) -> Said | Decimal | None:
    if text is None:
        return None
    return said("overview.breach.amount", value=Decimal(text), unit=unit) if unit else Decimal(text)


def _bound(row: MetricRow) -> Said | Decimal | None:
    """Return the threshold that was passed, of a band the one that is nearer."""
    if row.state is MetricState.GOAL_MISSED:
        return _nearest(row.goal.bounds, row, is_red=False) if row.goal else None
    if row.bounds is None:
        return None
    return _nearest(row.bounds, row, is_red=row.state is MetricState.RED)


def _nearest(bounds: Bounds, row: MetricRow, *, is_red: bool) -> Said | Decimal | None:
    low, high = (
        (bounds.intervention, bounds.intervention_high)
        if is_red
        else (bounds.warning, bounds.warning_high)
    )
    ends = [one for one in (low, high) if one is not None]
    if not ends:  # a goal has one bound alone, whichever it was set as
        ends = [one for one in (bounds.warning, bounds.intervention) if one is not None]
    if not ends or row.value is None or bounds.side is not Side.BAND:
        return _number(ends[0] if ends else None, row.unit)
    near = min(ends, key=lambda end: abs(Decimal(end) - Decimal(row.value or 0)))
    return _number(near, row.unit)

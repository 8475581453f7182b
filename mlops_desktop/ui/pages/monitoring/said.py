"""What is measured, in words: states, since when, thresholds, values."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from mlops_desktop.core.events.thresholds import Bounds, Level, Side
from mlops_desktop.core.monitoring import MetricState
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.governance.said import say_briefly
from mlops_desktop.ui.widgets.chips import Mood, Status

if TYPE_CHECKING:
    from mlops_desktop.services.monitoring.listing import BreachRow
    from mlops_desktop.services.monitoring.rows import GoalStand, MetricRow

_MOODS: dict[MetricState, Mood] = {
    MetricState.RED: "bad",
    MetricState.GOAL_MISSED: "bad",
    MetricState.AMBER: "warn",
    MetricState.UNMEASURED: "warn",
    MetricState.UNJUDGED: "idle",
    MetricState.GREEN: "good",
    MetricState.GOAL_MET: "good",
}
_LEVELS: dict[Level, Mood] = {Level.RED: "bad", Level.AMBER: "warn", Level.GREEN: "good"}


def say_state(context: Context, row: "MetricRow") -> str:
    """Return how a metric stands, since when where that is known."""
    say, day = context.say, _day(context, row.since)
    if row.state is MetricState.UNMEASURED and row.at is None:
        return say("monitoring.never_since", day=day) if day else say("monitoring.never")
    word = say(f"monitoring.state.{row.state.value}")
    return say("monitoring.since", state=word, day=day) if day else word


def state_status(context: Context, row: "MetricRow") -> Status:
    """Return the chip of a metric's state."""
    return Status(_MOODS[row.state], say_state(context, row))


def state_in_brief(context: Context, row: "MetricRow") -> Status:
    """Return the chip of a metric's state as a list says it: all in one form, the day beside."""
    is_never = row.state is MetricState.UNMEASURED and row.at is None
    key = "monitoring.never" if is_never else f"monitoring.brief.{row.state.value}"
    return Status(_MOODS[row.state], context.say(key))


def level_status(context: Context, level: Level) -> Status:
    """Return the chip of what one value came to."""
    say = context.say
    word, brief = say(f"monitoring.state.{level.value}"), say(f"monitoring.brief.{level.value}")
    return Status(_LEVELS[level], word, (brief,))


def say_value(context: Context, text: str | None, unit: str = "") -> str:
    """Return decimal text in the locale's form, digit for digit, with its unit."""
    if text is None:
        return ""
    return with_unit(context.language.decimal(text), unit)


def with_unit(said: str, unit: str) -> str:
    """Return a number, or several, with the unit behind; as it is without one."""
    gap = "\u202f" if unit == "%" else " "
    return f"{said}{gap}{unit}" if unit else said


def say_metric(context: Context, row: "MetricRow") -> str:
    """Return a metric with its segment; a model that nothing measures says so."""
    if not row.metric:
        return context.say("monitoring.no_metric")
    return f"{row.metric} ({row.segment})" if row.segment else row.metric


def say_bounds(context: Context, bounds: Bounds | None, unit: str = "") -> str:
    """Return warning and intervention threshold in one line, in the ``unit`` of the metric."""
    if bounds is None:
        return context.say("monitoring.no_threshold")
    most = _decimals(bounds)

    def one(text: str | None) -> str:
        return "–" if text is None else context.language.decimal(f"{Decimal(text):.{most}f}")

    def pair(low: str | None, high: str | None) -> str:
        return "…".join((one(low), one(high))) if bounds.side is Side.BAND else one(low)

    warning = pair(bounds.warning, bounds.warning_high)
    intervention = pair(bounds.intervention, bounds.intervention_high)
    side = f"monitoring.bounds.{bounds.side.value}"
    told = context.say(side, warning=warning, intervention=intervention)
    return with_unit(told, bounds.unit or unit)


def _decimals(bounds: Bounds) -> int:
    """Return how many decimals the finest threshold has: all have as many, 0.55 and 0.50."""
    told = (bounds.warning, bounds.warning_high, bounds.intervention, bounds.intervention_high)
    exponents = (Decimal(text).as_tuple().exponent for text in told if text is not None)
    return max((-at for at in exponents if isinstance(at, int) and at < 0), default=0)


def say_goal(context: Context, goal: "GoalStand | None") -> str:
    """Return a use's goal and whether it is met."""
    if goal is None:
        return ""
    side = "at_least" if goal.bounds.side is Side.BELOW else "at_most"
    target = say_value(context, goal.bounds.intervention, goal.bounds.unit or "")
    told = context.say(f"monitoring.goal.{side}", kpi=goal.kpi, target=target)
    return f"{told} ({goal.number})"


def say_breach(context: Context, row: "BreachRow") -> str:
    """Return what a breach is, in one line."""
    level = row.details.level.value if row.details.level else "amber"
    value = say_value(context, row.details.value, row.details.unit or "")
    return f"{value} · {context.say(f'item.breach.brief.{level}')}"


def breach_status(context: Context, row: "BreachRow") -> Status:
    """Return the chip of a breach's stage."""
    is_new = row.stage == "open"
    mood: Mood = "idle" if row.stage == "cleared" else "bad" if is_new else "info"
    briefs = say_briefly(context, "breach", row.stage)
    return Status(mood, context.say(f"item.breach.stage.{row.stage}"), briefs)


def _day(context: Context, at: datetime | None) -> str:
    return context.language.date(at.date()) if at is not None else ""


def say_day(context: Context, at: datetime | None) -> str:
    """Return the day of a moment in the locale's form, "" for none."""
    return _day(context, at)

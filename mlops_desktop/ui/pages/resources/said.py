"""Consumption in words: amounts with units, shares, and what is wrong."""

from mlops_desktop.core.events.series import Measure
from mlops_desktop.core.resources.bottlenecks import Bottleneck, Kind
from mlops_desktop.core.resources.forecast import LEAST
from mlops_desktop.core.resources.use import Use
from mlops_desktop.services.resources.outlook import Outlook
from mlops_desktop.services.resources.sharing import EQUAL
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.chips import Mood, Status

_SHARES = (
    Kind.NEAR_CAPACITY,
    Kind.FORECAST_BEYOND,
    Kind.TREND_BEYOND,
    Kind.IDLE_GPU,
    Kind.TOP_CONSUMER,
)
_WHOLE, _FEW = 100.0, 10.0
_MOODS: dict[Kind, Mood] = {
    Kind.NEAR_CAPACITY: "bad",
    Kind.FORECAST_BEYOND: "bad",
    Kind.TREND_BEYOND: "bad",
    Kind.FRAMEWORK_ENDED: "bad",
}


def say_value(context: Context, value: float | None) -> str:
    """Return a value with as many decimals as its size asks for; empty where there is none."""
    if value is None:
        return ""
    decimals = 0 if abs(value) >= _WHOLE else 1 if abs(value) >= _FEW else 2
    return context.language.number(value, decimals)


def say_amount(context: Context, value: float | None, unit: str) -> str:
    """Return a value with its unit, or that it was not measured."""
    if value is None:
        return context.say("resources.unmeasured")
    return f"{say_value(context, value)} {say_unit(context, unit)}".strip()


def say_unit(context: Context, unit: str) -> str:
    """Return a unit by its word, the source's own where there is none."""
    key = f"resources.unit.{unit}"
    return context.say(key) if key in context.language.words else unit


def say_share(context: Context, share: float | None, *, signed: bool = False) -> str:
    """Return a share as a percentage; empty where there is none."""
    if share is None:
        return ""
    sign = "+" if signed and share > 0 else ""
    return f"{sign}{context.language.number(share * 100)} %"


def say_bottleneck(context: Context, one: Bottleneck) -> str:
    """Return how much it is, in words."""
    if one.kind in _SHARES:
        return say_share(context, one.value)
    if one.kind is Kind.OVER_REQUESTED:
        return f"{context.language.number(one.value, 1)} : 1"
    if one.kind is Kind.FRAMEWORK_ENDED:
        return context.say("resources.word.number", n=context.language.number(one.value))
    return say_amount(context, one.value, one.unit)


def say_outlook(context: Context, one: Outlook) -> str:
    """Say what is expected and how sure that is, or that there is not enough data."""
    if one.ahead is None or one.forecast is None:
        return context.say("resources.outlook.little", weeks=one.weeks, least=LEAST)
    told = context.say("resources.outlook.enough", weeks=one.weeks)
    return " ".join(filter(None, (told, _used_up(context, one))))


def _used_up(context: Context, one: Outlook) -> str:
    day = context.language.date(one.used_up) if one.used_up else ""
    earliest = context.language.date(one.earliest) if one.earliest else ""
    if day and earliest and one.earliest != one.used_up:
        return context.say("resources.outlook.used_up_early", day=day, earliest=earliest)
    if day:
        return context.say("resources.outlook.used_up", day=day)
    return context.say("resources.outlook.maybe", earliest=earliest) if earliest else ""


def say_shared(context: Context, one: Use) -> str:
    """Say by what shared costs were divided; empty where none were."""
    keys = [key for key in one.shared_by if key != EQUAL]
    named = ", ".join(context.say(f"resources.resource.{key}") for key in keys)
    told = [context.say("resources.shared.key", resource=named)] if keys else []
    if EQUAL in one.shared_by:
        told.append(context.say("resources.shared.equal"))
    return " ".join(told)


def kind_status(context: Context, one: Bottleneck) -> Status:
    """Return the chip that says what is wrong."""
    return Status(_MOODS.get(one.kind, "warn"), context.say(f"resources.kind.{one.kind.value}"))


def measured_status(context: Context, one: Use) -> Status | None:
    """Return the chip of a use that was not measured all the time, or not at all."""
    used = one.sides.get(Measure.USED)
    if used is None:
        return Status("warn", context.say("resources.unmeasured"))
    if used.measured >= 0.995:
        return None
    return Status("info", say_share(context, used.measured))

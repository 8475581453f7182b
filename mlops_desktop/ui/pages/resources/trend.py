"""How a resource goes over time, as a timeline of what was requested, allocated and used."""

import math
from dataclasses import dataclass

from mlops_desktop.core.events.series import Measure
from mlops_desktop.core.resources.use import Use
from mlops_desktop.core.timeline import Line, Timeline
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.services.resources.outlook import Outlook, read_outlook_of
from mlops_desktop.services.resources.reading import TrendPoint, Wanted, read_trend
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.resources.said import say_unit

_FIRST = (Measure.USED, Measure.ALLOCATED, Measure.REQUESTED, Measure.CAPACITY)


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn: each side over time, in the unit of the use."""

    use: Use
    sides: dict[Measure, tuple[TrendPoint, ...]]
    outlook: Outlook | None = None


def read(session: Session, wanted: Wanted, use: Use, work: Work = QUIET) -> Trend:
    """Return the trend of a use, in the read lane."""
    sides = read_trend(session, wanted, use.group, use.resource, use.unit.name, work)
    return Trend(use, sides, read_outlook_of(session, wanted, use, work))


def timeline_of(context: Context, trend: Trend) -> Timeline:
    """Return the trend as a chart shows it; a part that was not measured is a gap."""
    lines = tuple(
        Line(
            context.say(f"resources.measure.{side.value}"),
            tuple(point.at for point in trend.sides[side]),
            tuple(math.nan if p.value is None else p.value for p in trend.sides[side]),
        )
        for side in _FIRST
        if side in trend.sides
    )
    resource = context.say(f"resources.resource.{trend.use.resource.value}")
    return Timeline(lines, f"{resource}, {say_unit(context, trend.use.unit.name)}".rstrip(", "))

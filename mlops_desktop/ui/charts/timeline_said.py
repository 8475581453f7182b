"""A timeline in words: what a point says, the data as a table, and the whole in a few sentences."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from mlops_desktop.core.numerals import MINUS
from mlops_desktop.core.timeline import Line, Timeline, When
from mlops_desktop.ui.charts.picture import Mark
from mlops_desktop.ui.charts.taking import Rows
from mlops_desktop.ui.context import Context

_MOST_SAID = 6
_DIGITS = 6
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Said:
    """How a moment and a value are written; made before the drawing leaves the window's thread."""

    moment: Callable[[When], str]
    number: Callable[[float], str]
    time: str
    unmeasured: str
    happened: str

    @classmethod
    def in_words(cls, context: Context, timeline: Timeline) -> "Said":
        """Return the words of ``timeline`` in the language in force."""
        return cls(
            _moments(context, timeline),
            numbers(context),
            context.say("charts.time"),
            context.say("charts.unmeasured"),
            context.say("charts.happened"),
        )


def numbers(context: Context) -> Callable[[float], str]:
    """Return what writes a number in few digits with the locale's signs, never as a power of ten.

    Only what no column could hold is written so.
    """
    locale = context.language.locale
    point, group = locale.decimalPoint(), locale.groupSeparator()
    signs = str.maketrans({",": group, ".": point, "-": MINUS})

    def write(value: float) -> str:
        size = abs(value)
        if size >= 10**_MOST_DIGITS or 0 < size < 10**-_DIGITS:
            return f"{value:.3g}".translate(signs)
        decimals = max(0, _DIGITS - max(1, len(str(int(size)))))
        told = f"{value:,.{decimals}f}"
        told = told.rstrip("0").rstrip(".") if "." in told else told
        return ("0" if told == "-0" else told).translate(signs)

    return write


def _moments(context: Context, timeline: Timeline) -> Callable[[When], str]:
    times = [cast("datetime", at) for line in timeline.lines for at in line.times]
    is_daily = len(times) < 2 or (max(times) - min(times)).days > len(times) / 24
    language = context.language

    def write(at: When) -> str:
        moment = cast("datetime", at)
        return language.date(moment.date()) if is_daily else language.time(moment)

    return write


def marks_of(timeline: Timeline, said: Said) -> tuple[Mark, ...]:
    """Return the points of every line, gaps too, and after them what happened."""
    points = [
        Mark(cast("datetime", at), None if math.isnan(value) else value,
             _point(timeline, line, at, value, said), line=number)
        for number, line in enumerate(timeline.lines)
        for at, value in zip(line.times, line.values, strict=True)
    ]  # fmt: skip
    events = [
        Mark(cast("datetime", one.at), None, f"{said.moment(one.at)}\n{one.name}",
             line=len(timeline.lines))
        for one in timeline.happenings
    ]  # fmt: skip
    return (*points, *events)


def _point(timeline: Timeline, line: Line, at: When, value: float, said: Said) -> str:
    """Return what a point says: when, of what, how much, and which bounds held then."""
    unit = f" {timeline.unit}" if timeline.unit else ""
    told = said.unmeasured if math.isnan(value) else f"{said.number(value)}{unit}"
    held = [
        f"{bound.name} {said.number(limit)}"
        for bound in timeline.bounds
        if (limit := bound.at(at)) is not None
    ]
    return "\n".join((f"{said.moment(at)} · {line.name}", told, *held))


def data_of(timeline: Timeline, said: Said) -> Rows:
    """Return a row for each time: the values, the bounds that held then, what happened."""
    by_line = [dict(zip(one.times, one.values, strict=True)) for one in timeline.lines]
    events: dict[When, str] = {}
    for one in timeline.happenings:
        events[one.at] = "; ".join(filter(None, (events.get(one.at), one.name)))
    times = sorted({*events, *(at for one in timeline.lines for at in one.times)})
    names = [one.name for one in timeline.lines] + [one.name for one in timeline.bounds]
    heads = (said.time, *names, *((said.happened,) if events else ()))

    def cell(value: float | None) -> str:
        if value is None:
            return ""
        return said.unmeasured if math.isnan(value) else said.number(value)

    rows = (
        (
            said.moment(at),
            *(cell(one.get(at)) for one in by_line),
            *(cell(bound.at(at)) for bound in timeline.bounds),
            *((events.get(at, ""),) if events else ()),
        )
        for at in times
    )
    return (heads, *rows)


def describe(context: Context, timeline: Timeline, said: Said) -> str:
    """Return the whole in sentences, for who cannot see it."""
    say = context.say
    parts = [_line(context, line, timeline.unit, said) for line in timeline.lines]
    ends = [at for line in timeline.lines for at in line.times[-1:]]
    for bound in timeline.bounds if ends else ():
        limit = bound.at(max(ends))
        if limit is not None:
            parts.append(say("charts.said.bound", name=bound.name, value=said.number(limit)))
    for start, end in timeline.unmeasured[-_MOST_SAID:]:
        first, last = said.moment(start), said.moment(end)
        parts.append(say("charts.said.gap", first=first, last=last))
    events = (
        say("charts.said.happening", at=said.moment(one.at), name=one.name)
        for one in timeline.happenings[-_MOST_SAID:]
    )
    return "\n".join((*parts, *events))


def _line(context: Context, line: Line, unit: str, said: Said) -> str:
    pairs = zip(line.times, line.values, strict=True)
    here = [(at, value) for at, value in pairs if not math.isnan(value)]
    if not here:
        return context.say("charts.said.nothing", name=line.name)
    values = [value for _, value in here]
    told = {
        "name": f"{line.name} ({unit})" if unit else line.name,
        "n": context.language.number(len(here)),
        "first": said.moment(here[0][0]),
        "last": said.moment(here[-1][0]),
        "value": said.number(values[-1]),
        "least": said.number(min(values)),
        "most": said.number(max(values)),
    }
    return context.say("charts.said.line", **told)

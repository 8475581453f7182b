"""Values over time: lines with their gaps, bounds as they held, and what happened when."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from mlops_desktop.ui.charts.dress import dress
from mlops_desktop.ui.colors import Colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.chart import Draw, Drawn, Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_MARKED = 60
"""More points than this stand too close to be drawn as dots."""
_DASHES = {"warn": (4.0, 2.4), "bad": (1.4, 1.8), "muted": (6.0, 3.0)}


@dataclass(frozen=True, slots=True)
class Line:
    """One series in the order of time; NaN is a gap and is never bridged."""

    name: str
    times: tuple[datetime, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit as it held: from when which value. ``tone`` is a colour role: warn, bad, muted."""

    name: str
    steps: tuple[tuple[datetime, float], ...]
    tone: str = "muted"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened at a time, as a version put into production."""

    at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is shown; ``unmeasured`` are times without a value that there should have been."""

    lines: tuple[Line, ...]
    unit: str = ""
    bounds: tuple[Bound, ...] = ()
    happenings: tuple[Happening, ...] = ()
    unmeasured: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """How a moment and a value are written; made before the drawing leaves the window's thread."""

    moment: Callable[[datetime], str]
    number: Callable[[float], str]
    time: str
    unmeasured: str


def draw_timeline(context: Context, timeline: Timeline) -> Draw:
    """Return what draws ``timeline``; its data are a row a time and a column a line."""
    said = _Said(_moments(context, timeline), numbers(context), context.say("charts.time"),
                 context.say("charts.unmeasured"))  # fmt: skip

    def draw(figure: "Figure", colors: Colors) -> Drawn:
        axes = figure.add_subplot()
        _draw_unmeasured(axes, timeline, colors, said)
        for bound in timeline.bounds:
            _draw_bound(axes, timeline, bound, colors)
        for number, line in enumerate(timeline.lines):
            _draw_line(axes, line, number, colors)
        _draw_happenings(axes, timeline, colors)
        dress(axes, colors)
        _scale(figure, axes, timeline, said, colors)
        return Drawn(_marks(timeline, said), _table(timeline, said))

    return draw


def numbers(context: Context) -> Callable[[float], str]:
    """Return what writes a number with the locale's decimal sign, in few digits."""
    point = context.language.locale.decimalPoint()
    return lambda value: f"{value:.6g}".replace(".", point)


def _moments(context: Context, timeline: Timeline) -> Callable[[datetime], str]:
    times = [at for line in timeline.lines for at in line.times]
    is_daily = len(times) < 2 or (max(times) - min(times)).days > len(times) / 24
    language = context.language
    return (lambda at: language.date(at.date())) if is_daily else language.time


def _colour(number: int, colors: Colors) -> str:
    # neighbours must not be taken for each other: accent and info are both blue
    return (colors.accent, colors.muted, colors.good, colors.info)[number % 4]


def _draw_line(axes: "Axes", line: Line, number: int, colors: Colors) -> None:
    is_sparse = len(line.times) <= _MOST_MARKED
    axes.plot(
        line.times,  # type: ignore[arg-type] # matplotlib converts dates
        line.values,
        color=_colour(number, colors),
        linewidth=1.8 if is_sparse else 1.1,
        marker="o" if is_sparse else "",
        markersize=5,
        zorder=3,
        label=line.name,
    )


def _draw_bound(axes: "Axes", timeline: Timeline, bound: Bound, colors: Colors) -> None:
    """Draw a bound from when it held; the last one lasts to the end of what is shown."""
    ends = [at for line in timeline.lines for at in line.times]
    ends += [end for _, end in timeline.unmeasured]
    if not bound.steps or not ends:
        return
    first, last = min(ends), max(ends)
    steps = [(max(at, first), value) for at, value in bound.steps if at <= last]
    steps = [list(part)[-1] for _, part in groupby(steps, key=lambda step: step[0])]
    if not steps:
        return
    xs = [at for at, _ in steps] + [last]
    ys = [value for _, value in steps] + [steps[-1][1]]
    axes.plot(
        xs,  # type: ignore[arg-type] # matplotlib converts dates
        ys,
        drawstyle="steps-post",
        color=getattr(colors, bound.tone),
        linewidth=1.2,
        dashes=_DASHES[bound.tone],
        label=bound.name,
        zorder=2,
        antialiased=False,  # horizontal and vertical only
    )


def _draw_unmeasured(axes: "Axes", timeline: Timeline, colors: Colors, said: _Said) -> None:
    for number, (start, end) in enumerate(timeline.unmeasured):
        axes.axvspan(
            start,  # type: ignore[arg-type] # matplotlib converts dates
            end,  # type: ignore[arg-type]
            facecolor=colors.idle_soft,
            edgecolor=colors.edge,
            hatch="///",
            linewidth=0,
            label="" if number else said.unmeasured,
            zorder=1,
        )


def _draw_happenings(axes: "Axes", timeline: Timeline, colors: Colors) -> None:
    for number, one in enumerate(timeline.happenings):
        axes.axvline(one.at, color=colors.edge, linewidth=1.0, zorder=1)  # type: ignore[arg-type]
        axes.annotate(
            one.name,
            (one.at, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(3, -9 - 11 * (number % 2)),
            textcoords="offset points",
            fontsize=8,
            color=colors.muted,
            parse_math=False,
        )


def _scale(figure: "Figure", axes: "Axes", timeline: Timeline, said: _Said, colors: Colors) -> None:
    from matplotlib.dates import AutoDateLocator, num2date

    axes.yaxis.set_major_formatter(lambda value, _at: said.number(value))
    places = AutoDateLocator(minticks=3, maxticks=7)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(places)
    axes.xaxis.set_major_formatter(
        lambda value, _at: said.moment(num2date(value))  # type: ignore[no-untyped-call]
    )
    if timeline.unit:
        axes.set_ylabel(timeline.unit, color=colors.muted, fontsize=9)
    handles, names = axes.get_legend_handles_labels()
    if len(handles) > 1:
        figure.legend(
            handles,
            names,
            loc="outside upper left",
            ncols=4,
            frameon=False,
            fontsize=8.5,
            labelcolor=colors.text,
        )


def _marks(timeline: Timeline, said: _Said) -> tuple[Mark, ...]:
    unit = f" {timeline.unit}" if timeline.unit else ""
    return tuple(
        Mark(at, value, f"{said.moment(at)} · {line.name}\n{said.number(value)}{unit}")
        for line in timeline.lines
        for at, value in zip(line.times, line.values, strict=True)
        if not math.isnan(value)
    )


def _table(timeline: Timeline, said: _Said) -> tuple[tuple[str, ...], ...]:
    by_line = [dict(zip(one.times, one.values, strict=True)) for one in timeline.lines]
    times = sorted({at for one in timeline.lines for at in one.times})
    heads = (said.time, *(one.name for one in timeline.lines))

    def cell(value: float | None) -> str:
        if value is None:
            return ""
        return said.unmeasured if math.isnan(value) else said.number(value)

    rows = ((said.moment(at), *(cell(one.get(at)) for one in by_line)) for at in times)
    return (heads, *rows)

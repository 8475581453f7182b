"""The figure of values over time: one code draws it for the dossier and for the window.

What differs is the ink and what the axes print; a line is told from another by its marker too,
a bound by its dashes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from mlops_desktop.core.timeline import Bound, Happening, Line, Timeline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_MARKED = 60
"""More points than this stand too close to be drawn as dots."""
_FEW_MARKS = 12
_MARKERS = ("o", "s", "^", "D")
_DASHES = {"warn": (4.0, 2.4), "bad": (1.4, 1.8), "muted": (6.0, 3.0)}
_ROWS = 3
_SHARE_OF_AXES = 0.86
_SHARE_OF_HEIGHT = 0.72
_MOST_ROOM = 0.45
_WIDTH_OF_LETTER = 0.56


@dataclass(frozen=True, slots=True)
class TimelineInk:
    """Colours as #rrggbb, ``tones`` those of bounds; sizes in points."""

    lines: tuple[str, ...]
    muted: str
    edge: str
    ground: str
    paper: str
    tones: Mapping[str, str] = field(default_factory=dict)
    letter: float = 8.0
    width: float = 1.8
    marker: float = 5.0


def draw_lines(axes: "Axes", timeline: Timeline, ink: TimelineInk) -> None:
    """Draw every series; nothing bridges a gap."""
    for number, line in enumerate(timeline.lines):
        _draw_line(axes, line, number, ink)


def _draw_line(axes: "Axes", line: Line, number: int, ink: TimelineInk) -> None:
    is_sparse = len(line.times) <= _MOST_MARKED
    step = 1 if is_sparse else max(1, len(line.times) // _FEW_MARKS)
    axes.plot(
        line.times,  # type: ignore[arg-type] # matplotlib converts dates
        line.values,
        color=ink.lines[number % len(ink.lines)],
        linewidth=ink.width if is_sparse else ink.width * 0.6,
        marker=_MARKERS[number % len(_MARKERS)],
        markersize=ink.marker,
        markeredgewidth=0,
        markevery=(number * step // len(_MARKERS), step),
        zorder=3,
        label=line.name,
    )


def draw_bounds(axes: "Axes", timeline: Timeline, ink: TimelineInk) -> None:
    """Draw each bound from when it held; the last one lasts to the end of what is shown."""
    for bound in timeline.bounds:
        _draw_bound(axes, timeline, bound, ink)


def _draw_bound(axes: "Axes", timeline: Timeline, bound: Bound, ink: TimelineInk) -> None:
    ends = [at for line in timeline.lines for at in line.times]
    ends += [end for _, end in timeline.unmeasured]
    if not bound.steps or not ends:
        return
    first, last = min(ends), max(ends)
    # Of those from before the first value only the last held then: no step is drawn for it.
    steps = [(max(at, first), value) for at, value in bound.steps if at <= last]  # type: ignore[operator]
    steps = [list(part)[-1] for _, part in groupby(steps, key=lambda step: step[0])]
    if not steps:
        return
    axes.plot(
        [at for at, _ in steps] + [last],  # type: ignore[arg-type] # matplotlib converts dates
        [value for _, value in steps] + [steps[-1][1]],
        drawstyle="steps-post",
        color=ink.tones.get(bound.tone, ink.muted),
        linewidth=ink.width * 0.67,
        dashes=_DASHES[bound.tone],
        label=bound.name,
        zorder=2,
        antialiased=False,  # horizontal and vertical only
    )


def draw_unmeasured(axes: "Axes", timeline: Timeline, ink: TimelineInk, name: str) -> None:
    """Hatch the times without a value that there should have been."""
    for number, (start, end) in enumerate(timeline.unmeasured):
        axes.axvspan(
            start,  # type: ignore[arg-type] # matplotlib converts dates
            end,  # type: ignore[arg-type]
            facecolor=ink.ground,
            edgecolor=ink.edge,
            hatch="///",
            linewidth=0,
            label="" if number else name,
            zorder=1,
        )


def draw_happenings(axes: "Axes", timeline: Timeline, ink: TimelineInk) -> None:
    """Mark what happened by a line, and name it as far as no two names touch."""
    rows = _rows(axes, timeline.happenings, ink)
    _make_room(axes, len({row for _, row in rows}), ink)
    for one in timeline.happenings:
        axes.axvline(one.at, color=ink.edge, linewidth=1.0, zorder=1)  # type: ignore[arg-type]
    for one, row in rows:
        axes.annotate(
            one.name,
            (one.at, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(3, -(ink.letter + 1) - (ink.letter + 3) * row),
            textcoords="offset points",
            fontsize=ink.letter,
            color=ink.muted,
            bbox={"facecolor": ink.paper, "edgecolor": "none", "pad": 1.0},
            zorder=2.5,
            parse_math=False,
        )


def _make_room(axes: "Axes", rows: int, ink: TimelineInk) -> None:
    """Raise the top so far that the names stand above every value."""
    figure = axes.get_figure(root=True)
    tall = (figure.get_size_inches()[1] if figure else 3.0) * 72 * _SHARE_OF_HEIGHT
    share = min(_MOST_ROOM, (rows * (ink.letter + 3) + 4) / tall) if rows else 0.0
    (low, high), most = axes.get_ylim(), axes.dataLim.ymax
    axes.set_ylim(low, max(high, low + (most - low) / (1 - share)))


def _rows(
    axes: "Axes", happenings: tuple[Happening, ...], ink: TimelineInk
) -> list[tuple[Happening, int]]:
    """Return what can be named and in which row; the rest has a line alone."""
    figure = axes.get_figure(root=True)
    low, high = axes.get_xlim()
    room = (figure.get_size_inches()[0] if figure else 6.0) * 72 * _SHARE_OF_AXES
    ends, found = [float("-inf")] * _ROWS, []
    for one in happenings:
        x = float(axes.convert_xunits(one.at))  # type: ignore[no-untyped-call]
        left = (x - low) / (high - low or 1.0) * room
        width = len(one.name) * ink.letter * _WIDTH_OF_LETTER
        free = [row for row, end in enumerate(ends) if end <= left]
        if free and left + width <= room * 1.04:
            ends[free[0]] = left + width + ink.letter
            found.append((one, free[0]))
    return found

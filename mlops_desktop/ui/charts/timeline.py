"""Values over time in the window: the dossier's figure, read, spoken and copied."""

from typing import TYPE_CHECKING

from mlops_desktop.core.timeline import Bound, Happening, Line, Timeline
from mlops_desktop.services.figures import (
    TimelineInk,
    draw_bounds,
    draw_happenings,
    draw_lines,
    draw_unmeasured,
)
from mlops_desktop.ui.charts.dress import dress
from mlops_desktop.ui.charts.picture import Draw, Drawn
from mlops_desktop.ui.charts.timeline_said import Said, data_of, describe, marks_of, numbers
from mlops_desktop.ui.colors import Colors
from mlops_desktop.ui.context import Context

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LETTER, _KEY = 4.8, 42.0
"""Points that a letter and the sign before a name take."""
_MOST_COLUMNS = 4
_FIGURE, _BETWEEN, _AXIS = 5.4, 12.0, 48.0
"""Points that a figure of a date takes, that dates stand apart, and that stand beside the axis."""
_MOST_DATES = 7
_LINE, _MOST_NUMBERS = 26.0, 6
__all__ = ["Bound", "Happening", "Line", "Timeline", "draw_timeline", "ink_of", "numbers"]


def draw_timeline(context: Context, timeline: Timeline) -> Draw:
    """Return what draws ``timeline``; its data are a row a time and a column a line."""
    said = Said.in_words(context, timeline)
    told = describe(context, timeline, said)

    def draw(figure: "Figure", colors: Colors) -> Drawn:
        axes, ink = figure.add_subplot(), ink_of(colors)
        draw_unmeasured(axes, timeline, ink, said.unmeasured)
        draw_bounds(axes, timeline, ink)
        draw_lines(axes, timeline, ink)
        dress(axes, colors)
        draw_happenings(axes, timeline, ink)
        _scale(figure, axes, timeline, said, colors)
        return Drawn(marks_of(timeline, said), data_of(timeline, said), told)

    return draw


def ink_of(colors: Colors) -> TimelineInk:
    """Return the theme's colours as ink; neighbours must not be taken for each other."""
    return TimelineInk(
        # accent and info are both blue
        lines=(colors.accent, colors.muted, colors.good, colors.info),
        muted=colors.muted,
        edge=colors.edge,
        ground=colors.idle_soft,
        paper=colors.surface,
        tones={"warn": colors.warn, "bad": colors.bad, "muted": colors.muted},
    )


def _columns(figure: "Figure", names: list[str]) -> int:
    """Return in how many columns the names of the lines find room."""
    width = max(map(len, names)) * _LETTER + _KEY
    return max(1, min(_MOST_COLUMNS, int(figure.get_size_inches()[0] * 72 // width)))


def _dates(figure: "Figure", shown: str) -> int:
    """Return how many dates find room beside each other."""
    width = figure.get_size_inches()[0] * 72 - _AXIS
    return max(2, min(_MOST_DATES, int(width // (len(shown) * _FIGURE + _BETWEEN))))


def _numbers(figure: "Figure", rows: int) -> int:
    """Return how many steps of the scale find room beside so many rows of names."""
    height = figure.get_size_inches()[1] * 72 - (rows + 1) * _LINE / 2 - _LINE
    return max(1, min(_MOST_NUMBERS, int(height // _LINE)))


def _date(figure: "Figure", axes: "Axes", timeline: Timeline, said: Said) -> None:
    """Date the axis as often as there is room: at even steps, else at both ends alone."""
    from matplotlib.dates import AutoDateLocator, date2num, num2date

    times = [time for line in timeline.lines for time in line.times]
    if not times:
        return
    places = AutoDateLocator(minticks=3, maxticks=_MOST_DATES)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(places)
    low, high = axes.get_xlim()
    even = places.tick_values(*num2date((low, high)))  # type: ignore[no-untyped-call]
    inside = [float(one) for one in even if low <= one <= high]
    most = _dates(figure, said.moment(times[0]))
    chosen = inside[:: -(-len(inside) // most)] if most > 2 else []
    if len(chosen) < 2:
        chosen = [float(one) for one in date2num([min(times), max(times)])]  # type: ignore[no-untyped-call]
    axes.set_xticks(chosen)


def _scale(figure: "Figure", axes: "Axes", timeline: Timeline, said: Said, colors: Colors) -> None:
    from matplotlib.dates import num2date
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_formatter(lambda value, _at: said.number(value))
    _date(figure, axes, timeline, said)
    axes.xaxis.set_major_formatter(
        lambda value, _at: said.moment(num2date(value))  # type: ignore[no-untyped-call]
    )
    if timeline.unit:
        axes.set_ylabel(timeline.unit, color=colors.muted, fontsize=9)
    handles, names = axes.get_legend_handles_labels()
    rows = -(-len(handles) // _columns(figure, names)) if len(handles) > 1 else 0
    axes.yaxis.set_major_locator(MaxNLocator(_numbers(figure, rows)))
    if rows:
        figure.legend(
            handles,
            names,
            loc="outside upper left",
            ncols=_columns(figure, names),
            frameon=False,
            fontsize=8.5,
            labelcolor=colors.text,
        )

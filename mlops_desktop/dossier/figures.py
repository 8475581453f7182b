"""The figure of a metric's series, drawn by the code that draws it in the window.

Every figure printed on it is a fact: the axis names the least, the greatest and the last value
and the thresholds, never a round number in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isnan, nan

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy import asarray

from mlops_desktop.core.timeline import Bound, Happening, Line, Timeline
from mlops_desktop.dossier.content import Axis, Missing, Point, Series
from mlops_desktop.dossier.language import Language, is_figure
from mlops_desktop.dossier.timelines import TimelineInk, draw_bounds, draw_happenings, draw_lines
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.lines import measure
from mlops_desktop.dossier.typeset.safety import safe

_INK = "#1A1C1F"
_MUTED = "#59636F"
_ACCENT = "#14385C"
_HAIRLINE = "#C6CCD4"
_MARGINS = {"left": 42.0, "right": 44.0, "bottom": 20.0, "top": 24.0}
_LABEL_SIZE = 6.8
_LABEL_GAP = 5.0
#: Labels nearer than this share of the height would print over one another.
_NEAR = 0.14
_DRAWN = TimelineInk(
    lines=(_ACCENT,), muted=_MUTED, edge=_HAIRLINE, ground=_HAIRLINE, paper="#FFFFFF",
    letter=6.2, width=1.3, marker=3.2,
)  # fmt: skip
_LIMITS = ("warning", "intervention", "warning_high", "intervention_high")


@dataclass(frozen=True, slots=True)
class _Measured:
    point: Point
    x: float
    y: float
    text: str


def draw_series(series: Series, language: Language, width: float, height: float) -> Figure:
    """Return the figure of ``series``, ``width`` by ``height`` points; needs one value at least."""
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    axes = figure.add_axes(
        (
            _MARGINS["left"] / width,
            _MARGINS["bottom"] / height,
            1 - (_MARGINS["left"] + _MARGINS["right"]) / width,
            1 - (_MARGINS["bottom"] + _MARGINS["top"]) / height,
        )
    )
    figure.patch.set_visible(False)
    measured = _measured(series)
    _plain(axes)
    timeline = _timeline(series, language)
    draw_bounds(axes, timeline, _DRAWN)
    draw_lines(axes, timeline, _DRAWN)
    _name_bounds(axes, series, timeline, language)
    _scale(axes, series, measured, language)
    draw_happenings(axes, timeline, _DRAWN)
    _name(figure, series, language.measured(measured[-1].text, series.measured_in), height)
    return figure


def _measured(series: Series) -> list[_Measured]:
    found = []
    for index, point in enumerate(series.points):
        if isinstance(point.value, Missing) or not is_figure(point.value):
            continue
        x = _place(series, index, point)
        found.append(_Measured(point, x, float(point.value), point.value))
    return found


def _place(series: Series, index: int, point: Point) -> float:
    return _day(point.at) if series.axis is Axis.TIME and point.at else float(index)


def _day(at: datetime) -> float:
    return at.timestamp() / 86400


def _plain(axes: Axes) -> None:
    axes.patch.set_visible(False)  # a draft's watermark shines through
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_HAIRLINE)
    axes.tick_params(length=0, labelsize=_LABEL_SIZE, labelcolor=_MUTED, pad=4)
    axes.set_axisbelow(True)


def _timeline(series: Series, language: Language) -> Timeline:
    """Return what is drawn as numbers; what was not measured is a gap in the line."""
    xs = tuple(_place(series, index, point) for index, point in enumerate(series.points))
    line = Line(series.metric, xs, tuple(map(_number, series.points)))
    served = (
        Happening(_day(one.at), language.say("figure.version", version=one.version))
        for one in series.served
    )
    return Timeline((line,), bounds=tuple(_bounds(series, min(xs))), happenings=tuple(served))


def _number(point: Point) -> float:
    is_known = not isinstance(point.value, Missing) and is_figure(point.value)
    return float(str(point.value)) if is_known else nan


def _bounds(series: Series, first: float) -> Iterator[Bound]:
    """Yield each threshold along the time in which it held, or those of the as-of date."""
    for name in _LIMITS:
        if series.limits:
            told = [(_day(one.since), getattr(one, name)) for one in series.limits]
        else:
            told = [(first, getattr(series, name, None))]
        steps = tuple((x, nan if text is None else float(text)) for x, text in told)
        if not all(isnan(y) for _, y in steps):
            yield Bound(name, steps, "warn" if name.startswith("warning") else "bad")


def _name_bounds(axes: Axes, series: Series, timeline: Timeline, language: Language) -> None:
    """Write at its end what each threshold came to last."""
    last = max(_place(series, index, point) for index, point in enumerate(series.points))
    for bound in timeline.bounds:
        told = [getattr(one, bound.name) for one in series.limits if _day(one.since) <= last]
        text = told[-1] if told else None if series.limits else getattr(series, bound.name)
        if text is not None:
            _label(axes, float(text), language.decimal(text))


def _label(axes: Axes, y: float, text: str) -> None:
    axes.annotate(
        text,
        (1, y),
        xycoords=("axes fraction", "data"),
        xytext=(5, -2.4),
        textcoords="offset points",
        fontsize=_LABEL_SIZE,
        color=_MUTED,
        annotation_clip=False,
        parse_math=False,
    )


def _scale(axes: Axes, series: Series, measured: Sequence[_Measured], language: Language) -> None:
    levels = _held(axes)
    low, high = min(levels), max(levels)
    pad = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
    axes.set_ylim(low - pad, high + pad)
    xs = [m.x for m in measured]
    room = (max(xs) - min(xs)) * 0.03 or 0.5
    axes.set_xlim(min(xs) - room, max(xs) + room)
    ends = sorted({(m.y, m.text) for m in measured})
    ticks = [ends[0], ends[-1]] if _apart(ends[0][0], ends[-1][0], axes) else [ends[-1]]
    labels = [language.decimal(text) for _, text in ticks]
    labels[-1] = _with_unit(language, ticks[-1][1], series.measured_in)
    axes.set_yticks([y for y, _ in ticks], labels)
    axes.grid(axis="y", color=_HAIRLINE, linewidth=0.4)
    _mark(axes, [(m.x, _where(series, m, language)) for m in measured])


def _with_unit(language: Language, text: str, unit: str) -> str:
    """Return the top label with the unit of all of them, where the margin has room for it."""
    told = language.measured(text, unit)
    wide = measure(safe(told), fonts.REGULAR, _LABEL_SIZE) + _LABEL_GAP
    return told if wide <= _MARGINS["left"] else language.decimal(text)


def _held(axes: Axes) -> list[float]:
    """Return every value that is drawn, and the thresholds as far as they held meanwhile."""
    drawn = [float(y) for line in axes.lines for y in asarray(line.get_ydata(), dtype=float)]
    return [y for y in drawn if not isnan(y)]


def _apart(low: float, high: float, axes: Axes) -> bool:
    bottom, top = axes.get_ylim()
    return (high - low) / (top - bottom) > _NEAR


def _mark(axes: Axes, places: Sequence[tuple[float, str]]) -> None:
    """Label first and last, and in between as many as do not touch."""
    width = axes.bbox.width
    left, right = axes.get_xlim()
    chosen: list[tuple[float, str, float, float]] = []
    for x, label in (places[0], places[-1], *places[1:-1]):
        middle = (x - left) / (right - left) * width
        half = measure(safe(label), fonts.REGULAR, _LABEL_SIZE) / 2 + _LABEL_GAP
        if all(middle + half <= low or high <= middle - half for _, _, low, high in chosen):
            chosen.append((x, label, middle - half, middle + half))
    chosen.sort()
    axes.set_xticks([x for x, *_ in chosen], [label for _, label, *_ in chosen])


def _where(series: Series, measured: _Measured, language: Language) -> str:
    point = measured.point
    if series.axis is Axis.TIME and point.at:
        return language.day(point.at.date())
    return (point.version or "")[:12]


def _name(figure: Figure, series: Series, last: str, height: float) -> None:
    name = series.metric if len(series.metric) <= 34 else f"{series.metric[:33]}…"
    for x, words, colour in ((0.0, name, _INK), (1.0, last, _ACCENT)):
        figure.text(
            x,
            1 - 9 / height,
            words,
            color=colour,
            fontsize=8,
            fontweight="bold",
            ha="left" if x == 0 else "right",
            va="center",
            parse_math=False,
        )

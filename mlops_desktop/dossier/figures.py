"""The figure of a metric's series: the same in the dossier and wherever else it is drawn.

Every figure printed on it is a fact: the axis names the least, the greatest and the last value
and the thresholds, never a round number in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isnan, nan

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from mlops_desktop.dossier.content import Axis, Missing, Point, Series
from mlops_desktop.dossier.language import Language, is_figure
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
    measured = _measured(series)
    _plain(axes)
    _draw_line(axes, measured)
    _draw_thresholds(axes, series, language)
    _scale(axes, series, measured, language)
    _name(figure, series, language.decimal(measured[-1].text), height)
    return figure


def _measured(series: Series) -> list[_Measured]:
    found = []
    for index, point in enumerate(series.points):
        if isinstance(point.value, Missing) or not is_figure(point.value):
            continue
        x = _day(point.at) if series.axis is Axis.TIME and point.at else float(index)
        found.append(_Measured(point, x, float(point.value), point.value))
    return found


def _day(at: datetime) -> float:
    return at.timestamp() / 86400


def _plain(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_HAIRLINE)
    axes.tick_params(length=0, labelsize=_LABEL_SIZE, labelcolor=_MUTED, pad=4)
    axes.set_axisbelow(True)


def _draw_line(axes: Axes, measured: Sequence[_Measured]) -> None:
    line = Line2D(
        [m.x for m in measured],
        [m.y for m in measured],
        color=_ACCENT,
        linewidth=1.3,
        marker="o",
        markersize=3.2,
        markerfacecolor=_ACCENT,
        markeredgewidth=0,
    )
    axes.add_line(line)


def _draw_thresholds(axes: Axes, series: Series, language: Language) -> None:
    if series.limits:
        _draw_limits(axes, series, language)
        return
    for text, dashes in ((series.warning, (4, 2.4)), (series.intervention, (1.2, 1.8))):
        if text is not None:
            axes.axhline(float(text), color=_MUTED, linewidth=0.9, dashes=dashes, zorder=1)
            _label(axes, float(text), language.decimal(text))


def _draw_limits(axes: Axes, series: Series, language: Language) -> None:
    """Draw each threshold along the time in which it held; the last is named at its end."""
    times = [point.at for point in series.points if point.at is not None]
    if not times:
        return
    first, last = _day(min(times)), _day(max(times))
    for name in _LIMITS:
        # Of those from before the first value only the last held then: no step is drawn for it.
        told = {max(_day(one.since), first): getattr(one, name) for one in series.limits}
        steps = [(x, nan if text is None else float(text)) for x, text in told.items() if x <= last]
        if all(isnan(y) for _, y in steps):
            continue
        xs, ys = [x for x, _ in steps] + [last], [y for _, y in steps] + [steps[-1][1]]
        dashes = (4, 2.4) if name.startswith("warning") else (1.2, 1.8)
        axes.plot(
            xs, ys, color=_MUTED, linewidth=0.9, dashes=dashes, zorder=1, drawstyle="steps-post"
        )
        text = told[steps[-1][0]]
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
    thresholds = [float(t) for t in _held(series) if t is not None]
    levels = [m.y for m in measured] + thresholds
    low, high = min(levels), max(levels)
    pad = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
    axes.set_ylim(low - pad, high + pad)
    xs = [m.x for m in measured]
    room = (max(xs) - min(xs)) * 0.03 or 0.5
    axes.set_xlim(min(xs) - room, max(xs) + room)
    ends = sorted({(m.y, m.text) for m in measured})
    ticks = [ends[0], ends[-1]] if _apart(ends[0][0], ends[-1][0], axes) else [ends[-1]]
    axes.set_yticks([y for y, _ in ticks], [language.decimal(text) for _, text in ticks])
    axes.grid(axis="y", color=_HAIRLINE, linewidth=0.4)
    _mark(axes, [(m.x, _where(series, m, language)) for m in measured])


def _held(series: Series) -> list[str | None]:
    told = [getattr(one, name) for one in series.limits for name in _LIMITS]
    return [series.warning, series.intervention, *told]


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

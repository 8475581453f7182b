"""The figure of an experiment: the difference, its bounds, and the line it had to cross.

The same function draws it for the dossier and for the window, in the words and colours given.
"""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mlops_desktop.dossier.content import Interval
from mlops_desktop.dossier.language import Language

_NEAR = 0.16
"""Ticks nearer than this share of the width would print over one another."""
_BLEED = 0.14


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours by meaning, as #rrggbb, and the size of the letters in points."""

    text: str = "#1A1C1F"
    muted: str = "#59636F"
    accent: str = "#14385C"
    line: str = "#C6CCD4"
    better: str = "#EDF2F7"
    size: float = 7.2


@dataclass(frozen=True, slots=True)
class IntervalWords:
    """What stands on the figure, and how a decimal text is written."""

    title: str
    better: str
    needed: str
    number: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Place:
    value: float
    lower: float
    upper: float
    needed: float
    left: float
    right: float


def draw_interval(axes: Axes, interval: Interval, words: IntervalWords, ink: Ink) -> None:
    """Draw ``interval`` on empty ``axes``: the bar is the bounds, the dot the difference."""
    place = _placed(interval)
    axes.set_xlim(place.left, place.right)
    axes.set_ylim(-1, 1)
    _draw_lines(axes, interval, place, words, ink)
    axes.plot(
        [place.lower, place.upper],
        [0, 0],
        color=ink.accent,
        linewidth=2.2,
        marker="|",
        markersize=11,
        markeredgewidth=1.6,
        zorder=3,
    )
    axes.plot([place.value], [0], color=ink.accent, marker="o", markersize=6, zorder=4)
    _write_values(axes, interval, place, words, ink)
    axes.set_title(words.title, loc="left", fontsize=ink.size + 1, color=ink.text, parse_math=False)


def _placed(interval: Interval) -> _Place:
    value, lower, upper, needed = (
        float(text) for text in (interval.value, interval.lower, interval.upper, interval.needed)
    )
    low, high = min(lower, value, needed, 0.0), max(upper, value, needed, 0.0)
    bleed = (high - low) * _BLEED or 1.0
    return _Place(value, lower, upper, needed, low - bleed, high + bleed)


def _draw_lines(
    axes: Axes, interval: Interval, place: _Place, words: IntervalWords, ink: Ink
) -> None:
    is_more = interval.direction == "at_least"
    start, end = (place.needed, place.right) if is_more else (place.left, place.needed)
    axes.axvspan(start, end, facecolor=ink.better, edgecolor="none", zorder=0)
    axes.axvline(0.0, color=ink.line, linewidth=1.0, zorder=1)
    axes.axvline(place.needed, color=ink.muted, linewidth=1.0, dashes=(4, 2.4), zorder=1)
    axes.annotate(
        words.better,
        (1 if is_more else 0, 1),
        xycoords="axes fraction",
        xytext=(-4 if is_more else 4, -4),
        textcoords="offset points",
        ha="right" if is_more else "left",
        va="top",
        fontsize=ink.size,
        color=ink.muted,
        parse_math=False,
    )
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(ink.line)
    axes.tick_params(length=0, labelsize=ink.size, labelcolor=ink.muted, pad=4)
    _mark(axes, interval, place, words)


def _mark(axes: Axes, interval: Interval, place: _Place, words: IntervalWords) -> None:
    """Name nought and the line to be crossed on the axis; where they are too near, the line."""
    needed = f"{words.needed} {words.number(interval.needed)}"
    is_apart = abs(place.needed) / (place.right - place.left) > _NEAR
    marks = [(place.needed, needed), *([(0.0, words.number("0"))] if is_apart else [])]
    axes.set_xticks([x for x, _ in marks], [label for _, label in marks])
    axes.set_yticks([])


def _write_values(
    axes: Axes, interval: Interval, place: _Place, words: IntervalWords, ink: Ink
) -> None:
    told = (
        (place.value, interval.value, 9.0, "center", ink.text),
        (place.lower, interval.lower, -17.0, "right", ink.muted),
        (place.upper, interval.upper, -17.0, "left", ink.muted),
    )
    for x, text, lift, side, colour in told:
        axes.annotate(
            words.number(text),
            (x, 0),
            xytext=(0, lift),
            textcoords="offset points",
            ha=side,
            fontsize=ink.size + (1 if side == "center" else 0),
            color=colour,
            parse_math=False,
        )


def make_figure(interval: Interval, language: Language, width: float, height: float) -> Figure:
    """Return the figure for the dossier, ``width`` by ``height`` points."""
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    axes = figure.add_axes((0.02, 24 / height, 0.96, 1 - 44 / height))
    words = IntervalWords(
        f"{interval.name}: {language.say('interval.title')}",
        language.say("interval.better"),
        language.say("interval.needed"),
        language.decimal,
    )
    draw_interval(axes, interval, words, Ink())
    return figure

"""Stacked bars drawn as vectors, which say the same in a copy in black and white."""

from collections.abc import Iterator, Sequence

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus import Flowable

from mlops_desktop.dossier.content import Bar, Bars
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.ink import ACCENT, INK, draw_right, draw_text, shorten, width_of
from mlops_desktop.dossier.typeset.lines import Style
from mlops_desktop.dossier.typeset.tagging import Element, box_of, marked

_ROW, _BAR, _LEGEND = 17.0, 11.5, 15.0
_LABELS, _TOTAL = 96.0, 30.0
_SWATCH, _GAP = 8.0, 14.0
_LABEL = Style(fonts.REGULAR, 8, 11, INK)
_STRONG = Style(fonts.BOLD, 8, 11, INK)
_SMALL = Style(fonts.REGULAR, 7, 10, INK)
_FIGURE = Style(fonts.BOLD, 7, 10, INK)
#: From dark to light, so far apart that a copier keeps them apart; figures stand in the last ink.
_SHADES = ("#14385C", "#5F7F9F", "#9DB3C8", "#C9D5E0", "#E6ECF2", "#FFFFFF", "#7A8794", "#B9C1C9")
_WHITE = HexColor(0xFFFFFF)
_LIGHT_FROM = 2


class BarFigure(Flowable):
    """A bar a group, with its sum at the end and a legend of the kinds above."""

    def __init__(self, bars: Bars, language: Language) -> None:
        super().__init__()
        self.bars = bars
        self.language = language
        self.spaceAfter = 10.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width = width
        self.lines = tuple(self._legend_lines(width))
        self.height = _LEGEND * len(self.lines) + _ROW * len(self.bars.rows) + 4
        return width, self.height

    def draw(self) -> None:
        """Draw the figure as vectors."""
        box = box_of(self.canv, self.width, self.height)
        told = describe_bars(self.bars, self.language)
        with marked(self.canv, Element("Figure", alt=told, box=box)):
            top = self.height
            for line in self.lines:
                self._draw_legend(line, top - _LEGEND + 4)
                top -= _LEGEND
            room = self._room()
            for bar in self.bars.rows:
                self._draw_bar(bar, top - _ROW + 3, room)
                top -= _ROW

    def _room(self) -> float:
        """Return the points of one; so few that the longest bar fits with what narrow ones need."""
        room = self.width - _LABELS - _TOTAL
        each = room / (max((sum(bar.counts) for bar in self.bars.rows), default=0) or 1)
        used = max(
            (sum(self._wide(one, each) for one in bar.counts) for bar in self.bars.rows), default=0
        )
        return each * min(room / used, 1.0) if used else each

    def _wide(self, count: int, each: float) -> float:
        """Return the width of a part: never less than its figure takes."""
        least = width_of(self.language.integer(count), _FIGURE) + 4
        return max(count * each, least) if count else 0.0

    def _kind(self, at: int) -> str:
        return self.language.term("codes", self.bars.kinds[at])

    def _legend_lines(self, width: float) -> Iterator[tuple[int, ...]]:
        line: list[int] = []
        used = 0.0
        for at in range(len(self.bars.kinds)):
            wide = _SWATCH + 4 + width_of(self._kind(at), _SMALL) + _GAP
            if line and used + wide > width:
                yield tuple(line)
                line, used = [], 0.0
            line.append(at)
            used += wide
        if line:
            yield tuple(line)

    def _draw_legend(self, line: Sequence[int], y: float) -> None:
        x = 0.0
        for at in line:
            self._rectangle(x, y, _SWATCH, _SWATCH, at)
            draw_text(self.canv, self._kind(at), x + _SWATCH + 4, y + 1, _SMALL)
            x += _SWATCH + 4 + width_of(self._kind(at), _SMALL) + _GAP

    def _draw_bar(self, bar: Bar, y: float, room: float) -> None:
        canvas = self.canv
        label = shorten(self.language.values((bar.label,)), _LABEL, _LABELS - 8)
        draw_text(canvas, label, 0, y + 2.5, _LABEL)
        x = _LABELS
        for at, count in enumerate(bar.counts):
            if not count:
                continue
            wide = self._wide(count, room)
            self._rectangle(x, y, wide, _BAR, at)
            figure = self.language.integer(count)
            ink = INK if at % len(_SHADES) >= _LIGHT_FROM else _WHITE
            style = Style(fonts.BOLD, 7, 10, ink)
            draw_text(canvas, figure, x + (wide - width_of(figure, style)) / 2, y + 3, style)
            x += wide
        draw_right(canvas, self.language.integer(sum(bar.counts)), self.width, y + 2.5, _STRONG)

    def _rectangle(self, x: float, y: float, width: float, height: float, at: int) -> None:
        canvas = self.canv
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(0.4)
        canvas.setFillColor(_shade(at))
        canvas.rect(x, y, width, height, stroke=1, fill=1)


def _shade(at: int) -> Color:
    return HexColor(_SHADES[at % len(_SHADES)])


def describe_bars(bars: Bars, language: Language) -> str:
    """Return what the bars show in words: each with its counts by kind."""
    told = []
    for bar in bars.rows:
        counted = ", ".join(
            language.say("figure.bar_kind", kind=language.term("codes", kind), count=count)
            for kind, count in zip(bars.kinds, bar.counts, strict=True)
            if count
        )
        label = language.values((bar.label,))
        told.append(language.say("figure.bar", label=label, counts=counted or "0"))
    return " ".join((language.term("part", bars.name) + ":", *told))

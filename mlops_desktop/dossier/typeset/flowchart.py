"""A flowchart as a flowable: drawn as vectors from left to right, or downwards where it is long."""

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from mlops_desktop.core.hyphens import SOFT_HYPHEN, with_hyphens
from mlops_desktop.core.layout import Placed, place
from mlops_desktop.dossier.alternatives import describe_flowchart
from mlops_desktop.dossier.content import Flowchart, Station
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.breaks import without_hyphens
from mlops_desktop.dossier.typeset.grouping import grouped
from mlops_desktop.dossier.typeset.ink import (
    ACCENT,
    HAIRLINE,
    INK,
    MUTED,
    TINT,
    draw_lines,
    draw_text,
    shorten,
)
from mlops_desktop.dossier.typeset.lines import Line, Style, measure_fits, wrap
from mlops_desktop.dossier.typeset.tagging import Element, box_of, marked

_BAD, _BAD_TINT = HexColor(0x9B1C1C), HexColor(0xFBEDED)
_LARGEST, _GAP, _SPACE = 118.0, 20.0, 8.0
#: A box narrower than this breaks most names: the chart then goes downwards if that is wider.
_ROOMY = 72.0
_MOST_HEIGHT = 560.0
_ARROW = 2.6
_PAD = 4.0
_MOST_LINES = 3
# Nothing is scaled afterwards: these are the letters on the page, never below 6 points.
_NAME = Style(fonts.BOLD, 7, 9)
_SMALL_NAME, _NARROW = Style(fonts.BOLD, 6.4, 7.8), 52.0
_SMALL = Style(fonts.REGULAR, 6.2, 8, INK)
_Point = tuple[float, float]


class FlowchartFigure(Flowable):
    """Where data came from and where it goes."""

    def __init__(self, chart: Flowchart, language: Language) -> None:
        super().__init__()
        self._told_of, self._chart, self._language = chart, grouped(chart), language
        keys = [station.key for station in self._chart.stations]
        self._placed: Placed[str] = place(keys, self._chart.flows)
        self.spaceAfter = 12.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size: boxes as wide as one direction allows, as high as the page allows."""
        self.width = width
        layers, rows = max(self._placed.width, 1), self._rows()
        across = (width - _GAP * (layers - 1)) / layers
        beside = (width - _SPACE * (rows - 1)) / rows
        self._is_down = across < min(_ROOMY, beside)
        self._wide = min(_LARGEST, beside if self._is_down else across)
        self._name = _NAME if self._wide - 2 * _PAD > _NARROW else _SMALL_NAME
        count, gap = (layers, _GAP) if self._is_down else (rows, _SPACE)
        self._high = min(self._wanted(), (_MOST_HEIGHT - gap * (count - 1)) / count)
        self.height = count * (self._high + gap)
        return width, self.height

    def _rows(self) -> float:
        """Return how many boxes stand side by side at most, lines that only pass counted too."""
        bends = (height for passed in self._placed.bends.values() for _, height in passed)
        return max(self._placed.height, *bends, 0.0) + 1

    def _wanted(self) -> float:
        """Return how high a box is that says the longest name and what it is."""
        room = self._wide - 2 * _PAD
        lines = max((len(self._lines(one, room)) for one in self._chart.stations), default=1)
        return min(lines, _MOST_LINES) * self._name.leading + _SMALL.leading + 2 * _PAD

    def draw(self) -> None:
        """Draw the chart as one figure."""
        told = describe_flowchart(self._told_of, self._language)
        box = box_of(self.canv, self.width, self.height)
        with marked(self.canv, Element("Figure", alt=told, box=box)):
            self._draw()

    def _draw(self) -> None:
        """Draw lines first, then what they lead to."""
        self.canv.saveState()
        bad = {station.key for station in self._chart.stations if station.is_marked}
        for source, target in self._chart.flows:
            self._line(source, target, is_bad=source in bad and target in bad)
        for station in self._chart.stations:
            self._station(station)
        self.canv.restoreState()

    def _corner(self, layer: int, height: float) -> _Point:
        """Return the lower left corner of a box."""
        right, down = (height, layer) if self._is_down else (layer, height)
        aside, below = (_SPACE, _GAP) if self._is_down else (_GAP, _SPACE)
        top = self.height - self._high
        return right * (self._wide + aside), top - down * (self._high + below)

    def _spot(self, key: str) -> _Point:
        return self._corner(self._placed.layers[key], self._placed.heights[key])

    def _ends(self, corner: _Point) -> tuple[_Point, _Point]:
        """Return where lines come into a box and where they leave it."""
        x, y = corner
        if self._is_down:
            middle = x + self._wide / 2
            return (middle, y + self._high), (middle, y)
        return (x, y + self._high / 2), (x + self._wide, y + self._high / 2)

    def _line(self, source: str, target: str, *, is_bad: bool) -> None:
        canvas, placed = self.canv, self._placed
        if source == target:
            return
        canvas.setStrokeColor(_BAD if is_bad else MUTED)
        canvas.setFillColor(_BAD if is_bad else MUTED)
        canvas.setLineWidth(0.9 if is_bad else 0.6)
        here = self._ends(self._spot(source))[1]
        path = canvas.beginPath()
        path.moveTo(*here)
        for bend in placed.bends.get((source, target), ()):
            into, out_of = self._ends(self._corner(*bend))
            self._curve(path, here, into)
            path.lineTo(*out_of)
            here = out_of
        end = self._ends(self._spot(target))[0]
        self._curve(path, here, end)
        canvas.drawPath(path, stroke=1, fill=0)
        self._tip(end)

    def _tip(self, end: _Point) -> None:
        (x, y), back = end, _ARROW * 1.6
        tip = self.canv.beginPath()
        tip.moveTo(x, y)
        for side in (_ARROW, -_ARROW):
            tip.lineTo(*((x + side, y + back) if self._is_down else (x - back, y + side)))
        tip.close()
        self.canv.drawPath(tip, stroke=0, fill=1)

    def _curve(self, path: PDFPathObject, start: _Point, end: _Point) -> None:
        way = 1 if self._is_down else 0
        reach = max(8.0, abs(end[way] - start[way]) / 2)
        right, down = (0.0, reach) if self._is_down else (reach, 0.0)
        path.curveTo(start[0] + right, start[1] - down, end[0] - right, end[1] + down, *end)

    def _station(self, station: Station) -> None:
        canvas, (x, y) = self.canv, self._spot(station.key)
        canvas.setLineWidth(0.9 if station.is_marked else 0.6)
        canvas.setStrokeColor(_BAD if station.is_marked else HAIRLINE)
        canvas.setFillColor(_BAD_TINT if station.is_marked else TINT)
        canvas.roundRect(x, y, self._wide, self._high, 3, stroke=1, fill=1)
        room = self._wide - 2 * _PAD
        said, most = self._lines(station, room), self._room_for_names()
        lines = said[:most]
        if len(said) > most:
            last = shorten(f"{without_hyphens(said[most - 1].words)}…", self._name, room)
            lines = (*lines[:-1], *wrap(last, self._name, room))
        text = canvas.beginText()
        text.setFillColor(_BAD if station.is_marked else ACCENT)
        lines = tuple(self._hyphened(line) for line in lines)
        draw_lines(text, lines, (x + _PAD, y + self._high - _PAD), self._name, width=room)
        canvas.drawText(text)
        left = self._high - 2 * _PAD - len(lines) * self._name.leading
        self._under(station, (x, y), int(left / _SMALL.leading + 0.01))

    def _hyphened(self, line: Line) -> Line:
        """Return a line with a hyphen that shows: the fonts have none for the soft one."""
        if not line.words.endswith(SOFT_HYPHEN):
            return line
        return wrap(f"{without_hyphens(line.words)}-", self._name, self._wide)[0]

    def _room_for_names(self) -> int:
        """Return how many lines of a name fit above the line that says what it is."""
        free = self._high - 2 * _PAD - _SMALL.leading
        return max(1, min(_MOST_LINES, int(free / self._name.leading + 0.01)))

    def _lines(self, station: Station, room: float) -> tuple[Line, ...]:
        """Return the name in lines; a word that is wider than the box breaks between syllables."""
        style, words = self._name, station.name.split(" ")
        fits = (measure_fits(word, style, room) for word in words)
        told = [word if fit else with_hyphens(word) for word, fit in zip(words, fits, strict=True)]
        return wrap(" ".join(told), style, room)

    def _under(self, station: Station, corner: tuple[float, float], most: int) -> None:
        """Write what it is and what tells it from others, where its name leaves room."""
        canvas, (x, y), room = self.canv, corner, self._wide - 2 * _PAD
        kind = self._language.term("codes", station.kind)
        parts = (kind, self._told(station))
        lines = wrap(" · ".join(part for part in parts if part), _SMALL, room) if most else ()
        if len(lines) > most:  # a digest cut off after a letter tells nothing
            lines = wrap(shorten(kind, _SMALL, room), _SMALL, room)
        for above, line in enumerate(reversed(lines)):
            at = y + _PAD + 2 + above * _SMALL.leading
            draw_text(canvas, line.words.strip(), x + _PAD, at, _SMALL)

    def _told(self, station: Station) -> str:
        if station.kind != "lineage.deployment":
            return station.under
        return self._language.term("environment", station.under)

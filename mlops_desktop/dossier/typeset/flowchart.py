"""A flowchart as a flowable: drawn as vectors from left to right, as large as the page allows."""

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from mlops_desktop.core.layout import Placed, place
from mlops_desktop.dossier.alternatives import describe_flowchart
from mlops_desktop.dossier.content import Flowchart, Station
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.breaks import with_hyphens, without_hyphens
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
_LARGEST, _GAP = 118.0, 20.0
_HIGH, _SPACE = 27.0, 8.0
_MOST_HEIGHT = 560.0
_ARROW = 2.6
_PAD = 4.0
_NAME = Style(fonts.BOLD, 7, 9)
_SMALL_NAME, _NARROW = Style(fonts.BOLD, 5.8, 7.4), 52.0
_SMALL = Style(fonts.REGULAR, 5.8, 8, INK)


class FlowchartFigure(Flowable):
    """Where data came from and where it goes."""

    def __init__(self, chart: Flowchart, language: Language) -> None:
        super().__init__()
        self._chart, self._language = chart, language
        keys = [station.key for station in chart.stations]
        self._placed: Placed[str] = place(keys, chart.flows)
        self._high = _HIGH
        self.spaceAfter = 12.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size: a chart that is higher than a page is drawn smaller."""
        self.width = width
        layers = max(self._placed.width, 1)
        self._wide = min(_LARGEST, (width - _GAP * (layers - 1)) / layers)
        room, stations = self._wide - 2 * _PAD, self._chart.stations
        self._name, self._most = (_NAME, 2) if room > _NARROW else (_SMALL_NAME, 3)
        lines = max((len(self._lines(one, room)) for one in stations), default=1)
        self._most_lines = min(lines, self._most)
        self._high = _HIGH + (self._most_lines - 1) * self._name.leading
        whole = (self._placed.height + 1) * (self._high + _SPACE)
        self._scale = min(1.0, _MOST_HEIGHT / whole)
        self.height = whole * self._scale
        return width, self.height

    def draw(self) -> None:
        """Draw the chart as one figure."""
        told = describe_flowchart(self._chart, self._language)
        box = box_of(self.canv, self.width, self.height)
        with marked(self.canv, Element("Figure", alt=told, box=box)):
            self._draw()

    def _draw(self) -> None:
        """Draw lines first, then what they lead to."""
        canvas = self.canv
        canvas.saveState()
        canvas.scale(self._scale, self._scale)
        layers = max(self._placed.width, 1)
        room = self.width / self._scale
        self._wide = min(_LARGEST, (room - _GAP * (layers - 1)) / layers)
        self._top = self.height / self._scale - self._high
        bad = {station.key for station in self._chart.stations if station.is_marked}
        for source, target in self._chart.flows:
            self._line(source, target, is_bad=source in bad and target in bad)
        for station in self._chart.stations:
            self._station(station)
        canvas.restoreState()

    def _corner(self, layer: int, height: float) -> tuple[float, float]:
        return layer * (self._wide + _GAP), self._top - height * (self._high + _SPACE)

    def _spot(self, key: str) -> tuple[float, float]:
        return self._corner(self._placed.layers[key], self._placed.heights[key])

    def _line(self, source: str, target: str, *, is_bad: bool) -> None:
        canvas, placed = self.canv, self._placed
        if source == target:
            return
        x, y = self._spot(source)
        x, y = x + self._wide, y + self._high / 2
        canvas.setStrokeColor(_BAD if is_bad else MUTED)
        canvas.setFillColor(_BAD if is_bad else MUTED)
        canvas.setLineWidth(0.9 if is_bad else 0.6)
        path = canvas.beginPath()
        path.moveTo(x, y)
        for bend in placed.bends.get((source, target), ()):
            left, low = self._corner(*bend)
            self._curve(path, (x, y), (left, low + self._high / 2))
            x, y = left + self._wide, low + self._high / 2
            path.lineTo(x, y)
        end_x, end_y = self._spot(target)
        end_y += self._high / 2
        self._curve(path, (x, y), (end_x, end_y))
        canvas.drawPath(path, stroke=1, fill=0)
        tip = canvas.beginPath()
        tip.moveTo(end_x, end_y)
        tip.lineTo(end_x - _ARROW * 1.6, end_y + _ARROW)
        tip.lineTo(end_x - _ARROW * 1.6, end_y - _ARROW)
        tip.close()
        canvas.drawPath(tip, stroke=0, fill=1)

    def _curve(
        self, path: PDFPathObject, start: tuple[float, float], end: tuple[float, float]
    ) -> None:
        reach = max(8.0, abs(end[0] - start[0]) / 2)
        path.curveTo(start[0] + reach, start[1], end[0] - reach, end[1], end[0], end[1])

    def _station(self, station: Station) -> None:
        canvas, (x, y) = self.canv, self._spot(station.key)
        canvas.setLineWidth(0.9 if station.is_marked else 0.6)
        canvas.setStrokeColor(_BAD if station.is_marked else HAIRLINE)
        canvas.setFillColor(_BAD_TINT if station.is_marked else TINT)
        canvas.roundRect(x, y, self._wide, self._high, 3, stroke=1, fill=1)
        room = self._wide - 2 * _PAD
        lines = self._lines(station, room)
        if len(lines) > self._most:
            last = shorten(f"{without_hyphens(lines[self._most - 1].words)}…", self._name, room)
            lines = (*lines[: self._most - 1], *wrap(last, self._name, room))
        text = canvas.beginText()
        text.setFillColor(_BAD if station.is_marked else ACCENT)
        draw_lines(text, lines, (x + _PAD, y + self._high - 4), self._name, width=room)
        canvas.drawText(text)
        self._under(station, (x, y), 1 + self._most_lines - len(lines))

    def _lines(self, station: Station, room: float) -> tuple[Line, ...]:
        """Return the name in lines; a word that is wider than the box breaks between syllables."""
        style, words = self._name, station.name.split(" ")
        fits = (measure_fits(word, style, room) for word in words)
        told = [word if fit else with_hyphens(word) for word, fit in zip(words, fits, strict=True)]
        return wrap(" ".join(told), style, room)

    def _under(self, station: Station, corner: tuple[float, float], most: int) -> None:
        """Write what it is and what tells it from others, where its name leaves room."""
        canvas, (x, y), room = self.canv, corner, self._wide - 2 * _PAD
        parts = (self._language.term("codes", station.kind), self._told(station))
        said = " · ".join(part for part in parts if part)
        lines = wrap(said, _SMALL, room)
        if len(lines) > max(most, 1):
            lines = wrap(shorten(said, _SMALL, room), _SMALL, room)
        for above, line in enumerate(reversed(lines)):
            at = y + 6 + above * _SMALL.leading
            draw_text(canvas, line.words.strip(), x + _PAD, at, _SMALL)

    def _told(self, station: Station) -> str:
        if station.kind != "lineage.deployment":
            return station.under
        return self._language.term("environment", station.under)

"""A row of charts, and the figure of an experiment, as flowables."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from mlops_desktop.dossier.alternatives import describe_interval, describe_series
from mlops_desktop.dossier.content import Interval, Series
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.typeset.tagging import Element, box_of, marked

_HEIGHT = 132.0
_GAP = 18.0
_PER_ROW = 2


class ChartRow(Flowable):
    """Up to two charts side by side."""

    def __init__(self, series: Sequence[Series], language: Language) -> None:
        super().__init__()
        self.series = series
        self.language = language
        self.height = _HEIGHT
        self.spaceAfter = 10.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw the figures as vectors."""
        # matplotlib takes a second to import: only a dossier with charts pays for it.
        from mlops_desktop.dossier.figures import draw_series
        from mlops_desktop.dossier.typeset.vector import draw_figure

        canvas = self.canv
        room = (self.width - _GAP * (_PER_ROW - 1)) / _PER_ROW
        for index, series in enumerate(self.series):
            canvas.saveState()
            canvas.translate(index * (room + _GAP), 0)
            told = describe_series(series, self.language)
            box = box_of(canvas, room, self.height)
            with marked(canvas, Element("Figure", alt=told, box=box)):
                draw_figure(draw_series(series, self.language, room, self.height), canvas)
            canvas.restoreState()


def chart_rows(series: Sequence[Series], language: Language) -> list[ChartRow]:
    """Return the charts of ``series``, two a row."""
    starts = range(0, len(series), _PER_ROW)
    return [ChartRow(series[start : start + _PER_ROW], language) for start in starts]


class IntervalFigure(Flowable):
    """A measured difference with its bounds, across the page."""

    def __init__(self, interval: Interval, language: Language) -> None:
        super().__init__()
        self.interval = interval
        self.language = language
        self.height = _HEIGHT * 0.8
        self.spaceAfter = 10.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw the figure as vectors."""
        from mlops_desktop.dossier.intervals import make_figure
        from mlops_desktop.dossier.typeset.vector import draw_figure

        figure = make_figure(self.interval, self.language, self.width, self.height)
        told = describe_interval(self.interval, self.language)
        box = box_of(self.canv, self.width, self.height)
        with marked(self.canv, Element("Figure", alt=told, box=box)):
            draw_figure(figure, self.canv)

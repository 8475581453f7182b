"""A chart as a picture that knows its points: drawn by matplotlib, off the window's thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from mlops_desktop import paths
from mlops_desktop.ui.colors import Colors

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DPI = 96


@dataclass(frozen=True, slots=True)
class Mark:
    """A point a person can stand on: its data coordinates in an axes, and what it says.

    Without ``y`` it stands at the foot of the axes: a gap, or something that happened. ``line``
    is the series it belongs to.
    """

    x: float | date | datetime
    y: float | None
    said: str
    axes: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn: its points, the data as a table with a head, the whole in sentences."""

    marks: tuple[Mark, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    said: str = ""


Draw = Callable[["Figure", Colors], Drawn]
"""Draws on an empty figure in the theme's colours; runs in the read lane."""


class Spot(NamedTuple):
    """A point in logical pixels, what it says, the series it belongs to, and whether it is low.

    A low one stands at the foot of the axes, whatever its value.
    """

    x: float
    y: float
    said: str
    line: int = 0
    is_low: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart ready to be shown: the image, and each point in logical pixels."""

    image: QImage
    points: tuple[Spot, ...]
    table: tuple[tuple[str, ...], ...]
    said: str = ""


def render(draw: Draw, size: QSize, scale: float, colors: Colors, letters: float = 1.0) -> Picture:
    """Draw a chart of ``size`` logical pixels for a screen of ``scale``.

    ``letters`` makes text and lines so many times as large, in a picture of the same size.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    dots = _DPI * letters
    inches = size.width() / dots, size.height() / dots
    figure = Figure(inches, dots * scale, layout="constrained")
    figure.set_facecolor(colors.surface)
    canvas = FigureCanvasAgg(figure)
    drawn = draw(figure, colors)
    _set_letters(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    width, height = canvas.get_width_height(physical=True)
    pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(scale)
    points = (_spot(figure.axes[mark.axes], mark, height, scale) for mark in drawn.marks)
    return Picture(image, tuple(points), drawn.table, drawn.said)


def _spot(axes: "Axes", mark: Mark, height: int, scale: float) -> Spot:
    x = axes.convert_xunits(mark.x)  # type: ignore[no-untyped-call]
    is_low = mark.y is None
    y = axes.get_ylim()[0] if mark.y is None else mark.y
    at = axes.transData.transform((x, y))
    return Spot(float(at[0]) / scale, (height - float(at[1])) / scale, mark.said, mark.line, is_low)


_FONTS = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf")
FAMILIES = ["IBM Plex Sans", "DejaVu Sans"]
"""Our own letters, and those of matplotlib for scripts that these do not know."""


@cache
def _add_fonts() -> None:
    from matplotlib.font_manager import fontManager

    for name in _FONTS:
        fontManager.addfont(str(paths.resource("fonts", name)))


def _set_letters(figure: "Figure") -> None:
    """Write every text in our letters, and none of it as mathematics."""
    from matplotlib.text import Text

    _add_fonts()
    for axes in figure.axes:
        axes.tick_params(labelfontfamily=FAMILIES)
    for text in figure.findobj(Text):
        if isinstance(text, Text):
            text.set_fontfamily(FAMILIES)
            text.set_parse_math(False)

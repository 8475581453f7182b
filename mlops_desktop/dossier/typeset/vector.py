"""Draws a matplotlib figure straight onto a reportlab canvas: real vectors, the page's fonts."""

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform
from matplotlib.typing import ColorType
from numpy import asarray
from numpy.typing import ArrayLike
from reportlab.lib.colors import Color, black
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.ink import draw_text
from mlops_desktop.dossier.typeset.lines import Style, measure
from mlops_desktop.dossier.typeset.safety import safe

_POINTS_PER_INCH = 72.0
_BOLD_FROM = 600


def draw_figure(figure: Figure, canvas: Canvas) -> None:
    """Draw ``figure`` with its lower left corner at the canvas's origin, one point a pixel."""
    figure.dpi = _POINTS_PER_INCH
    width, height = figure.get_size_inches() * _POINTS_PER_INCH
    canvas.saveState()
    figure.draw(CanvasRenderer(canvas, float(width), float(height)))
    canvas.restoreState()


class CanvasRenderer(RendererBase):
    """What matplotlib asks of a renderer, for lines, shapes and text; images are not drawn."""

    def __init__(self, canvas: Canvas, width: float, height: float) -> None:
        super().__init__()
        self.canvas = canvas
        self.width = width
        self.height = height

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.height

    def flipy(self) -> bool:
        """Return False: y grows upwards, as in PDF."""
        return False

    def points_to_pixels(self, points: ArrayLike) -> ArrayLike:
        """Return the same number: a pixel is a point."""
        return points

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: object
    ) -> tuple[float, float, float]:
        """Return the size of a text in the page's font."""
        style = _style(prop, black)
        width = measure(safe(s), style.font, style.size)
        return width, style.size * 0.95, style.size * 0.22

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: ColorType | None = None,
    ) -> None:
        """Draw a line or a shape."""
        self.canvas.saveState()
        self._clip(gc)
        is_stroked = self._pen(gc)
        if rgbFace is not None:
            self.canvas.setFillColorRGB(*to_rgb(rgbFace))
        outline = self.canvas.beginPath()
        _trace(outline, path, transform)
        self.canvas.drawPath(outline, stroke=int(is_stroked), fill=int(rgbFace is not None))
        self.canvas.restoreState()

    def draw_text(  # noqa: PLR0913, PLR0917 - matplotlib's own signature
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: object = False,
        mtext: Text | None = None,
    ) -> None:
        """Write a text; nothing in it is taken for mathematics."""
        style = _style(prop, Color(*gc.get_rgb()[:3]))
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.rotate(angle)
        draw_text(self.canvas, s, 0, 0, style)
        self.canvas.restoreState()

    def _clip(self, gc: GraphicsContextBase) -> None:
        box = gc.get_clip_rectangle()
        if box is None:
            return
        outline = self.canvas.beginPath()
        outline.rect(float(box.x0), float(box.y0), float(box.width), float(box.height))
        self.canvas.clipPath(outline, stroke=0, fill=0)

    def _pen(self, gc: GraphicsContextBase) -> bool:
        width = gc.get_linewidth()
        self.canvas.setLineWidth(width)
        self.canvas.setStrokeColorRGB(*gc.get_rgb()[:3])
        self.canvas.setLineJoin(1)
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            self.canvas.setDash(asarray(dashes, dtype=float).tolist(), float(offset or 0))
        return bool(width > 0)


def _style(prop: FontProperties, colour: Color) -> Style:
    weight = prop.get_weight()
    is_bold = weight in {"bold", "semibold"} or (isinstance(weight, int) and weight >= _BOLD_FROM)
    size = float(prop.get_size_in_points())
    return Style(fonts.BOLD if is_bold else fonts.REGULAR, size, size * 1.2, colour)


def _trace(outline: PDFPathObject, path: Path, transform: Transform) -> None:
    here = (0.0, 0.0)
    for points, code in path.iter_segments(transform, curves=True):
        at: list[float] = asarray(points, dtype=float).tolist()
        if code == Path.MOVETO:
            outline.moveTo(*at)
        elif code == Path.LINETO:
            outline.lineTo(*at)
        elif code == Path.CURVE3:
            outline.curveTo(*_as_cubic(here, at))
        elif code == Path.CURVE4:
            outline.curveTo(*at)
        elif code == Path.CLOSEPOLY:
            outline.close()
        if code != Path.CLOSEPOLY:
            here = (at[-2], at[-1])


def _as_cubic(start: tuple[float, float], at: list[float]) -> tuple[float, ...]:
    (x0, y0), (x1, y1, x2, y2) = start, at
    return (
        x0 + 2 / 3 * (x1 - x0),
        y0 + 2 / 3 * (y1 - y0),
        x2 + 2 / 3 * (x1 - x2),
        y2 + 2 / 3 * (y1 - y2),
        x2,
        y2,
    )

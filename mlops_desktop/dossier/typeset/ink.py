"""Putting set lines on a canvas."""

from collections.abc import Sequence
from enum import Enum

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.bidi import reads_from_right
from mlops_desktop.dossier.typeset.breaks import without_hyphens
from mlops_desktop.dossier.typeset.lines import Line, Style, measure, runs
from mlops_desktop.dossier.typeset.plain import is_plain
from mlops_desktop.dossier.typeset.safety import safe
from mlops_desktop.dossier.typeset.writing import move, write

INK = HexColor(0x1A1C1F)
MUTED = HexColor(0x59636F)
ACCENT = HexColor(0x14385C)
HAIRLINE = HexColor(0xC6CCD4)
TINT = HexColor(0xF1F4F7)
WATERMARK = HexColor(0xE3E6EB)


class Align(Enum):
    """Where a line stands in its width."""

    LEFT = 0.0
    RIGHT = 1.0


def baseline(style: Style) -> float:
    """Return how far the first baseline lies below the top of a line."""
    return style.leading / 2 + style.size * 0.35


def draw_lines(
    text: PDFTextObject,
    lines: Sequence[Line],
    corner: tuple[float, float],
    style: Style,
    *,
    width: float = 0.0,
    align: Align = Align.LEFT,
) -> None:
    """Write lines into a text object from the upper left ``corner`` down."""
    left, top = corner
    y = top - baseline(style)
    for line in lines:
        share = 1.0 if line.is_right else align.value
        x = left + share * (width - line.width)
        move(text, x, y)
        for run in line.runs:
            if run.at is not None:
                move(text, x + run.at * style.size / 1000, y)
            write(text, run.text, run.font, style.size, style.leading)
        y -= style.leading


def width_of(words: str, style: Style) -> float:
    """Return the width of ``words`` on one line, in points."""
    return measure(_on_one_line(words), style.font, style.size)


def _on_one_line(words: str) -> str:
    return without_hyphens(safe(words).replace("\n", " "))


def draw_text(canvas: Canvas, words: str, x: float, y: float, style: Style) -> float:
    """Write one line (made safe here) with its baseline at ``y``; return where it ends."""
    shown = _on_one_line(words)
    from_right = not is_plain(shown) and reads_from_right(shown)
    width = measure(shown, style.font, style.size)
    line = Line(shown, runs(shown, style.font, from_right=from_right), width)
    text = canvas.beginText()
    text.setFillColor(style.colour)
    draw_lines(text, (line,), (x, y + baseline(style)), style)
    canvas.drawText(text)
    return x + width


def draw_right(canvas: Canvas, words: str, x: float, y: float, style: Style) -> None:
    """Write one line that ends at ``x``."""
    shown = _on_one_line(words)
    draw_text(canvas, shown, x - measure(shown, style.font, style.size), y, style)


def rule(canvas: Canvas, left: float, right: float, y: float, weight: float, colour: Color) -> None:
    """Draw a horizontal line."""
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(weight)
    canvas.line(left, y, right, y)


def shorten(words: str, style: Style, width: float) -> str:
    """Return ``words`` on one line, cut with an ellipsis where they are too long."""
    shown = _on_one_line(words)
    if measure(shown, style.font, style.size) <= width:
        return shown
    low, high = 0, len(shown)
    while low < high:
        middle = (low + high + 1) // 2
        fits = measure(shown[:middle] + "…", style.font, style.size) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return shown[:low].rstrip() + "…"


BODY = Style(fonts.REGULAR, 9, 13.2, INK)
SMALL = Style(fonts.REGULAR, 7.6, 10.8, MUTED)
LEAD = Style(fonts.REGULAR, 10.5, 15.5, INK)

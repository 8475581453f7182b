"""A page of minutes as it lies scanned in a drawer, for the sample bank's paper past."""

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.dossier.typeset import fonts

_LEFT, _TOP, _LINE = 72, 720, 20


def draw_minutes(title: str, lines: tuple[str, ...]) -> bytes:
    """Return one page as PDF; the same words are the same bytes."""
    fonts.register()
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    canvas.setFont(fonts.BOLD, 14)
    canvas.drawString(_LEFT, _TOP + 40, title)
    canvas.setFont(fonts.REGULAR, 11)
    for at, line in enumerate(lines):
        canvas.drawString(_LEFT, _TOP - at * _LINE, line)
    canvas.save()
    return out.getvalue()

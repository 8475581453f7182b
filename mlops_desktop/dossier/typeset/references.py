"""References to a page of the same document: a number known at the end, drawn as a link."""

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.dossier.typeset.frame import form_of
from mlops_desktop.dossier.typeset.lines import PageOf
from mlops_desktop.dossier.typeset.tagging import Element, link, marked

_WIDTH, _ABOVE, _BELOW = 30.0, 9.0, 3.0


@dataclass(frozen=True, slots=True)
class Reference:
    """A page's number to be drawn: where it ends, its baseline, the cell it stands in."""

    page: PageOf
    right: float
    foot: float
    cell: Element


def draw_reference(canvas: Canvas, one: Reference) -> None:
    """Draw the number and make it a link; outside of any text object."""
    element = one.cell.add("Link")
    with marked(canvas, element):
        canvas.saveState()
        canvas.translate(one.right, one.foot)
        canvas.doForm(form_of(one.page))
        canvas.restoreState()
    link(canvas, element, one.page.told)
    box = (one.right - _WIDTH, one.foot - _BELOW, one.right + 2, one.foot + _ABOVE)
    canvas.linkRect(one.page.told, str(one.page), box, relative=1)

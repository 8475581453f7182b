"""References to a page of the same document: a number known at the end, drawn as a link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.dossier.typeset.frame import form_of
from mlops_desktop.dossier.typeset.lines import PageOf, Style
from mlops_desktop.dossier.typeset.tagging import Element, link, marked

_SMALLER = 8 / 9
_WIDTH, _ABOVE, _BELOW = 30.0, 9.0, 3.0


@dataclass(frozen=True, slots=True)
class Reference:
    """A page's number to be drawn: where it ends, its baseline, the cell it stands in."""

    page: PageOf
    right: float
    foot: float
    cell: Element


def references(
    pages: Sequence[PageOf], at: tuple[float, float], style: Style, cell: Element
) -> Iterator[Reference]:
    """Yield where each page of a cell stands, one below the other from ``at`` down."""
    right, foot = at
    for number, page in enumerate(pages):
        yield Reference(page, right, foot - number * style.leading, cell)


def draw_reference(canvas: Canvas, one: Reference) -> None:
    """Draw the number and make it a link; outside of any text object."""
    element = one.cell.add("Link")
    with marked(canvas, element):
        canvas.saveState()
        canvas.translate(one.right, one.foot)
        canvas.scale(_SMALLER, _SMALLER)  # the number is set as the contents need it
        canvas.doForm(form_of(one.page.key))
        canvas.restoreState()
    link(canvas, element, one.page.told)
    box = (one.right - _WIDTH, one.foot - _BELOW, one.right + 2, one.foot + _ABOVE)
    canvas.linkRect(one.page.told, one.page.key, box, relative=1)

"""The pages of one model in a bundle: no header, no footer, no number, so that they can be kept.

What stands on every page is drawn below them when they are bound.
"""

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from mlops_desktop.dossier.bundle.shapes import PlacedHeading, PrintedPart
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Heading
from mlops_desktop.dossier.typeset.frame import (
    BOTTOM,
    LEFT,
    TEXT_WIDTH,
    TOP,
    Document,
    Furniture,
    define_number,
    form_of,
)
from mlops_desktop.dossier.typeset.safety import safe

_LONGEST_TITLE = 200


class PartDocument(BaseDocTemplate):
    """Builds the pages of one part in one pass."""

    def __init__(self) -> None:
        fonts.register()
        self.out = BytesIO()
        super().__init__(
            self.out,
            pagesize=A4,
            initialFontName=fonts.REGULAR,
            initialFontSize=9,
            invariant=1,
            pageCompression=1,
        )
        self.headings: list[PlacedHeading] = []
        self.places: dict[str, int] = {}
        frame = Frame(LEFT, BOTTOM, TEXT_WIDTH, TOP - BOTTOM, 0, 0, 0, 0, id="body")
        self.addPageTemplates([PageTemplate("body", [frame])])

    def afterFlowable(self, flowable: Flowable) -> None:
        """Note where a heading stands, one of the first level with its words."""
        if isinstance(flowable, Heading):
            self.places[form_of(flowable.key)] = self.page
        if isinstance(flowable, Heading) and flowable.level == 0:
            shown = safe(flowable.words).replace("\n", " ")[:_LONGEST_TITLE]
            # reportlab says nowhere else how far a page is filled.
            left: float = self.frame._y  # type: ignore[attr-defined]  # noqa: SLF001
            top = left + flowable.height_in(TEXT_WIDTH)
            self.headings.append(PlacedHeading(shown, self.page, round(top, 2)))

    def _endBuild(self) -> None:
        self.clean_hanging()
        self.handle_pageBreak()
        for form, page in self.places.items():
            define_number(self.canv, form, page)
        self.canv.save()

    def print(self, story: list[Flowable]) -> PrintedPart:
        """Return the pages of a story."""
        self.build(story, canvasmaker=Canvas)
        return PrintedPart(self.out.getvalue(), self.page, tuple(self.headings), self.places)


class _NumberedCanvas(Canvas):
    """A canvas whose pages are not counted from 1."""

    def __init__(self, out: BytesIO, first: int) -> None:
        names = {"initialFontName": fonts.REGULAR, "initialFontSize": 9}
        super().__init__(out, A4, invariant=1, pageCompression=1, **names)  # type: ignore[arg-type]
        self._before = first - 1

    def getPageNumber(self) -> int:
        """Return the number that stands on the page."""
        return super().getPageNumber() + self._before


def furnish(furniture: Furniture, first: int, pages: int, total: int) -> bytes:
    """Return a PDF of as many pages with header and footer alone, numbered from ``first`` on."""
    document = Document(BytesIO(), furniture)
    out = BytesIO()
    canvas = _NumberedCanvas(out, first)
    for _ in range(pages):
        document.furnish(canvas)
        canvas.showPage()
    document.define_total(canvas, total)
    canvas.save()
    return out.getvalue()

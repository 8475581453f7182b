"""A4 on its side for lists: what the list is on every page, and the page's number of how many."""

from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Heading
from mlops_desktop.dossier.typeset.ink import (
    HAIRLINE,
    INK,
    draw_right,
    draw_text,
    rule,
    shorten,
    width_of,
)
from mlops_desktop.dossier.typeset.lines import Style
from mlops_desktop.dossier.typeset.safety import safe
from mlops_desktop.dossier.typeset.tagging import Element, TaggedCanvas, artifact

WIDTH, HEIGHT = landscape(A4)
LEFT, RIGHT = 42.0, WIDTH - 42.0
TOP, BOTTOM = HEIGHT - 58.0, 58.0
TEXT_WIDTH = RIGHT - LEFT

# Ink as dark as it can be: a grey printer makes of a muted colour a pale one.
_FURNITURE = Style(fonts.REGULAR, 7.2, 10, INK)
_STRONG = Style(fonts.BOLD, 7.2, 10, INK)
_TOTAL = "pages"
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class ListFurniture:
    """What stands on every page, in words; ``page`` holds ``{x}`` and ends before the total."""

    title: str
    owner: str
    filter: str
    as_of: str
    unsealed: str
    page: str


class ListDocument(BaseDocTemplate):
    """Builds one PDF in one pass."""

    def __init__(self, out: BytesIO, furniture: ListFurniture) -> None:
        fonts.register()
        super().__init__(
            out,
            pagesize=(WIDTH, HEIGHT),
            initialFontName=fonts.REGULAR,
            initialFontSize=9,
            invariant=1,
            pageCompression=1,
        )
        self.furniture = furniture
        self.root: Element | None = None
        box = (LEFT, BOTTOM, TEXT_WIDTH, TOP - BOTTOM)
        frame = Frame(*box, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        self.addPageTemplates([PageTemplate("list", [frame], onPage=self._furnish)])

    def afterFlowable(self, flowable: Flowable) -> None:
        """Add the heading to the outline."""
        if isinstance(flowable, Heading):
            shown = safe(flowable.words).replace("\n", " ")[:_LONGEST_TITLE]
            self.canv.addOutlineEntry(shown, flowable.key, flowable.level)

    def _endBuild(self) -> None:
        canvas = self.canv
        if isinstance(canvas, TaggedCanvas):
            self.root = canvas.root
        self.clean_hanging()
        self.handle_pageBreak()
        canvas.beginForm(_TOTAL, -40, -4, 40, 12)
        draw_text(canvas, str(self.page), 0, 0, _FURNITURE)
        canvas.endForm()
        canvas.save()

    def _furnish(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        with artifact(canvas):
            self._draw(canvas)

    def _draw(self, canvas: Canvas) -> None:
        said, y = self.furniture, HEIGHT - 36
        right = shorten(said.owner, _FURNITURE, TEXT_WIDTH / 3)
        room = TEXT_WIDTH - width_of(right, _FURNITURE) - 20
        draw_text(canvas, shorten(said.title, _STRONG, room), LEFT, y, _STRONG)
        draw_right(canvas, right, RIGHT, y, _FURNITURE)
        rule(canvas, LEFT, RIGHT, y - 6, 0.5, HAIRLINE)
        rule(canvas, LEFT, RIGHT, 46, 0.5, HAIRLINE)
        page = said.page.format(x=canvas.getPageNumber())
        total = width_of("0000", _FURNITURE)
        start = RIGHT - total - width_of(page, _FURNITURE)
        for words, foot in ((said.filter, 35.0), (said.as_of, 25.0), (said.unsealed, 15.0)):
            draw_text(canvas, shorten(words, _FURNITURE, start - LEFT - 20), LEFT, foot, _FURNITURE)
        end = draw_text(canvas, page, start, 35, _FURNITURE)
        canvas.saveState()
        canvas.translate(end, 35)
        canvas.doForm(_TOTAL)
        canvas.restoreState()

"""The document: A4 pages, header and footer, outline, page numbers known only at the end.

Numbers that are not known yet are forms by name; they are drawn at once and defined when the
last page is done, so that one pass is enough for "page 3 of 12" and the table of contents.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from mlops_desktop.dossier.fields import SEAL
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Heading, Place
from mlops_desktop.dossier.typeset.ink import (
    ACCENT,
    HAIRLINE,
    INK,
    MUTED,
    WATERMARK,
    draw_right,
    draw_text,
    rule,
    shorten,
    width_of,
)
from mlops_desktop.dossier.typeset.lines import Style
from mlops_desktop.dossier.typeset.safety import safe
from mlops_desktop.dossier.typeset.tagging import Element, TaggedCanvas, artifact, place_field

WIDTH, HEIGHT = A4
LEFT, RIGHT = 62.0, WIDTH - 54.0
TOP, BOTTOM = HEIGHT - 74.0, 64.0
TEXT_WIDTH = RIGHT - LEFT
#: Where the seal stands on the cover: left, bottom, right, top.
SEAL_BOX = (LEFT, 78.0, RIGHT, 186.0)
SIGNATURE_HEIGHT = SEAL_BOX[3] - SEAL_BOX[1]

_FURNITURE = Style(fonts.REGULAR, 7.2, 10, MUTED)
_STRONG = Style(fonts.BOLD, 7.2, 10, ACCENT)
NUMBER = Style(fonts.REGULAR, 9, 13, INK)
_TOTAL = "pages"
_LONGEST_TITLE = 200
_ACROSS = 720.0


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page, in words; ``page`` holds ``{x}`` and ends before the total."""

    title: str
    classification: str
    document: str
    as_of: str
    page: str
    seal: str
    watermark: str = ""
    """Stands across every page of a draft, which has no places for signatures."""


@dataclass(frozen=True, slots=True)
class Field:
    """A place for a signature: its name, what it is in words, page (from 1), box in points."""

    name: str
    told: str
    page: int
    box: tuple[float, float, float, float]


class Document(BaseDocTemplate):
    """Builds one PDF in one pass."""

    def __init__(self, out: BytesIO, furniture: Furniture) -> None:
        fonts.register()
        super().__init__(
            out,
            pagesize=A4,
            initialFontName=fonts.REGULAR,
            initialFontSize=9,
            invariant=1,
            pageCompression=1,
        )
        self.furniture = furniture
        self.places: dict[str, int] = {}
        #: Pages that are bound after the last one, and where headings stand on them (from 0).
        self.following = 0
        self.later: dict[str, int] = {}
        self.fields: list[Field] = []
        if not furniture.watermark:
            self.fields.append(Field(SEAL, furniture.seal, 1, SEAL_BOX))
        self.root = Element("Document")
        self.addPageTemplates(
            [
                _template("cover", self._cover, SEAL_BOX[3] + 24),
                _template("body", self._all, BOTTOM),
            ]
        )

    def afterFlowable(self, flowable: Flowable) -> None:
        """Note where a heading or a field stands, and add a heading to the outline."""
        if isinstance(flowable, Place):
            self.fields.append(Field(flowable.name, flowable.told, self.page, flowable.box))
        if isinstance(flowable, Heading):
            self.places[flowable.key] = self.page
            if flowable.outline:
                canvas = self.canv
                shown = safe(flowable.words).replace("\n", " ")[:_LONGEST_TITLE]
                canvas.addOutlineEntry(shown, flowable.key, flowable.level, flowable.level > 0)

    def _endBuild(self) -> None:
        canvas = self.canv
        if isinstance(canvas, TaggedCanvas):
            self.root = canvas.root
        self.clean_hanging()
        self.handle_pageBreak()
        self.define_total(canvas, self.page + self.following)
        self.define_places(canvas, self.page)
        canvas.save()

    def define_places(self, canvas: Canvas, pages: int) -> None:
        """Say on which page each heading stands, those bound after the last of ``pages`` too."""
        places = self.places | {key: pages + 1 + at for key, at in self.later.items()}
        for key, page in places.items():
            define_number(canvas, form_of(key), page)

    def define_total(self, canvas: Canvas, pages: int) -> None:
        """Say how many pages there are, where the footers left room for it."""
        canvas.beginForm(_TOTAL, -40, -4, 40, 12)
        draw_text(canvas, str(pages), 0, 0, _FURNITURE)
        canvas.endForm()

    def _cover(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        with artifact(canvas):
            self._draw_cover(canvas)
        if not self.furniture.watermark:
            place_field(canvas, Element("Form"), SEAL)

    def _draw_cover(self, canvas: Canvas) -> None:
        left, bottom, right, top = SEAL_BOX
        self._draw_watermark(canvas)
        canvas.setFillColor(ACCENT)
        canvas.rect(0, HEIGHT - 14, WIDTH, 14, stroke=0, fill=1)
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.6)
        if not self.furniture.watermark:
            canvas.rect(left, bottom, right - left, top - bottom)
        draw_text(canvas, self.furniture.seal, left, top + 6, _FURNITURE)
        self._foot(canvas)

    def _all(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        with artifact(canvas):
            self.furnish(canvas)

    def furnish(self, canvas: Canvas) -> None:
        """Draw header and footer of a page."""
        self._draw_watermark(canvas)
        y = HEIGHT - 44
        said = self.furniture
        right = shorten(said.classification, _FURNITURE, TEXT_WIDTH / 3)
        room = TEXT_WIDTH - width_of(right, _FURNITURE) - 20
        draw_text(canvas, shorten(said.title, _STRONG, room), LEFT, y, _STRONG)
        draw_right(canvas, right, RIGHT, y, _FURNITURE)
        rule(canvas, LEFT, RIGHT, y - 7, 0.4, HAIRLINE)
        self._foot(canvas)

    def _draw_watermark(self, canvas: Canvas) -> None:
        """Draw it below everything else, as large as the diagonal of the text allows."""
        words = self.furniture.watermark
        if not words:
            return
        size = min(96.0, _ACROSS / max(width_of(words, Style(fonts.BOLD, 1, 1, WATERMARK)), 1))
        style = Style(fonts.BOLD, size, size, WATERMARK)
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(54.7)
        draw_text(canvas, words, -width_of(words, style) / 2, -size * 0.35, style)
        canvas.restoreState()

    def _foot(self, canvas: Canvas) -> None:
        y = 38.0
        said = self.furniture
        rule(canvas, LEFT, RIGHT, y + 13, 0.4, HAIRLINE)
        draw_text(canvas, said.as_of, LEFT, y, _FURNITURE)
        draw_text(canvas, said.document, LEFT, y - 10.5, _FURNITURE)
        words = said.page.format(x=canvas.getPageNumber())
        room = width_of("00", _FURNITURE)
        end = draw_text(canvas, words, RIGHT - room - width_of(words, _FURNITURE), y, _FURNITURE)
        canvas.saveState()
        canvas.translate(end, y)
        canvas.doForm(_TOTAL)
        canvas.restoreState()


def define_number(canvas: Canvas, form: str, page: int) -> None:
    """Say on which page a heading stands, where a form was drawn for it."""
    canvas.beginForm(form, -40, -4, 40, 12)
    # The space keeps title and number apart in copied text.
    draw_right(canvas, f" {page}", 0, 0, NUMBER)
    canvas.endForm()


def form_of(key: str) -> str:
    """Return the name of the form that prints the page number of a heading."""
    return f"page-of-{key}"


def _template(
    name: str, furnish: Callable[[Canvas, BaseDocTemplate], None], bottom: float
) -> PageTemplate:
    frame = Frame(
        LEFT,
        bottom,
        TEXT_WIDTH,
        TOP - bottom,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
        id=name,
    )
    return PageTemplate(name, [frame], onPage=furnish)

"""The table of contents: one line a heading, linked, its page number filled in at the end."""

from reportlab.platypus import Flowable

from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.frame import form_of
from mlops_desktop.dossier.typeset.ink import HAIRLINE, INK, draw_right, draw_text, shorten
from mlops_desktop.dossier.typeset.lines import Style
from mlops_desktop.dossier.typeset.tagging import Element, artifact, box_of, link, marked

_ENTRY = Style(fonts.REGULAR, 9.5, 20, INK)
_INDENT = 22.0


class ContentsLine(Flowable):
    """One entry: the section's number and title, a dotted line, its page."""

    def __init__(self, number: str, words: str, key: str) -> None:
        super().__init__()
        self.number = number
        self.words = words
        self.key = key

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width = width
        return width, _ENTRY.leading

    def draw(self) -> None:
        """Draw the entry and make all of it a link."""
        canvas = self.canv
        shown = shorten(self.words, _ENTRY, self.width - _INDENT - 50)
        element = Element("Link")
        with marked(canvas, element):
            draw_right(canvas, self.number, _INDENT - 10, 6, _ENTRY)
            end = draw_text(canvas, shown, _INDENT, 6, _ENTRY)
        with artifact(canvas):
            self._draw_dots(end)
        with marked(canvas, element):
            canvas.saveState()
            canvas.translate(self.width, 6)
            canvas.doForm(form_of(self.key))
            canvas.restoreState()
        self._lead(element, shown)

    def _lead(self, element: Element, shown: str) -> None:
        canvas = self.canv
        link(canvas, element, f"{self.number} {shown}")
        canvas.linkRect(shown, self.key, (0, 0, self.width, _ENTRY.leading), relative=1)

    def _draw_dots(self, end: float) -> None:
        canvas = self.canv
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.5)
        canvas.setDash(0.6, 2.4)
        canvas.line(end + 6, 6, self.width - 24, 6)
        canvas.setDash()


class PartLine(ContentsLine):
    """An entry that leads to a part bound later: it notes where it stands, and links nothing."""

    def __init__(self, number: str, words: str, key: str) -> None:
        super().__init__(number, words, key)
        self.page = 0
        self.box = (0.0, 0.0, 0.0, 0.0)

    def _lead(self, element: Element, shown: str) -> None:
        self.page = self.canv.getPageNumber()
        self.box = box_of(self.canv, self.width, _ENTRY.leading)

"""Tagged content: what each mark on a page means, in reading order (ISO 32000-1, 14.7 and 14.8).

A flowable holds its element, draws inside a mark of it, and is placed in the tree when it is
first drawn; parts of a flowable that was split share the element. What is not marked as content
is an artifact. On a canvas that keeps no structure all this does nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TypeAlias

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

_HEADINGS = ("H1", "H2", "H3")

Surface: TypeAlias = "Canvas | PDFTextObject"


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content: its number on a page (from 1)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class LinkAt:
    """A link on a page, by its place among the page's links (from 0), and what it says."""

    page: int
    place: int
    told: str


@dataclass(frozen=True, slots=True)
class FieldAt:
    """A form field by its name."""

    name: str


@dataclass(slots=True)
class Element:
    """A node of the structure: a standard tag, what it holds, and what its kind needs.

    ``alt`` stands for a figure, ``box`` is the figure's place on its page, ``scope`` says what a
    header cell heads (``Row`` or ``Column``), ``span`` over how many columns a cell goes.
    """

    tag: str
    alt: str = ""
    scope: str = ""
    span: int = 1
    box: tuple[float, float, float, float] | None = None
    kids: "list[Element | Mark | LinkAt | FieldAt]" = field(default_factory=list)
    is_placed: bool = False

    def add(self, tag: str, *, scope: str = "", span: int = 1) -> "Element":
        """Return a new element below this one."""
        below = Element(tag, scope=scope, span=span, is_placed=True)
        self.kids.append(below)
        return below


class TaggedCanvas(Canvas):
    """A canvas that keeps the structure of what is drawn on it."""

    def __init__(self, filename: str | IO[bytes], **given: object) -> None:
        super().__init__(filename, **given)  # type: ignore[arg-type]
        self.root = Element("Document", is_placed=True)
        self._level = -1
        self._marks: dict[int, int] = {}
        self._links: dict[int, int] = {}

    def place(self, element: Element) -> None:
        """Put an element at the end of the document, once."""
        if element.is_placed:
            return
        element.is_placed = True
        if element.tag in _HEADINGS:
            # No level may be left out on the way down (ISO 14289-1, 7.4.2).
            self._level = min(_HEADINGS.index(element.tag), self._level + 1)
            element.tag = _HEADINGS[self._level]
        self.root.kids.append(element)

    def next_mark(self) -> Mark:
        """Return the next mark of the page."""
        page = self.getPageNumber()
        number = self._marks.get(page, 0)
        self._marks[page] = number + 1
        return Mark(page, number)

    def next_link(self, told: str) -> LinkAt:
        """Return the place of the link that is added to the page now."""
        page = self.getPageNumber()
        place = self._links.get(page, 0)
        self._links[page] = place + 1
        return LinkAt(page, place, told)


@contextmanager
def marked(canvas: Canvas, element: Element, text: PDFTextObject | None = None) -> Iterator[None]:
    """Draw content of ``element`` inside; in a text object where one is open."""
    if not isinstance(canvas, TaggedCanvas):
        yield
        return
    canvas.place(element)
    mark = canvas.next_mark()
    element.kids.append(mark)
    with _between(text or canvas, f"/{element.tag} <</MCID {mark.number}>> BDC"):
        yield


@contextmanager
def artifact(canvas: Canvas, text: PDFTextObject | None = None) -> Iterator[None]:
    """Draw inside what is no content: rules, frames, headers and footers, repeated titles."""
    if not isinstance(canvas, TaggedCanvas):
        yield
        return
    with _between(text or canvas, "/Artifact BMC"):
        yield


@contextmanager
def _between(surface: Surface, begin: str) -> Iterator[None]:
    # reportlab has no marked content: its list of operators is the only way in.
    operators: list[str] = surface._code  # type: ignore[union-attr]  # noqa: SLF001
    operators.append(begin)
    yield
    operators.append("EMC")


def link(canvas: Canvas, element: Element, told: str) -> None:
    """Note that the link added to the page next belongs to ``element``."""
    if isinstance(canvas, TaggedCanvas):
        canvas.place(element)
        element.kids.append(canvas.next_link(told))


def place_field(canvas: Canvas, element: Element, name: str) -> None:
    """Note that the form field ``name`` stands here."""
    if isinstance(canvas, TaggedCanvas):
        canvas.place(element)
        element.kids.append(FieldAt(name))


def place_table(canvas: Canvas, table: Element) -> None:
    """Put a table in the tree before its rows are drawn."""
    if isinstance(canvas, TaggedCanvas):
        canvas.place(table)


def box_of(canvas: Canvas, width: float, height: float) -> tuple[float, float, float, float]:
    """Return the place on the page of what is drawn from the origin, upright."""
    left, bottom = canvas.absolutePosition(0, 0)
    return (left, bottom, left + width, bottom + height)

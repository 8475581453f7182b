"""Flowables of running text and headings."""

from reportlab.platypus import Flowable

from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.ink import (
    ACCENT,
    BODY,
    HAIRLINE,
    INK,
    draw_lines,
    rule,
    shorten,
)
from mlops_desktop.dossier.typeset.lines import Line, Style, wrap
from mlops_desktop.dossier.typeset.tagging import Element, artifact, marked, place_field

_HEADINGS = (
    Style(fonts.BOLD, 17, 22, ACCENT),
    Style(fonts.BOLD, 11.5, 16, INK),
    Style(fonts.BOLD, 9, 13, ACCENT),
)
_BEFORE = (26.0, 18.0, 11.0)
_AFTER = (9.0, 6.0, 4.0)


class Text(Flowable):
    """Running text; splits between lines and leaves ``right`` points free beside it."""

    def __init__(
        self,
        words: str,
        style: Style = BODY,
        *,
        before: float = 0.0,
        after: float = 5.0,
        most: int | None = None,
        right: float = 0.0,
    ) -> None:
        super().__init__()
        self.words = words
        self.style = style
        self.most = most
        self.right = right
        self.spaceBefore = before
        self.spaceAfter = after
        self._lines: tuple[Line, ...] | None = None
        self._element = Element("P")

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size it takes in ``width``."""
        self.width = width
        room = width - self.right
        if self._lines is None:
            self._lines = wrap(self.words, self.style, room)
            if self.most is not None and len(self._lines) > self.most:
                kept = self._lines[: self.most - 1]
                cut = shorten(f"{self._lines[self.most - 1].words}…", self.style, room)
                self._lines = (*kept, *wrap(cut, self.style, room))
        return width, len(self._lines) * self.style.leading

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the part that fits and the rest, or nothing if not even two lines fit."""
        self.wrap(width, height)
        lines = self._lines or ()
        fitting = int(height // self.style.leading)
        if fitting >= len(lines):
            return [self]
        if fitting < 2:
            return []
        return [self._part(lines[:fitting]), self._part(lines[fitting:])]

    def _part(self, lines: tuple[Line, ...]) -> "Text":
        part = Text(self.words, self.style, after=self.spaceAfter, right=self.right)
        part._lines = lines
        part._element = self._element
        return part

    def draw(self) -> None:
        """Write the lines."""
        canvas = self.canv
        text = canvas.beginText()
        text.setFillColor(self.style.colour)
        top = len(self._lines or ()) * self.style.leading
        room = self.width - self.right
        draw_lines(text, self._lines or (), (0, top), self.style, width=room)
        with marked(canvas, self._element):
            canvas.drawText(text)


class Heading(Text):
    """A heading of level 0, 1 or 2, with its place in the outline and as a link's target."""

    def __init__(self, words: str, level: int, key: str, *, outline: bool = True) -> None:
        super().__init__(
            words, _HEADINGS[level], before=_BEFORE[level], after=_AFTER[level], most=4
        )
        self._element = Element(f"H{level + 1}")
        self.level = level
        self.key = key
        self.outline = outline

    def height_in(self, width: float) -> float:
        """Return its height in ``width`` with the space around it."""
        return self.spaceBefore + self.wrap(width, 0.0)[1] + self.spaceAfter

    def split(self, width: float, height: float) -> list[Flowable]:
        """A heading is not split while it fits a page."""
        return []

    def draw(self) -> None:
        """Write the heading and mark the place."""
        canvas = self.canv
        canvas.bookmarkHorizontal(self.key, 0, len(self._lines or ()) * self.style.leading + 12)
        super().draw()
        if self.level == 0:
            with artifact(canvas):
                rule(canvas, 0, self.width, -5, 0.8, ACCENT)


class Space(Flowable):
    """Vertical room that disappears at a page's end."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        return width, min(self.height, height)

    def draw(self) -> None:
        """Draw nothing."""


class Place(Flowable):
    """An empty frame for a signature; ``told`` says in words whose. Knows its box once drawn."""

    def __init__(self, name: str, told: str, height: float) -> None:
        super().__init__()
        self.name = name
        self.told = told
        self.height = height
        self.spaceAfter = 16.0
        self.box = (0.0, 0.0, 0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw the frame and note where it stands on the page."""
        canvas = self.canv
        with artifact(canvas):
            canvas.setStrokeColor(HAIRLINE)
            canvas.setLineWidth(0.6)
            canvas.rect(0, 0, self.width, self.height)
        place_field(canvas, Element("Form"), self.name)
        left, bottom = canvas.absolutePosition(0, 0)
        self.box = (left, bottom, left + self.width, bottom + self.height)

"""What is bound: printed parts with their headings, the furniture of their pages, links to them."""

from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PlacedHeading:
    """A heading of a part: its words, its page in the part (from 1), how high it stands."""

    words: str
    page: int
    top: float


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A model's part as a PDF of its own, without header and footer."""

    pdf: bytes
    pages: int
    headings: tuple[PlacedHeading, ...]
    places: dict[str, int]
    """On which of its pages each heading stands, by the name of the form that says so."""


@dataclass(frozen=True, slots=True)
class BoundPart:
    """A part and what the bookmarks call it."""

    name: str
    printed: PrintedPart


@dataclass(frozen=True, slots=True)
class PartLink:
    """A place on a page of the front (from 1) that leads to a part, by its place in the order."""

    page: int
    box: Box
    told: str
    part: int


@dataclass(frozen=True, slots=True)
class Following:
    """What comes after the front: parts, a page of furniture for each of theirs, links to them."""

    title: str
    parts: tuple[BoundPart, ...]
    furniture: bytes
    links: tuple[PartLink, ...]

    @property
    def pages(self) -> int:
        """How many pages the parts have."""
        return sum(part.printed.pages for part in self.parts)

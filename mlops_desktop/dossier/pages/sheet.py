"""What every section is given, and the shapes that sections share."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from reportlab.platypus import Flowable

from mlops_desktop.dossier.attachments import Attachment
from mlops_desktop.dossier.content import Document, Facts, Missing, Pair
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.sections import PAGES, place
from mlops_desktop.dossier.typeset.flow import Heading, Text
from mlops_desktop.dossier.typeset.ink import BODY, SMALL, Align
from mlops_desktop.dossier.typeset.table import CELL, STRONG, Column, Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """One dossier in one language, about to be printed."""

    document: Document
    facts: Facts
    language: Language
    attachments: tuple[Attachment, ...]
    logo: bytes | None = None

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections printed, in order: all but those left out by choice."""
        chosen = self.facts.selection
        gone = chosen.left_out if chosen is not None else ()
        names = {*PAGES, "document_control", *(one.name for one in self.facts.chapters)}
        return tuple(sorted(names.difference(gone), key=place))

    def say(self, key: str, **parameters: str | int) -> str:
        """Return the dossier's sentence ``key``."""
        return self.language.say(key, **parameters)

    def gap(self, missing: Missing) -> Text:
        """Return the sentence that stands where a whole section is not available."""
        return Text(self.language.missing(missing))

    def note(self, key: str) -> Text:
        """Return an explaining sentence in small type."""
        return Text(self.say(key), SMALL, after=7)

    def lead(self, key: str) -> Text:
        """Return a section's opening sentence."""
        return Text(self.say(key), BODY, after=9)


def table(*rows: tuple[str, str], share: float = 0.3) -> Table:
    """Return a table of two columns, names and values, without titles."""
    columns = (Column("", share, STRONG), Column("", 1 - share, CELL))
    return Table(columns, rows, titles=False)


def pairs(sheet: Sheet, found: Sequence[Pair], *, measured: bool = False) -> Table:
    """Return names and values two pairs a row; measured values are figures, others verbatim."""
    align = Align.RIGHT if measured else Align.LEFT
    name, value = sheet.say("column.name"), sheet.say("column.value")
    columns = (
        Column(name, 0.3),
        Column(value, 0.2, CELL, align),
        Column(name, 0.3),
        Column(value, 0.2, CELL, align),
    )
    write = sheet.language.decimal if measured else str
    cells = [(pair.name, write(pair.value)) for pair in found]
    return Table(columns, list(side_by_side(cells, 2)))


def side_by_side(cells: Iterable[tuple[str, ...]], count: int) -> Iterator[tuple[str, ...]]:
    """Yield rows of ``count`` neighbouring cells each, the last filled up with nothing."""
    found = list(cells)
    empty = ("",) * (len(found[0]) if found else 1)
    for group in zip_longest(*[iter(found)] * count, fillvalue=empty):
        yield tuple(text for cell in group for text in cell)


def titled(sheet: Sheet, key: str, level: int, anchor: str, **parameters: str | int) -> Heading:
    """Return a heading with the words ``key``, reachable as ``anchor``."""
    return Heading(sheet.say(key, **parameters), level, anchor)


Story = list[Flowable]

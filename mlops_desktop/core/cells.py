"""What stands in a cell of a list, where it is more than plain text.

A terminal shows each as ``str`` gives it, the same in every language, as scripts read it; a printed
list says it in its own language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Code:
    """A code, and the families of words that may have a word for it, the first one first."""

    text: str
    families: tuple[str, ...]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Day:
    """An ISO day or moment; empty where there is none."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Span:
    """From one day or moment to another."""

    first: Day
    last: Day

    def __str__(self) -> str:
        return f"{self.first} .. {self.last}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with a decimal point, or several with signs between them."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: as the terminal says it, and the key of its words with what fills them."""

    text: str
    key: str
    values: "Mapping[str, Cell]" = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class InBoth:
    """What somebody wrote in English and in German."""

    en: str
    de: str

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Named:
    """A value behind the name of what it is."""

    name: Code
    value: "Cell"

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


@dataclass(frozen=True, slots=True)
class Several:
    """Cells in one, with ``gap`` between them."""

    parts: "tuple[Cell, ...]"
    gap: str = ", "

    def __str__(self) -> str:
        return self.gap.join(map(str, self.parts))


Cell: TypeAlias = (
    "str | int | float | date | Code | Day | Span | Figure | Said | InBoth | Named | Several | None"
)

TYPED = (int, float, date, Code, Day, Span, Figure, Said, InBoth, Named, Several)
"""The kinds of cells that are more than text."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which named values are codes, of which families, and which are days; others are text."""

    families: Mapping[str, tuple[str, ...]]
    days: frozenset[str]

    def cell(self, name: str, value: object) -> Cell:
        """Return the cell of a value; None is empty."""
        text = "" if value is None else str(value)
        if name in self.days:
            return Day(text)
        return Code(text, self.families[name]) if name in self.families else text


def codes(texts: tuple[str, ...] | list[str], *families: str) -> Several:
    """Return codes of the same families in one cell."""
    return Several(tuple(Code(text, families) for text in texts))

"""Which column means what: a mapping that a person set, and the rows it leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, Any]
"""The mapped cells of a row by their meaning, with its ``line`` and ``language`` of numbers."""


class RowRefused(ValueError):
    """A row cannot be read; ``detail`` is technical and never quotes the row."""

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(f"{line}: {detail}")
        self.line = line
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Columns:
    """Headings by what they mean; a word in quotes stands for every row and is no heading."""

    by_meaning: Mapping[str, str]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that are read, each once."""
        told = (one for one in self.by_meaning.values() if quoted(one) is None)
        return tuple(dict.fromkeys(told))

    def take(self, cells: Mapping[str, Any]) -> Row:
        """Return what is mapped of a row's cells by folded heading."""
        made: Row = {}
        for meaning, heading in self.by_meaning.items():
            word = quoted(heading)
            made[meaning] = word if word is not None else cells.get(folded(heading))
        return made


def quoted(heading: str) -> str | None:
    """Return the word that stands for every row: in quotes, it is no heading."""
    is_word = len(heading) > 2 and heading[0] == heading[-1] == '"'
    return heading[1:-1] if is_word else None


def folded(heading: str) -> str:
    """Return a heading as it is compared: without case and doubled blanks."""
    return " ".join(heading.split()).casefold()


def by_heading(pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """Return cells by folded heading."""
    return {folded(str(name)): value for name, value in pairs}


def word(row: Row, meaning: str) -> str | None:
    """Return a cell as text, None for an empty one."""
    told = row.get(meaning)
    return None if told is None else str(told).strip() or None


def family(row: Row, stem: str) -> list[tuple[str, str]]:
    """Return the filled cells of a family of meanings (``segment.…``), by name."""
    names = sorted(name for name in row if name.startswith(stem))
    return [(name.removeprefix(stem), told) for name in names if (told := word(row, name))]

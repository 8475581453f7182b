"""What a file of rows is made of: lines of cells, headings, and what was noticed on the way."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that cannot be taken: the code of the refusal, and what stands there."""

    code: str
    text: str = ""


Value: TypeAlias = str | int | float | date | Unread | None
"""A cell as its file gives it; a datetime is a date, and a boolean an integer."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the number a person sees beside it."""

    number: int
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know: a code of ``imports.remark`` and its parameters."""

    code: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines as they lie in the file, headings not yet told from rows."""

    lines: tuple[Line, ...]
    form: str
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; ``heading_row`` is the number of the last line of the headings."""

    headings: tuple[str, ...]
    heading_row: int
    lines: tuple[Line, ...]
    grid: Grid
    remarks: tuple[Remark, ...] = ()


def remark(code: str, /, **parameters: str | int) -> Remark:
    """Return a remark with its parameters."""
    return Remark(code, tuple((name, str(value)) for name, value in sorted(parameters.items())))


def letter_of(place: int) -> str:
    """Return the letters a spreadsheet gives a column: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain(value: Value) -> str:
    """Return a cell as text without what the eye does not see around it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isascii() and value == value.strip() else _stripped(value)
    return value.text if isinstance(value, Unread) else str(value)


_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_BLANK = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " "})


def _stripped(text: str) -> str:
    return text.translate(_BLANK).translate(_UNSEEN).strip()

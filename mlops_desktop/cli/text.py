"""Plain text for terminals: nothing invisible, aligned tables, no colour."""

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from mlops_desktop.core.cells import TYPED, Cell

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_GAP = "  "
_LEAST = 8
NOTHING = "Nothing to list."


def visible(text: str) -> str:
    """Return ``text`` with control, bidirectional and other invisible characters as escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_escape, text))


def _escape(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def width(text: str) -> int:
    """Return how many columns a terminal needs for ``text``."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Table(str):
    """Aligned columns as text, that also remember their cells: paper cuts none of them."""

    __slots__ = ("cells", "heads")

    heads: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, text: str, heads: Sequence[str], cells: Sequence[Sequence[Cell]]) -> "Table":
        """Return ``text`` with what it was made of."""
        made = cls(text)
        made.heads, made.cells = tuple(heads), tuple(map(tuple, cells))
        return made


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows under heads in aligned columns, or that there are none; None stays blank.

    On a terminal the widest column is cut until a row fits; elsewhere nothing is cut. The text
    is a :class:`Table`.
    """
    cells = [[_cell(value) for value in row] for row in rows]
    told = [[visible("" if cell is None else str(cell)) for cell in row] for row in cells]
    return Table.of(_aligned(heads, told), heads, cells)


def _aligned(heads: Sequence[str], cells: list[list[str]]) -> str:
    if not cells:
        return NOTHING
    widths = [max(map(width, column)) for column in zip(heads, *cells, strict=True)]
    if sys.stdout.isatty():
        widths = _fit(widths, shutil.get_terminal_size().columns)
    lines = [_line(row, widths) for row in [list(heads), *cells]]
    return "\n".join(lines)


def _cell(value: object) -> Cell:
    """Return what is more than text as it is, anything else as the text that is shown."""
    return value if value is None or isinstance(value, TYPED) else visible(str(value))


def _fit(widths: list[int], available: int) -> list[int]:
    fitted = list(widths)
    gaps = len(_GAP) * (len(fitted) - 1)
    while sum(fitted) + gaps > available and max(fitted) > _LEAST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cut = [_cut(text, most) for text, most in zip(row, widths, strict=True)]
    padded = [text + " " * (most - width(text)) for text, most in zip(cut, widths, strict=True)]
    return _GAP.join(padded).rstrip()


def _cut(text: str, most: int) -> str:
    if width(text) <= most:
        return text
    while width(text) > most - 1:
        text = text[:-1]
    return text + "…"


def pairs(values: Iterable[tuple[str, object]]) -> str:
    """Return names with their values, one a line; empty values are left out."""
    shown = [(name, value) for name, value in values if value not in (None, "", (), [])]
    longest = max((width(name) for name, _ in shown), default=0)
    return "\n".join(_pair(name, value, longest) for name, value in shown)


def _pair(name: str, value: object, longest: int) -> str:
    lines = [visible(line) for line in str(value).splitlines()] or [""]
    indent = "\n" + " " * (longest + len(_GAP))
    return name + " " * (longest - width(name)) + _GAP + indent.join(lines)


def section(title: str, body: str) -> str:
    """Return a titled part of an answer, or nothing where there is no body."""
    return f"\n\n{title}\n{body}" if body else ""

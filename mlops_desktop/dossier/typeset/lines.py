"""Breaking text into lines of runs, each run in a font that has its glyphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import Color, black

from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.safety import safe


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks: font, size and leading in points, colour."""

    font: str = fonts.REGULAR
    size: float = 8.5
    leading: float = 12.0
    colour: Color = black


class Aside(str):
    """Words that stand where a value is missing: set in muted type."""

    __slots__ = ()


class Code(str):
    """A digest or an identifier: set in a fixed-width font."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one font can print."""

    font: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: its runs and its width in points."""

    runs: tuple[Run, ...]
    width: float


# A break may follow these inside a word that is wider than the line: paths and long names break
# where a reader expects it, dates and figures never.
_PIECES = re.compile(r"[^/_\-.,:;=&?@|)\]}]*[/_\-.,:;=&?@|)\]}]?")
_WORDS = re.compile(r" +|[^ ]+")


@lru_cache(maxsize=65536)
def measure(text: str, font: str, size: float) -> float:
    """Return the width of safe ``text`` in points."""
    widths, other = fonts.face(font).widths, fonts.stand_in(font).widths
    total = 0.0
    for code in map(ord, text):
        width = widths.get(code)
        total += other[code] if width is None else width
    return total * size / 1000


@lru_cache(maxsize=16384)
def wrap(text: str, style: Style, width: float) -> tuple[Line, ...]:
    """Break ``text`` (made safe here) into lines no wider than ``width`` points."""
    lines: list[Line] = []
    for paragraph in safe(text).split("\n"):
        lines.extend(_set(line, style) for line in _fill(paragraph, style, width))
    return tuple(lines)


def _fill(paragraph: str, style: Style, width: float) -> Iterator[str]:
    if measure_fits(paragraph, style, width):
        yield paragraph.rstrip()
        return
    line, used = "", 0.0
    for piece in _pieces(paragraph, style, width):
        advance = measure(piece, style.font, style.size)
        if line and used + advance > width and not piece.isspace():
            yield line.rstrip()
            line, used = "", 0.0
        line, used = line + piece, used + advance
    yield line.rstrip()


def measure_fits(text: str, style: Style, width: float) -> bool:
    """Tell whether safe ``text`` fits on one line."""
    return len(text) < 400 and measure(text, style.font, style.size) <= width


def _pieces(paragraph: str, style: Style, width: float) -> Iterator[str]:
    for word in _WORDS.findall(paragraph):
        if word.isspace() or measure_fits(word, style, width):
            yield word
            continue
        for piece in filter(None, _PIECES.findall(word)):
            is_short = measure_fits(piece, style, width)
            yield from (piece,) if is_short else _chop(piece, style, width)


def _chop(piece: str, style: Style, width: float) -> Iterator[str]:
    part, used = "", 0.0
    for character in piece:
        advance = measure(character, style.font, style.size)
        if part and used + advance > width:
            yield part
            part, used = "", 0.0
        part, used = part + character, used + advance
    if part:
        yield part


def _set(text: str, style: Style) -> Line:
    return Line(runs(text, style.font), measure(text, style.font, style.size))


@lru_cache(maxsize=65536)
def runs(text: str, font: str) -> tuple[Run, ...]:
    """Split safe ``text`` into runs; the first font prints all it can."""
    widths = fonts.face(font).widths
    if all(code in widths for code in map(ord, text)):
        return (Run(font, text),)
    found: list[Run] = []
    other = fonts.stand_in(font).name
    for character in text:
        name = font if ord(character) in widths else other
        if found and found[-1].font == name:
            found[-1] = Run(name, found[-1].text + character)
        else:
            found.append(Run(name, character))
    return tuple(found)

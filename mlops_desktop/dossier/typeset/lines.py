"""Breaking text into lines of runs, each run in a font that has its glyphs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import Color, black

from mlops_desktop.core.hyphens import SOFT_HYPHEN
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.bidi import reads_from_right
from mlops_desktop.dossier.typeset.breaks import (
    parts_of,
    without_hyphens,
    words_of,
)
from mlops_desktop.dossier.typeset.placing import Run, clusters, is_placed, place
from mlops_desktop.dossier.typeset.plain import is_plain
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
class PageOf:
    """The page of a heading by its key; ``told`` says in words where the link leads."""

    key: str
    told: str


class Pages(str):
    """Pages of this document, one a line, each a link and filled in at the end."""

    __slots__ = ("of",)

    of: tuple[PageOf, ...]

    @classmethod
    def to(cls, *pages: PageOf) -> "Pages":
        """Return a cell of these pages; as text it has a line for each."""
        made = cls("\n".join("0" for _ in pages))
        made.of = pages
        return made


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: what it says, its runs, its width in points, whether it ends at the right."""

    words: str
    runs: tuple[Run, ...]
    width: float
    is_right: bool = False


@lru_cache(maxsize=65536)
def measure(text: str, font: str, size: float) -> float:
    """Return the width of safe ``text`` in points."""
    widths = fonts.face(font).widths
    try:
        return sum([widths[code] for code in map(ord, text)]) * size / 1000
    except KeyError:
        return _measure_mixed(text, font) * size / 1000


def _measure_mixed(text: str, font: str) -> float:
    if is_placed(text):
        return place(text, font, from_right=False)[1]
    faces = ((fonts.find(code, font), code) for code in map(ord, text))
    return sum(face.widths[code] for face, code in faces if face is not None)


@lru_cache(maxsize=16384)
def wrap(text: str, style: Style, width: float) -> tuple[Line, ...]:
    """Break ``text`` (made safe here) into lines no wider than ``width`` points."""
    lines: list[Line] = []
    for paragraph in safe(text).split("\n"):
        filled = list(_fill(paragraph, style, width))
        if is_plain(paragraph):
            lines.extend([_set_plain(line.rstrip(), style) for line in filled])
        else:
            lines.extend(_set(filled, style, from_right=reads_from_right(paragraph)))
    return tuple(lines)


def _fill(paragraph: str, style: Style, width: float) -> Iterator[str]:
    if measure_fits(paragraph, style, width):
        yield paragraph
        return
    line, used = "", 0.0
    has_hyphens = SOFT_HYPHEN in paragraph
    for piece in _pieces(paragraph, style, width):
        advance = measure(piece, style.font, style.size)
        if line and used + advance > width and not piece.isspace():
            yield line
            line, used = "", 0.0
        line, used = line + piece, used + advance
        if has_hyphens and piece[-1] == SOFT_HYPHEN:
            used -= measure(SOFT_HYPHEN, style.font, style.size)
    yield line


def _ended(line: str) -> str:
    """Return a line as it is printed: a soft hyphen shows where the line breaks after it."""
    shown = without_hyphens(line).rstrip()
    return shown + SOFT_HYPHEN if line[-1:] == SOFT_HYPHEN else shown


def measure_fits(text: str, style: Style, width: float) -> bool:
    """Tell whether safe ``text`` fits on one line."""
    return len(text) < 400 and measure(text, style.font, style.size) <= width


def _pieces(paragraph: str, style: Style, width: float) -> Iterator[str]:
    for word in words_of(paragraph):
        if word.isspace() or measure_fits(word, style, width):
            yield word
            continue
        for piece in parts_of(word):
            is_short = measure_fits(piece, style, width)
            yield from (piece,) if is_short else _chop(piece, style, width)


def _chop(piece: str, style: Style, width: float) -> Iterator[str]:
    """Yield as many characters as fit a line, again and again."""
    if is_placed(piece):
        yield from _chop_joined(tuple(clusters(piece)), style, width)
        return
    part, used = "", 0.0
    for character in piece:
        advance = measure(character, style.font, style.size)
        if part and used + advance > width:
            yield part
            part, used = "", 0.0
        part, used = part + character, used + advance
    if part:
        yield part


def _chop_joined(letters: Sequence[str], style: Style, width: float) -> Iterator[str]:
    """As above for letters whose width depends on their neighbours, by halving the distance."""
    start, guess = 0, 16
    while start < len(letters):
        low, high = 1, guess
        while start + high < len(letters) and _fits(letters[start : start + high], style, width):
            low, high = high, high * 2
        high = min(high, len(letters) - start)
        while low < high:
            middle = (low + high + 1) // 2
            fits = _fits(letters[start : start + middle], style, width)
            low, high = (middle, high) if fits else (low, middle - 1)
        yield "".join(letters[start : start + low])
        start, guess = start + low, low


def _fits(letters: Sequence[str], style: Style, width: float) -> bool:
    return measure("".join(letters), style.font, style.size) <= width


def _set_plain(words: str, style: Style) -> Line:
    return Line(words, (Run(style.font, words),), measure(words, style.font, style.size))


def _set(filled: Sequence[str], style: Style, *, from_right: bool) -> Iterator[Line]:
    """Set the lines of a paragraph: one from the right ends at the right, unless it is short."""
    for line in filled:
        words = _ended(line)
        found = runs(words, style.font, from_right=from_right)
        width = measure(words, style.font, style.size)
        yield Line(words, found, width, is_right=from_right and len(filled) > 1)


@lru_cache(maxsize=65536)
def runs(text: str, font: str, *, from_right: bool = False) -> tuple[Run, ...]:
    """Split safe ``text`` into runs; the first font prints all it can."""
    if is_plain(text):
        return (Run(font, text),)
    if is_placed(text):
        return place(text, font, from_right=from_right)[0]
    found: list[Run] = []
    for character in text:
        face = fonts.find(ord(character), font)
        name = font if face is None else face.name
        if found and found[-1].font == name:
            found[-1] = Run(name, found[-1].text + character)
        else:
            found.append(Run(name, character))
    return tuple(found)


def forget() -> None:
    """Forget the lines and widths worked out so far: those of another model seldom come again."""
    for kept in (wrap, measure, runs, place, safe):
        kept.cache_clear()

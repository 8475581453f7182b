"""Where glyphs stand on a line on which the pen does not simply move right.

That is so where letters run to the left or carry marks. The runs come in the order in which they
are read (ISO 32000-1, 14.8.2.3), each with its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from unicodedata import category

from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.bidi import levels, mirror, visual_order
from mlops_desktop.dossier.typeset.shaping import shape

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PLACED = re.compile(f"[{_RIGHT_TO_LEFT}{_MARKS}]")
#: These hang at the side of a letter, where their font draws them.
_AT_THE_SIDE = frozenset("\u05b9\u05ba\u05c1\u05c2")


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font, as code points; ``at`` thousandths of the size from the line's start.

    Without ``at`` they follow the run before.
    """

    font: str
    text: str
    at: float | None = None


def is_placed(text: str) -> bool:
    """Tell whether a text needs :func:`place`."""
    return not text.isascii() and _PLACED.search(text) is not None


def is_mark(character: str) -> bool:
    """Tell whether a character is drawn over or under the one before."""
    return category(character) in {"Mn", "Me"}


def clusters(text: str) -> Iterator[str]:
    """Yield each character with the marks that it carries."""
    held = ""
    for character in text:
        if held and not is_mark(character):
            yield held
            held = ""
        held += character
    if held:
        yield held


@dataclass(frozen=True, slots=True)
class _Unit:
    """What the pen writes at one place: letters of a stretch, and the marks on the last one."""

    level: int
    font: str
    text: str
    marks: str
    width: float
    last: float


@lru_cache(maxsize=16384)
def place(text: str, font: str, *, from_right: bool) -> tuple[tuple[Run, ...], float]:
    """Return the runs of a line of safe ``text`` and its width, in thousandths of the size."""
    units = list(_units(text, font, from_right=from_right))
    starts = [0.0] * len(units)
    pen = 0.0
    for index in visual_order([unit.level for unit in units]):
        starts[index] = pen
        pen += units[index].width
    found: list[Run] = []
    for unit, start in zip(units, starts, strict=True):
        found.append(Run(unit.font, unit.text, start))
        found.extend(_marks(unit, start, font))
    return tuple(found), pen


def _units(text: str, font: str, *, from_right: bool) -> Iterator[_Unit]:
    told = zip(levels(text, from_right=from_right), text, strict=True)
    for level, stretch in groupby(told, key=lambda pair: pair[0]):
        written = shape("".join(character for _, character in stretch))
        if level % 2:
            for cluster in clusters(written):
                yield _unit(level, (mirror(cluster[0]) + cluster[1:],), font)
            continue
        for _, together in groupby(_parts(written, font), key=lambda pair: pair[0]):
            yield _unit(level, tuple(cluster for _, cluster in together), font)


def _parts(text: str, font: str) -> Iterator[tuple[tuple[str, int], str]]:
    """Yield clusters with what they share with those beside them: font, and no marks between."""
    number = 0
    for cluster in clusters(text):
        yield (_face(cluster, font).name, number), cluster
        number += len(cluster) > 1


def _unit(level: int, together: tuple[str, ...], font: str) -> _Unit:
    face = _face(together[-1], font)
    letters = "".join(cluster[0] for cluster in together)
    last = face.widths[ord(letters[-1])]
    width = sum(face.widths[ord(letter)] for letter in letters)
    return _Unit(level, face.name, letters, together[-1][1:], width, last)


def _face(cluster: str, font: str) -> fonts.Face:
    """Return the face for a letter: one that has its marks too, as far as there is one."""
    found = fonts.find_whole(cluster, font) or fonts.find(ord(cluster[0]), font)
    assert found is not None, "text is made safe before it is set"
    return found


def _marks(unit: _Unit, start: float, font: str) -> Iterator[Run]:
    own = fonts.face(unit.font)
    for mark in unit.marks:
        face = own if ord(mark) in own.widths else _face(mark, font)
        if mark in _AT_THE_SIDE:
            at = start + unit.width - unit.last
        else:
            at = start + unit.width - unit.last / 2 - fonts.middle(ord(mark), face.name)
        yield Run(face.name, mark, at)

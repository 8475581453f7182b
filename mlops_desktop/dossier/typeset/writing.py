"""Writes text operators straight into a text object: what reportlab works out for each cell anew.

A font is set where it changes; a plain text is its own code in the first subset of a font, where
reportlab keeps all of ASCII; any other is encoded once a document.
"""

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias
from weakref import WeakKeyDictionary

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.textobject import PDFTextObject

from mlops_desktop.dossier.typeset import fonts

Piece: TypeAlias = tuple[int, str]
_PLAIN = frozenset({fonts.REGULAR, fonts.BOLD, fonts.MONO})
_ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})
_MOST = 20_000
_ENCODED: WeakKeyDictionary[PDFDocument, dict[tuple[str, str], tuple[Piece, ...]]] = (
    WeakKeyDictionary()
)


def write(text: PDFTextObject, words: str, font: str, size: float, leading: float) -> None:
    """Write words at the place set before."""
    # These are reportlab's own notes of what holds: whoever goes on through it finds them right.
    code: list[str] = text._code  # type: ignore[attr-defined]  # noqa: SLF001
    holds = (text._fontname, text._fontsize, text._leading)  # type: ignore[attr-defined]  # noqa: SLF001
    is_same = holds == (font, size, leading)
    if not is_same:
        text._fontname, text._fontsize, text._leading = font, size, leading  # type: ignore[attr-defined]  # noqa: SLF001
        text._curSubset = -1  # type: ignore[attr-defined]  # noqa: SLF001
    document: PDFDocument = text._canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001
    for subset, shown in _pieces(document, words, font):
        if subset != text._curSubset:  # type: ignore[attr-defined]  # noqa: SLF001
            name = _font(font).getSubsetInternalName(subset, document)
            code.append(f"{name} {size:g} Tf {leading:g} TL")
            text._curSubset = subset  # type: ignore[attr-defined]  # noqa: SLF001
        code.append(shown)


def move(text: PDFTextObject, x: float, y: float) -> None:
    """Go to a place; a hundredth of a point is finer than any printer."""
    text._code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")  # type: ignore[attr-defined]  # noqa: SLF001


def _pieces(document: PDFDocument, words: str, font: str) -> tuple[Piece, ...]:
    if words.isascii() and font in _PLAIN:
        escaped = words.translate(_ESCAPES) if _needs_escape(words) else words
        return ((0, f"({escaped}) Tj"),)
    kept = _ENCODED.setdefault(document, {})
    found = kept.get((font, words))
    if found is None:
        if len(kept) >= _MOST:
            kept.clear()
        found = kept[font, words] = tuple(_encode(document, words, font))
    return found


def _needs_escape(words: str) -> bool:
    return "(" in words or ")" in words or "\\" in words


def _encode(document: PDFDocument, words: str, font: str) -> Iterator[Piece]:
    for subset, codes in _font(font).splitString(words, document):
        shown = codes.decode("latin-1").translate(_ESCAPES)
        yield subset, f"({_visible(shown)}) Tj"


def _visible(shown: str) -> str:
    """Return codes with those outside of ASCII as octal numbers: a stream is written as text."""
    return "".join(one if " " <= one <= "~" else f"\\{ord(one):03o}" for one in shown)


@cache
def _font(name: str) -> TTFont:
    found = getFont(name)
    assert isinstance(found, TTFont)
    return found

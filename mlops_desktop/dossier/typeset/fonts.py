"""The embedded fonts: IBM Plex for the page, DejaVu and Droid where Plex has no glyph."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from struct import unpack_from
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from mlops_desktop import paths

REGULAR = "Dossier"
BOLD = "Dossier-Bold"
MONO = "Dossier-Mono"
_FALLBACK = "Dossier-Fallback"
_FALLBACK_BOLD = "Dossier-Fallback-Bold"
_CJK = "Dossier-CJK"

#: The fonts that are asked for a glyph, in turn. The last is 3.4 MB and read only when needed.
_CHAINS = {
    REGULAR: (REGULAR, _FALLBACK, _CJK),
    BOLD: (BOLD, _FALLBACK_BOLD, _FALLBACK, _CJK),
    MONO: (MONO, _FALLBACK, _CJK),
}
#: A line of reportlab's map from bytes to characters, and the shaped letters of Arabic.
_MAPPED = re.compile(r"^<([0-9A-F]{2})> <([0-9A-F]{4,6})>$", re.MULTILINE)
_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Face:
    """A registered font with the advance width of every character, in thousandths of its size."""

    name: str
    widths: dict[int, float]


class _Font(TTFont):
    """A font whose text is copied out as it was written.

    reportlab writes code points beyond the BMP wrongly, and Arabic in the forms that are printed.
    """

    def addObjects(self, doc: PDFDocument) -> None:
        before = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - before:
            if name.startswith("toUnicodeCMap:"):
                stream: Any = doc.idToObject[name]
                stream.content = _MAPPED.sub(_mapped, stream.content)


def _mapped(line: re.Match[str]) -> str:
    character = chr(int(line[2], 16))
    letters = unicodedata.normalize("NFKC", character) if _SHAPED.match(character) else character
    # Two letters of a ligature would come out in the order of the page, which is the wrong one.
    character = letters if len(letters) == 1 else character
    return f"<{line[1]}> <{character.encode('utf-16-be', 'surrogatepass').hex().upper()}>"


def _files() -> dict[str, Path]:
    return {
        REGULAR: paths.resource("fonts", "IBMPlexSans-Regular.ttf"),
        BOLD: paths.resource("fonts", "IBMPlexSans-SemiBold.ttf"),
        MONO: paths.resource("fonts", "IBMPlexMono-Regular.ttf"),
        _FALLBACK: paths.matplotlib_font("DejaVuSans.ttf"),
        _FALLBACK_BOLD: paths.matplotlib_font("DejaVuSans-Bold.ttf"),
        _CJK: paths.resource("fonts", "DroidSansFallback.ttf"),
    }


@cache
def face(name: str) -> Face:
    """Return a face by its name: :data:`REGULAR`, :data:`BOLD`, :data:`MONO` or a stand-in."""
    font = _Font(name, str(_files()[name]))
    pdfmetrics.registerFont(font)
    return Face(name, {code: float(font.face.charWidths[code]) for code in font.face.charToGlyph})


def register() -> None:
    """Make the fonts known to reportlab; cheap after the first call."""
    # Text form of streams helps nobody here and costs a tenth of the time.
    rl_config.useA85 = 0
    for name in _CHAINS:
        face(name)


@lru_cache(maxsize=65536)
def find(code: int, name: str) -> Face | None:
    """Return the face that prints this code point in text of the face ``name``, if there is one."""
    return next((one for one in map(face, _CHAINS[name]) if code in one.widths), None)


def has_glyph(code: int) -> bool:
    """Tell whether any text font can print this code point so that it can be copied out again."""
    return find(code, REGULAR) is not None


def find_whole(text: str, name: str) -> Face | None:
    """Return the face that prints all of ``text`` (a letter with its marks), if there is one."""
    codes = [ord(character) for character in text]
    for one in map(face, _CHAINS[name]):
        if all(code in one.widths for code in codes):
            return one
    return None


@lru_cache(maxsize=4096)
def middle(code: int, name: str) -> float:
    """Return where the middle of a glyph's ink lies, right of its origin, in thousandths."""
    registered: Any = pdfmetrics.getFont(name)
    font = registered.face
    start = font.glyphPos[font.charToGlyph[code]]
    left, _, right, _ = unpack_from(">4h", font.get_table("glyf"), start + 2)
    return float((left + right) * 500 / font.unitsPerEm)

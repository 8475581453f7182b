"""The embedded fonts: IBM Plex for the page, DejaVu where Plex has no glyph."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from mlops_desktop import paths

REGULAR = "Dossier"
BOLD = "Dossier-Bold"
MONO = "Dossier-Mono"
_FALLBACK = "Dossier-Fallback"
_FALLBACK_BOLD = "Dossier-Fallback-Bold"

#: The font that stands in where the first has no glyph.
_STAND_IN = {REGULAR: _FALLBACK, BOLD: _FALLBACK_BOLD, MONO: _FALLBACK}


@dataclass(frozen=True, slots=True)
class Face:
    """A registered font with the advance width of every character, in thousandths of its size."""

    name: str
    widths: dict[int, float]


def _matplotlib_fonts() -> Path:
    # Found without importing matplotlib, which would take a second.
    spec = find_spec("matplotlib")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], "mpl-data", "fonts", "ttf")


def _files() -> dict[str, Path]:
    dejavu = _matplotlib_fonts()
    return {
        REGULAR: paths.resource("fonts", "IBMPlexSans-Regular.ttf"),
        BOLD: paths.resource("fonts", "IBMPlexSans-SemiBold.ttf"),
        MONO: paths.resource("fonts", "IBMPlexMono-Regular.ttf"),
        _FALLBACK: dejavu / "DejaVuSans.ttf",
        _FALLBACK_BOLD: dejavu / "DejaVuSans-Bold.ttf",
    }


@cache
def _faces() -> dict[str, Face]:
    return {name: _register(name, file) for name, file in _files().items()}


def _register(name: str, file: Path) -> Face:
    font = TTFont(name, str(file))
    pdfmetrics.registerFont(font)
    face = font.face
    # Beyond the BMP reportlab writes a wrong ToUnicode map: copied text would differ.
    known = {code: float(face.charWidths[code]) for code in face.charToGlyph if code <= 0xFFFF}
    return Face(name, known)


def register() -> None:
    """Make the fonts known to reportlab; cheap after the first call."""
    # Text form of streams helps nobody here and costs a tenth of the time.
    rl_config.useA85 = 0
    _faces()


@cache
def face(name: str) -> Face:
    """Return the face called :data:`REGULAR`, :data:`BOLD` or :data:`MONO`."""
    return _faces()[name]


@cache
def stand_in(name: str) -> Face:
    """Return the face that is asked for the glyphs which ``name`` does not have."""
    return _faces()[_STAND_IN[name]]


def has_glyph(code: int) -> bool:
    """Tell whether any text font can print this code point so that it can be copied out again."""
    return code in face(REGULAR).widths or code in stand_in(REGULAR).widths

"""The one door for text from data: what cannot be printed faithfully is shown as its code."""

import re
import unicodedata
from functools import lru_cache

from mlops_desktop.core.hyphens import SOFT_HYPHEN
from mlops_desktop.dossier.typeset.fonts import has_glyph
from mlops_desktop.dossier.typeset.placing import is_mark
from mlops_desktop.dossier.typeset.plain import is_plain
from mlops_desktop.dossier.typeset.shaping import APART

# Printed as they are although Unicode counts them as control or separator.
_SPACES = {"\t": " ", "\u00a0": "\u00a0", "\u202f": "\u202f", "\n": "\n", " ": " "}
# Control, format (bidi, zero width), surrogate, private use, unassigned, line and paragraph ends.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: More marks than this on one letter print over one another.
_MOST_MARKS = 3
# A soft hyphen between letters, and what keeps Arabic letters apart, do what they are for.
_AT_WORK = re.compile(
    f"(?<=[^\\W\\d_]){SOFT_HYPHEN}(?=[^\\W\\d_])|(?<=[\u0620-\u06d3]){APART}(?=[\u0620-\u06d3])"
)


@lru_cache(maxsize=65536)
def safe(text: str) -> str:
    """Return ``text`` with everything invisible, misleading or without a glyph as ``[U+202E]``.

    Line breaks stay, tabs and the many Unicode spaces become a space, letters and their marks are
    put together (NFC). Nothing is dropped: the exact characters stand in evidence.json.
    """
    if is_plain(text):
        return text
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    at_work = {found.start() for found in _AT_WORK.finditer(plain)}
    shown: list[str] = []
    marks = _MOST_MARKS
    for index, character in enumerate(plain):
        if is_mark(character):
            marks += 1
            is_carried = marks <= _MOST_MARKS
            shown.append(_shown(character) if is_carried else _code(character))
            continue
        shown.append(character if index in at_work else _shown(character))
        carries = len(shown[-1]) == 1 and unicodedata.category(character)[0] in "LNPS"
        marks = 0 if carries else _MOST_MARKS
    return "".join(shown)


def _code(character: str) -> str:
    return f"[U+{ord(character):04X}]"


@lru_cache(maxsize=8192)
def _shown(character: str) -> str:
    if character in _SPACES:
        return _SPACES[character]
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category in _HIDDEN or not has_glyph(ord(character)):
        return _code(character)
    return character

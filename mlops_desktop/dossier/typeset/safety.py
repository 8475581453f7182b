"""The one door for text from data: what cannot be printed faithfully is shown as its code."""

import unicodedata
from functools import lru_cache

from mlops_desktop.dossier.typeset.fonts import has_glyph

# Printed as they are although Unicode counts them as control or separator.
_SPACES = {"\t": " ", "\u00a0": "\u00a0", "\u202f": "\u202f", "\n": "\n", " ": " "}
# Control, format (bidi, zero width), surrogate, private use, unassigned, line and paragraph ends.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@lru_cache(maxsize=65536)
def safe(text: str) -> str:
    """Return ``text`` with everything invisible, misleading or without a glyph as ``[U+202E]``.

    Line breaks stay, tabs and the many Unicode spaces become a space. Nothing is
    dropped: the exact characters stand in evidence.json.
    """
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n")
    return "".join(map(_shown, plain))


@lru_cache(maxsize=8192)
def _shown(character: str) -> str:
    if character in _SPACES:
        return _SPACES[character]
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    code = ord(character)
    if category in _HIDDEN or not has_glyph(code):
        return f"[U+{code:04X}]"
    return character

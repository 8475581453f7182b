"""Text that XML can hold: what is invisible or illegal there is shown as its code."""

import unicodedata

_KEPT = frozenset("\n\t ")
# As on the pages of a dossier: control, format (bidi, zero width), surrogate, private, unassigned.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def plain(text: str) -> str:
    """Return ``text`` with everything hidden as ``[U+202E]``; line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n")))


def _shown(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _HIDDEN:
        return character
    return f"[U+{ord(character):04X}]"

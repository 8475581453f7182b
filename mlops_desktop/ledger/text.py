"""Turns text of any origin into text that an event may hold."""

import re
from unicodedata import normalize

_FORBIDDEN = re.compile("[\0\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Return ``text`` in NFC, with U+0000 and lone surrogates as visible escapes.

    What is allowed already comes back unchanged, so cleaning twice changes nothing.
    """
    if text.isascii():
        return text.replace("\0", "\\u0000")
    return normalize("NFC", _FORBIDDEN.sub(_escape, text))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"

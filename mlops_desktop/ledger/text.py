"""Turns text of any origin into text that an event may hold."""

import re
from unicodedata import normalize

_FORBIDDEN = re.compile("[\0\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Return ``text`` in NFC, with U+0000 and lone surrogates as visible escapes.

    What is allowed already comes back unchanged, so cleaning twice changes nothing.
    """
    if text.isascii():
        return text.replace("\0", "\\u0000")
    return normalize("NFC", _FORBIDDEN.sub(_escape, text))


def plain_text(text: str) -> str:
    """Return ``text`` as tables carry it: line feeds alone, other controls as visible escapes."""
    return _CONTROL.sub(_escape, text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"

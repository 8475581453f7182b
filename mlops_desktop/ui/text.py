"""Words that only widgets say, in Qt Linguist's tables; one nameless context for all of them."""

import re

from PySide6.QtCore import QCoreApplication

_MISLEADING = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f"
    "\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]"
)


def honest(text: str) -> str:
    """Return ``text`` with what would turn or hide its letters, an override say, as its code."""
    return _MISLEADING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def tr(source: str, comment: str = "", n: int = -1, /, **parameters: str | int) -> str:
    """Return ``source`` in the language of the window, its ``{names}`` filled.

    A source with ``%n`` or ``%Ln`` (grouped as the locale does) takes the number as third argument.
    """
    said = QCoreApplication.translate("", source, comment, n)
    return said.format_map(parameters) if parameters else said


def later(source: str) -> str:
    """Mark ``source`` for translation where it is written, to be said by :func:`tr` when shown."""
    return source

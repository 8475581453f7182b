"""Sort keys and search text made in Python, the same for both databases."""

import re
import unicodedata

_NUMBER = re.compile(r"\d{1,99}")


def sort_key(text: str) -> str:
    """Return a key that orders names as people expect: case and accents aside, digits by value."""
    folded = text.casefold()
    if not folded.isascii():
        parts = unicodedata.normalize("NFKD", folded)
        folded = "".join(mark for mark in parts if not unicodedata.combining(mark))
    return _NUMBER.sub(_by_value, folded)


def _by_value(number: re.Match[str]) -> str:
    # Of two numbers the one with more digits is the larger: the count stands first.
    digits = str(int(number[0]))
    return f"{len(digits):02d}{digits}"


def search_text(*parts: str | None) -> str:
    """Return the casefolded text a search runs over, its parts divided by line feeds."""
    return "\n".join(part.casefold() for part in parts if part)

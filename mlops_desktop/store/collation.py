"""Sort keys and search text made in Python, the same for both databases."""

import unicodedata


def sort_key(text: str) -> str:
    """Return a key that orders names as people expect: case and accents aside, digits by value."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return _pad_digits(plain)


def _pad_digits(text: str) -> str:
    out, digits = [], ""
    for mark in [*text, ""]:
        if mark.isdecimal():
            digits += mark
            continue
        out.append(digits.zfill(8) if digits else "")
        out.append(mark)
        digits = ""
    return "".join(out)


def search_text(*parts: str | None) -> str:
    """Return the casefolded text a search runs over, its parts divided by line feeds."""
    return "\n".join(part.casefold() for part in parts if part)
